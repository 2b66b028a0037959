import assert from "node:assert/strict";
import { test } from "node:test";

import { checkDesk, readAsDesk, readAsPerson, sealFirst, sealFromDesk, sealFromPerson, type Thread } from "../src/protocol/index.ts";
import { TODAY, World } from "./parts/world.ts";

function texts(thread: Thread): string[] {
  return thread.items.map((item) => (item.kind === "message" ? `${item.writer ?? "person"}: ${item.content.text}` : item.warning));
}

test("a person writes, a counsellor answers, and both read the same thread over two epochs", async () => {
  const world = await World.make();
  const ada = await world.hire("Ada", { keyHolder: true });
  const ben = await world.hire("Ben");
  await world.epoch(ada, [ada, ben]);
  const inbox = await world.newcomer();

  const desk = await checkDesk(world.site, world.deskAnswer, TODAY);
  assert.deepEqual(desk.names, ["Ada", "Ben"]);
  await world.first(await sealFirst(world.site, inbox, desk, { route: "self", terms: 1, text: "Привет 🙂" }));

  const bens = await world.desk(ben);
  assert.deepEqual(bens.troubles, []);
  let thread = await readAsDesk(world.site, bens, world.conversationAnswer, TODAY);
  world.send(await sealFromDesk(world.site, bens, thread, { type: "text", text: "Hello. I am here." }));

  await world.epoch(ada, [ada, ben], TODAY + 1);
  thread = await readAsPerson(world.site, inbox, world.inboxAnswer, TODAY + 1);
  assert.deepEqual(texts(thread), ["person: Привет 🙂", "Ben: Hello. I am here."]);
  const body = await sealFromPerson(world.site, inbox, thread, { text: "Thank you" });
  assert.notEqual(body.opening, null);
  world.send(body);

  const adas = await world.desk(ada, TODAY + 1);
  thread = await readAsDesk(world.site, adas, world.conversationAnswer, TODAY + 1);
  world.send(await sealFromDesk(world.site, adas, thread, { type: "handover", text: "Ada here." }));

  const expected = ["person: Привет 🙂", "Ben: Hello. I am here.", "person: Thank you", "Ada: Ada here."];
  for (const read of [
    await readAsPerson(world.site, inbox, world.inboxAnswer, TODAY + 1),
    await readAsDesk(world.site, adas, world.conversationAnswer, TODAY + 1),
  ])
    assert.deepEqual(texts(read), expected);
});

test("the desk may open an epoch, and the person reads what was wrapped to them", async () => {
  const world = await World.make();
  const ada = await world.hire("Ada", { keyHolder: true });
  await world.epoch(ada, [ada]);
  const inbox = await world.newcomer();
  await world.first(await sealFirst(world.site, inbox, await checkDesk(world.site, world.deskAnswer, TODAY), { route: "other", terms: 2, text: "Hello" }));
  await world.epoch(ada, [ada], TODAY + 1);

  const desk = await world.desk(ada, TODAY + 1);
  const body = await sealFromDesk(world.site, desk, await readAsDesk(world.site, desk, world.conversationAnswer, TODAY + 1), {
    type: "text",
    text: "Hi",
  });
  assert.notEqual(body.opening, null);
  world.send(body);

  const thread = await readAsPerson(world.site, inbox, world.inboxAnswer, TODAY + 1);
  assert.deepEqual(texts(thread), ["person: Hello", "Ada: Hi"]);
  assert.equal((await sealFromPerson(world.site, inbox, thread, { text: "Good" })).opening, null);
});

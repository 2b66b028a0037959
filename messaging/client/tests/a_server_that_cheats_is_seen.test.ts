import assert from "node:assert/strict";
import { test } from "node:test";

import {
  BadDates,
  checkDesk,
  decode,
  encode,
  type InboxAnswer,
  Malformed,
  readAsDesk,
  readAsPerson,
  sealFirst,
  sealFromDesk,
  sealFromPerson,
  type Thread,
} from "../src/protocol/index.ts";
import { type Person, TODAY, World } from "./parts/world.ts";

interface Scene {
  readonly world: World;
  readonly ada: Person;
  readonly ben: Person;
  readonly answer: InboxAnswer;
}

/** person 1, desk 1, person 2, desk 2; the last two know of all before them. */
async function scene(): Promise<Scene> {
  const world = await World.make();
  const ada = await world.hire("Ada", { keyHolder: true });
  const ben = await world.hire("Ben");
  await world.epoch(ada, [ada]);
  const inbox = await world.newcomer();
  await world.first(await sealFirst(world.site, inbox, await checkDesk(world.site, world.deskAnswer, TODAY), { route: "self", terms: 1, text: "one" }));
  const reply = async (text: string): Promise<void> => {
    const desk = await world.desk(ada);
    world.send(await sealFromDesk(world.site, desk, await readAsDesk(world.site, desk, world.conversationAnswer, TODAY), { type: "text", text }));
  };
  await reply("two");
  world.send(await sealFromPerson(world.site, inbox, await readAsPerson(world.site, inbox, world.inboxAnswer, TODAY), { text: "three" }));
  await reply("four");
  return { world, ada, ben, answer: { ...world.inboxAnswer, envelopes: [...world.envelopes], openings: [...world.opening] } };
}

function shown(thread: Thread): string[] {
  return thread.items.map((item) => (item.kind === "message" ? item.content.text : `${item.warning} ${item.direction}.${item.sequence}`));
}

async function read({ world }: Scene, answer: InboxAnswer): Promise<string[]> {
  return shown(await readAsPerson(world.site, world.inbox!, answer, TODAY));
}

const days = (envelopes: readonly string[]): string[] => envelopes.map(() => "2026-12-13");

test("dropped, replayed, reordered and cut off", async () => {
  const told = await scene();
  const [one, two, three, four] = told.answer.envelopes as [string, string, string, string];
  const seen = (...envelopes: string[]): Promise<string[]> => read(told, { ...told.answer, envelopes, days: days(envelopes) });
  assert.deepEqual(await seen(one, two, three, four), ["one", "two", "three", "four"]);
  assert.deepEqual(await seen(one, two, three), ["one", "two", "three"], "a tail that nobody has answered cannot be missed");
  assert.deepEqual(await seen(one, two, four), ["one", "two", "four", "missing 1.2"]);
  assert.deepEqual(await seen(one, three, four), ["one", "three", "missing 2.1", "out-of-order 2.1", "four"]);
  assert.deepEqual(await seen(one, two, two, three, four), ["one", "two", "out-of-order 2.2", "three", "four"]);
  assert.deepEqual(await seen(one, two, four, three), ["one", "two", "four", "missing 1.2", "three"]);
  assert.deepEqual(await seen(two, one, three, four), ["two", "missing 1.1", "one", "three", "four"]);
  assert.deepEqual(await seen(one, four, three, two), ["one", "out-of-order 2.1", "four", "missing 1.2", "three", "missing 2.1", "out-of-order 2.3"]);
});

test("a thread in which something came again can be read to its end and written on", async () => {
  const told = await scene();
  const { world, answer } = told;
  const envelopes = [answer.envelopes[0]!, answer.envelopes[0]!];
  const thread = await readAsPerson(world.site, world.inbox!, { ...answer, envelopes, days: days(envelopes) }, TODAY);
  assert.deepEqual(shown(thread), ["one", "out-of-order 1.2"]);
  const { envelope } = await sealFromPerson(world.site, world.inbox!, thread, { text: "more" });
  assert.deepEqual(await read(told, { ...answer, envelopes: [answer.envelopes[0]!, envelope], days: days(["", ""]) }), ["one", "more"]);
});

test("an answer of another inbox, or with another key, is refused as a whole on both sides", async () => {
  const { world, ada, answer } = await scene();
  const other = await World.make();
  const stranger = await other.newcomer();
  await assert.rejects(readAsPerson(world.site, stranger, answer, TODAY), Malformed);
  const swapped = { ...world.conversationAnswer, kem_public: encode(stranger.kemPublic) };
  await assert.rejects(readAsDesk(world.site, await world.desk(ada), swapped, TODAY), Malformed);
});

test("a counsellor off the roster, and one of another root, are unknown writers", async () => {
  const told = await scene();
  const { world, ben, answer } = told;
  // Ben holds a certificate but is on no roster: he signs as if he were.
  const forged = decode(answer.envelopes[1]!);
  const { checkCertificate } = await import("../src/protocol/epochs.ts");
  forged.set((await checkCertificate(world.site, decode(ben.certificate))).id, 9339);
  assert.deepEqual(await read(told, { ...answer, envelopes: answer.envelopes.with(1, encode(forged)) }), [
    "one",
    "unknown-writer 2.1",
    "three",
    "missing 2.1",
    "four",
  ]);
  assert.deepEqual(await read(told, { ...answer, certificates: [] }), ["bad-opening 1.1", "unknown-writer 2.1", "bad-opening 1.2", "unknown-writer 2.2"]);
});

test("without a desk of today nothing can be sealed", async () => {
  const { world, answer } = await scene();
  const thread = await readAsPerson(world.site, world.inbox!, answer, TODAY + 40);
  assert.equal(thread.desk, null);
  assert.equal(thread.items.length, 4);
  await assert.rejects(sealFromPerson(world.site, world.inbox!, thread, { text: "more" }), BadDates);
  await assert.rejects(checkDesk(world.site, world.deskAnswer, TODAY + 40), BadDates);
});

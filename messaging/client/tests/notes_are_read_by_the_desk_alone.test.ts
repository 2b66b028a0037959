import assert from "node:assert/strict";
import { test } from "node:test";

import { decode, encode, readNotes, readSavedReplies, sealNoteOn, sealSavedReply } from "../src/protocol/index.ts";
import { TODAY, World } from "./parts/world.ts";

const CONVERSATION = encode(new Uint8Array(16).fill(7));

async function desk(): Promise<{ world: World; ada: Awaited<ReturnType<World["hire"]>>; ben: Awaited<ReturnType<World["hire"]>> }> {
  const world = await World.make();
  const ada = await world.hire("Ada", { keyHolder: true });
  const ben = await world.hire("Ben");
  await world.epoch(ada, [ada, ben]);
  return { world, ada, ben };
}

test("a colleague reads a note and who wrote it, and nobody outside the epoch does", async () => {
  const { world, ada, ben } = await desk();
  const note = await sealNoteOn(world.site, await world.desk(ada), CONVERSATION, "Prefers evenings");
  const answer = { notes: [{ note, day: "2026-12-13" }], certificates: world.certificates };
  assert.deepEqual(await readNotes(world.site, await world.desk(ben), CONVERSATION, answer), [{ day: "2026-12-13", read: { text: "Prefers evenings", writer: "Ada" } }]);
  const stranger = await world.hire("Cy");
  assert.deepEqual(await readNotes(world.site, await world.desk(stranger), CONVERSATION, answer), [{ day: "2026-12-13", read: null }]);
});

test("a note that was altered, is on another conversation, or whose writer is unknown is not shown", async () => {
  const { world, ada } = await desk();
  const open = await world.desk(ada);
  const note = await sealNoteOn(world.site, open, CONVERSATION, "Prefers evenings");
  const altered = decode(note).slice();
  altered[5_000]! ^= 1;
  const other = await sealNoteOn(world.site, open, encode(new Uint8Array(16)), "Another");
  const notes = [encode(altered), other, encode(new Uint8Array(10))].map((one) => ({ note: one, day: "2026-12-13" }));
  for (const { read } of await readNotes(world.site, open, CONVERSATION, { notes, certificates: world.certificates })) assert.equal(read, null);
  const [unknown] = await readNotes(world.site, open, CONVERSATION, { notes: [{ note, day: "2026-12-13" }], certificates: [] });
  assert.equal(unknown!.read, null);
});

test("saved replies come by name, keep their id when they are changed, and those that do not open are left out", async () => {
  const { world, ada, ben } = await desk();
  const first = await sealSavedReply(world.site, await world.desk(ada), null, "Welcome", "Hello");
  const [read] = await readSavedReplies(world.site, await world.desk(ben), { saved_replies: [first], certificates: world.certificates });
  const changed = await sealSavedReply(world.site, await world.desk(ben), read!.id, "Welcome", "Good day");
  const early = await sealSavedReply(world.site, await world.desk(ada), null, "A first step", "Begin here");
  const answer = { saved_replies: [changed, early, encode(new Uint8Array(9_527))], certificates: world.certificates };
  const found = await readSavedReplies(world.site, await world.desk(ada, TODAY), answer);
  assert.deepEqual(found.map(({ name, text, writer }) => [name, text, writer]), [["A first step", "Begin here", "Ada"], ["Welcome", "Good day", "Ben"]]);
  assert.equal(found[1]!.id, read!.id);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { checkCertificate } from "../src/protocol/epochs.ts";
import { decode, encode, readNotes, readSavedReplies, sealNoteOn, sealSavedReply } from "../src/protocol/index.ts";
import { TODAY, World } from "./parts/world.ts";

const CONVERSATION = encode(new Uint8Array(16).fill(7));
const DAY = "2026-12-13";

async function desk(): Promise<{ world: World; ada: Awaited<ReturnType<World["hire"]>>; ben: Awaited<ReturnType<World["hire"]>> }> {
  const world = await World.make();
  const ada = await world.hire("Ada", { keyHolder: true });
  const ben = await world.hire("Ben");
  await world.epoch(ada, [ada, ben]);
  return { world, ada, ben };
}

/** Takes from a counsellor what opens the first epoch, as from one who joins in the second. */
async function newcomer(world: World, who: Awaited<ReturnType<World["hire"]>>): Promise<void> {
  const mine = (await world.me(who)).certificate!;
  const { id } = await checkCertificate(world.site, decode(mine));
  world.grants.splice(0, world.grants.length, ...world.grants.filter((grant) => grant.epoch === 2 || grant.certificate_id !== encode(id)));
}

test("a colleague reads a note and who wrote it, and nobody outside the epoch does", async () => {
  const { world, ada, ben } = await desk();
  const note = await sealNoteOn(world.site, await world.desk(ada), CONVERSATION, "Prefers evenings");
  const answer = { notes: [{ note, day: DAY, carries: [] }], certificates: world.certificates };
  const read = await readNotes(world.site, await world.desk(ben), CONVERSATION, answer, null);
  assert.deepEqual(read.notes, [{ day: DAY, text: "Prefers evenings", writer: "Ada", left: false, warnings: [] }]);
  const stranger = await readNotes(world.site, await world.desk(await world.hire("Cy")), CONVERSATION, answer, null);
  assert.deepEqual(stranger.notes, [{ day: DAY, text: null, writer: "Ada", left: false, warnings: ["does-not-open"] }]);
});

test("a note that was altered, is on another conversation, or whose writer is unknown is not shown", async () => {
  const { world, ada } = await desk();
  const open = await world.desk(ada);
  const note = await sealNoteOn(world.site, open, CONVERSATION, "Prefers evenings");
  const altered = decode(note).slice();
  altered[5_000]! ^= 1;
  const other = await sealNoteOn(world.site, open, encode(new Uint8Array(16)), "Another");
  const notes = [encode(altered), other, encode(new Uint8Array(10))].map((one) => ({ note: one, day: DAY, carries: [] }));
  const read = await readNotes(world.site, open, CONVERSATION, { notes, certificates: world.certificates }, null);
  for (const { text, writer } of read.notes) assert.deepEqual([text, writer], [null, null]);
  const unknown = await readNotes(world.site, open, CONVERSATION, { notes: [{ note, day: DAY, carries: [] }], certificates: [] }, null);
  assert.equal(unknown.notes[0]!.text, null);
});

test("a note names those that its writer had read, and one that is kept back is missed", async () => {
  const { world, ada, ben } = await desk();
  const first = await sealNoteOn(world.site, await world.desk(ada), CONVERSATION, "One");
  const listed = (...notes: string[]): Parameters<typeof readNotes>[3] => ({
    notes: notes.map((note) => ({ note, day: DAY, carries: [] })),
    certificates: world.certificates,
  });
  const { receipt } = await readNotes(world.site, await world.desk(ben), CONVERSATION, listed(first), null);
  const second = await sealNoteOn(world.site, await world.desk(ben), CONVERSATION, "Two", receipt);
  const whole = await readNotes(world.site, await world.desk(ada), CONVERSATION, listed(first, second), null);
  assert.deepEqual(
    whole.notes.map(({ warnings }) => warnings),
    [[], []],
  );
  const [kept] = (await readNotes(world.site, await world.desk(ada), CONVERSATION, listed(second), null)).notes;
  assert.deepEqual(kept!.warnings, ["note-missing"]);
});

test("saved replies come by name, keep their id when they are changed, and those that do not open are left out", async () => {
  const { world, ada, ben } = await desk();
  const listed = (...notes: string[]): Parameters<typeof readSavedReplies>[2] => ({
    saved_replies: notes.map((note) => ({ note, carries: [] })),
    certificates: world.certificates,
  });
  const first = await sealSavedReply(world.site, await world.desk(ada), null, "Welcome", "Hello");
  const [read] = (await readSavedReplies(world.site, await world.desk(ben), listed(first))).replies;
  const changed = await sealSavedReply(world.site, await world.desk(ben), read!.id, "Welcome", "Good day");
  const early = await sealSavedReply(world.site, await world.desk(ada), null, "A first step", "Begin here");
  const { replies } = await readSavedReplies(world.site, await world.desk(ada, TODAY), listed(changed, early, encode(new Uint8Array(9_527))));
  assert.deepEqual(
    replies.map(({ name, text, writer }) => [name, text, writer]),
    [
      ["A first step", "Begin here", "Ada"],
      ["Welcome", "Good day", "Ben"],
    ],
  );
  assert.equal(replies[1]!.id, read!.id);
});

test("whoever has both epochs carries a saved reply to those who have only the new one, and it stays its author's", async () => {
  const { world, ada, ben } = await desk();
  const old = await sealSavedReply(world.site, await world.desk(ben), null, "Welcome", "Hello");
  const cy = await world.hire("Cy");
  await world.epoch(ada, [ada, cy]);
  await newcomer(world, cy);
  const current = await sealSavedReply(world.site, await world.desk(ada), null, "Of today", "Good day");
  const altered = decode(old).slice();
  altered[5_000]! ^= 1;
  const saved = [old, current, encode(altered), encode(new Uint8Array(9_527))].map((note) => ({ note, carries: [] as string[] }));
  const answer = { saved_replies: saved, certificates: world.certificates };
  const closed = await readSavedReplies(world.site, await world.desk(cy), answer);
  assert.deepEqual(
    closed.replies.map(({ name }) => name),
    ["Of today"],
  );
  assert.deepEqual(closed.carries, []);
  const { carries } = await readSavedReplies(world.site, await world.desk(ada), answer);
  assert.deepEqual(
    carries.map(({ id }) => id),
    [encode(decode(old).slice(3, 19))],
  );
  saved[0]!.carries.push(carries[0]!.carry);
  const { replies, carries: none } = await readSavedReplies(world.site, await world.desk(cy), answer);
  assert.deepEqual(replies[1], { id: carries[0]!.id, name: "Welcome", text: "Hello", writer: "Ben", left: true });
  assert.deepEqual(none, []);
});

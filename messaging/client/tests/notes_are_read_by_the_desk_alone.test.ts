import assert from "node:assert/strict";
import { test } from "node:test";
import { checkCertificate } from "../src/protocol/epochs.ts";
import { decode, encode, readNotes, readSavedReplies, resealReplies, sealNoteOn, sealSavedReply } from "../src/protocol/index.ts";
import { hashed } from "../src/protocol/primitives.ts";
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
  assert.deepEqual(await readNotes(world.site, await world.desk(ben), CONVERSATION, answer), [
    { day: "2026-12-13", read: { text: "Prefers evenings", writer: "Ada" } },
  ]);
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
  assert.deepEqual(
    found.map(({ name, text, writer }) => [name, text, writer]),
    [
      ["A first step", "Begin here", "Ada"],
      ["Welcome", "Good day", "Ben"],
    ],
  );
  assert.equal(found[1]!.id, read!.id);
});

test("whoever has both epochs seals a saved reply again for those who have only the new one, and nothing that does not open", async () => {
  const { world, ada, ben } = await desk();
  const old = await sealSavedReply(world.site, await world.desk(ben), null, "Welcome", "Hello");
  const cy = await world.hire("Cy");
  await world.epoch(ada, [ada, ben, cy]);
  const mine = (await world.me(cy)).certificate!;
  const { id } = await checkCertificate(world.site, decode(mine));
  world.grants.splice(0, world.grants.length, ...world.grants.filter((grant) => grant.epoch === 2 || grant.certificate_id !== encode(id)));
  const current = await sealSavedReply(world.site, await world.desk(ada), null, "Of today", "Good day");
  const altered = decode(old).slice();
  altered[5_000]! ^= 1;
  const answer = { saved_replies: [old, current, encode(altered), encode(new Uint8Array(9_527))], certificates: world.certificates };
  assert.deepEqual(
    (await readSavedReplies(world.site, await world.desk(cy), answer)).map(({ name }) => name),
    ["Of today"],
  );
  assert.deepEqual(await resealReplies(world.site, await world.desk(cy), answer), []);
  const made = await resealReplies(world.site, await world.desk(ada), answer);
  assert.equal(made.length, 1);
  assert.equal(made[0]!.instead_of, encode(await hashed("saved-reply", decode(old))));
  const [read] = await readSavedReplies(world.site, await world.desk(cy), { ...answer, saved_replies: [made[0]!.note] });
  assert.deepEqual(read, { id: made[0]!.id, name: "Welcome", text: "Hello", writer: "Ada" });
  assert.equal(made[0]!.id, encode(decode(old).slice(3, 19)));
});

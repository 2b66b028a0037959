/** A key that was derived wrongly, once, seals nothing: it is made twice, and compared. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { DerivedTwice, NotTheSameKey } from "../../src/pages/person/derive_twice.ts";
import { BadVault, encode, forget, type InboxKeys, makeVault, openVault, type Site, signSession } from "../../src/protocol/index.ts";
import { inboxOf, openSite } from "../../src/protocol/keys.ts";
import { randomBytes } from "../../src/protocol/primitives.ts";
import { signingKey } from "../../src/protocol/signatures.ts";

const WORDS = ["one", "two", "three"];
const challenge = encode(new Uint8Array(56));
const site: Site = await openSite(encode((await signingKey(randomBytes(32))).signPublic), "https://helpline.example");

/** Derivations that come to these secrets, one after the other; null for one that fails. */
function device(...secrets: (number | null)[]): { twice: DerivedTwice; made: InboxKeys[] } {
  const made: InboxKeys[] = [];
  const derive = async (): Promise<InboxKeys> => {
    const secret = secrets[made.length];
    if (secret == null) {
      secrets.splice(made.length, 1);
      throw new Error("no memory");
    }
    made.push(await inboxOf(site, new Uint8Array(32).fill(secret)));
    return made.at(-1)!;
  };
  return { twice: new DerivedTwice(derive, 0), made };
}

const opened = (keys: InboxKeys): Promise<unknown> => signSession(site, keys, challenge);

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((done) => setTimeout(done, 5));
}

test("two that are the same give the key, and the first is forgotten", async () => {
  const { twice, made } = device(1, 1);
  twice.begin(site, WORDS);
  const keys = await twice.again(site, WORDS);
  assert.equal(made.length, 2);
  assert.equal(keys, made[1]);
  await opened(keys);
  await assert.rejects(opened(made[0]!), /forgotten/);
});

for (const wrong of [
  [2, 1],
  [1, 2],
]) {
  test(`one that is wrong is noticed, and neither can be used: ${wrong.join(", ")}`, async () => {
    const { twice, made } = device(...wrong, 1, 1);
    twice.begin(site, WORDS);
    await assert.rejects(twice.again(site, WORDS), NotTheSameKey);
    for (const keys of made) await assert.rejects(opened(keys), /forgotten/);
    await opened(await twice.again(site, WORDS));
    assert.equal(made.length, 4, "the next press makes both anew");
  });
}

test("whoever is quicker than the first, or whose first failed, has it made twice all the same", async () => {
  const quick = device(1, 1);
  await quick.twice.again(site, WORDS);
  assert.equal(quick.made.length, 2);
  const failed = device(null, 1, 2);
  failed.twice.begin(site, WORDS);
  await assert.rejects(failed.twice.again(site, WORDS), NotTheSameKey);
});

test("both are made while the words are on the screen, and how far they are is told to who comes before", async () => {
  for (const second of [1, 2]) {
    const made: InboxKeys[] = [];
    const told: number[] = [];
    const derive = async (_: Site, __: readonly string[], progress?: (done: number) => void): Promise<InboxKeys> => {
      for (const done of [0.5, 1]) progress?.(done);
      made.push(await inboxOf(site, new Uint8Array(32).fill(made.length === 0 ? 1 : second)));
      return made[made.length - 1]!;
    };
    const twice = new DerivedTwice(derive, 0);
    twice.begin(site, WORDS);
    await until(() => made.length === 2);
    const keys = twice.again(site, WORDS, (done) => told.push(done));
    if (second === 1) await opened(await keys);
    else await assert.rejects(keys, NotTheSameKey);
    assert.equal(told.length, 0);
    assert.equal(made.length, 2);
    await assert.rejects(opened(made[0]!), /forgotten/);
    // Whoever comes before either is begun hears of both.
    await twice.again(site, WORDS, (done) => told.push(done));
    assert.deepEqual(told, [0.25, 0.5, 0.75, 1]);
  }
});

test("what is dropped while it is made is forgotten, and the second is not begun", async () => {
  const made: InboxKeys[] = [];
  let go = (): void => undefined;
  const held = new Promise<void>((done) => (go = done));
  const derive = async (): Promise<InboxKeys> => {
    await held;
    made.push(await inboxOf(site, new Uint8Array(32).fill(1)));
    return made[0]!;
  };
  const twice = new DerivedTwice(derive, 0);
  twice.begin(site, WORDS);
  await new Promise((done) => setTimeout(done, 20));
  twice.drop();
  go();
  await until(() => made.length === 1);
  await new Promise((done) => setTimeout(done, 20));
  await assert.rejects(opened(made[0]!), /forgotten/);
  assert.equal(made.length, 1);
});

test("new words take nothing from those before", async () => {
  const { twice, made } = device(2, 2, 1, 1);
  twice.begin(site, ["other", "words"]);
  await until(() => made.length === 2);
  twice.begin(site, WORDS);
  await opened(await twice.again(site, WORDS));
  for (const keys of made.slice(0, 3)) await assert.rejects(opened(keys), /forgotten/);
});

test("what is dropped is forgotten, also when it is made later", async () => {
  const { twice, made } = device(1);
  twice.begin(site, WORDS);
  twice.drop();
  await new Promise((done) => setTimeout(done, 20));
  assert.deepEqual(made, []);
});

test("a vault is kept only when it opens again", async () => {
  const { counsellor, record } = await makeVault(site, new Uint8Array(16), "correct horse brown island seven ocean");
  const again = await openVault(site, new Uint8Array(16), record, { passphrase: "correct horse brown island seven ocean" });
  assert.equal(encode(again.kemPublic), encode(counsellor.kemPublic));
  await assert.rejects(openVault(site, new Uint8Array(16), record, { passphrase: "horse brown island seven ocean correct" }), BadVault);
  forget(again, counsellor);
});

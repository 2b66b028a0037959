import assert from "node:assert/strict";
import { test } from "node:test";

import { FROM_DESK, FROM_PERSON } from "../src/protocol/encoding.ts";
import { PULSE, type PulseKeys, PulseTalk, TYPING } from "../src/protocol/pulses.ts";

const key = (): Promise<CryptoKey> => crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]) as Promise<CryptoKey>;

async function shared(name: string): Promise<PulseKeys> {
  return { certificateId: name, displayName: name, keys: { [FROM_PERSON]: await key(), [FROM_DESK]: await key() } };
}

/** Both write and read, at each beat. */
async function meet(person: PulseTalk, desk: PulseTalk, from: number, to: number): Promise<void> {
  for (let beat = from; beat <= to; beat++) {
    await person.read(beat, await desk.write(beat, TYPING, 1));
    await desk.read(beat, await person.write(beat, TYPING, 1)).catch(() => undefined);
  }
}

test("who is no longer among those with a key is gone at once, and comes back with one", async () => {
  const [moira, callum] = [await shared("Moira"), await shared("Callum")];
  const [person, desk] = [new PulseTalk(FROM_PERSON, [moira, callum]), new PulseTalk(FROM_DESK, [callum])];
  await meet(person, desk, 1, 4);
  assert.equal(person.there(4)?.displayName, "Callum");
  assert.equal(desk.there(4)?.flags, TYPING);
  person.changePartners([moira]);
  assert.equal(person.there(4), null);
  await assert.rejects(person.read(5, await desk.write(5)), { name: "CannotOpen" });
  person.changePartners([moira, callum]);
  await meet(person, desk, 6, 9);
  assert.equal(person.there(9)?.displayName, "Callum");
});

test("one pulse a beat, and of one size", async () => {
  const person = new PulseTalk(FROM_PERSON, [await shared("Moira")]);
  assert.equal((await person.write(1, TYPING)).length, PULSE);
  await assert.rejects(person.write(1), /was written/u);
});

/** What the library makes of X-Wing is what its draft says (PROTOCOL §1.3): answers that nobody here computed. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { XWing } from "@hpke/hybridkem-x-wing";

import { kemPublic } from "../src/protocol/primitives.ts";

interface Answer {
  readonly seed: string;
  readonly eseed: string;
  readonly pk: string;
  readonly ct: string;
  readonly ss: string;
}

const FILE = new URL("../../../tests/vectors/known/xwing.json", import.meta.url);
const { draft, answers } = JSON.parse(readFileSync(FILE, "utf8")) as { draft: string; answers: readonly Answer[] };
const bytes = (hex: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(hex, "hex"));
const hex = (raw: ArrayBuffer | Uint8Array): string => Buffer.from(raw instanceof Uint8Array ? raw : new Uint8Array(raw)).toString("hex");

test("there are the three answers of the draft", () => {
  assert.equal(answers.length, 3);
  assert.match(draft, /^draft-connolly-cfrg-xwing-kem-10/);
});

for (const [place, answer] of answers.entries()) {
  test(`known answer ${place + 1}`, async () => {
    const kem = new XWing();
    const own = await kemPublic(bytes(answer.seed));
    assert.equal(hex(own), answer.pk);
    const recipientPublicKey = await kem.deserializePublicKey(own);
    const { enc, sharedSecret } = await kem.encap({ recipientPublicKey, ekm: bytes(answer.eseed) });
    assert.equal(hex(enc), answer.ct);
    assert.equal(hex(sharedSecret), answer.ss);
    const recipientKey = await kem.deserializePrivateKey(bytes(answer.seed));
    assert.equal(hex(await kem.decap({ recipientKey, enc })), answer.ss);
  });
}

/** Where the browser's Ed25519 takes other signatures than everyone's (PROTOCOL §1.3), what stands in does the checking. */

import assert from "node:assert/strict";
import { test } from "node:test";

const own = crypto.subtle.verify.bind(crypto.subtle);
let told = 0;
/** As libgcrypt: of a key with a part of order eight it finds the opposite. */
Object.defineProperty(crypto.subtle, "verify", {
  value: async (...given: Parameters<typeof own>): Promise<boolean> => {
    const holds = await own(...given);
    const signed = new TextDecoder().decode(given[3] as Uint8Array);
    if (signed === "one way to check") told++;
    return signed === "one way to check" ? !holds : holds;
  },
});
const { sign, signatureHolds, signingKey, verifyingKey } = await import("../src/protocol/signatures.ts");

test("both known answers are asked for, and then the browser no more", async () => {
  const { key, signPublic } = await signingKey(new Uint8Array(32).fill(5));
  assert.equal(told, 2);
  assert.ok(key instanceof Uint8Array);
  const theirs = await verifyingKey(signPublic);
  assert.ok(theirs instanceof Uint8Array);
  const signed = new Uint8Array(3);
  assert.ok(await signatureHolds(theirs, "able", signed, await sign(key, "able", signed)));
  assert.ok(!(await signatureHolds(theirs, "other", signed, await sign(key, "able", signed))));
});

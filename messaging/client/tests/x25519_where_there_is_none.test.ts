/** X25519 by the browser and by the library that stands in for it: the same bytes, and the same keys refused (PROTOCOL §1.3). */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { agreedSecret, agreementKey, forgetAgreement } from "../src/protocol/agreement.ts";
import { type Bytes, zeros } from "../src/protocol/encoding.ts";
import { randomBytes } from "../src/protocol/primitives.ts";

const bytes = (hex: string): Bytes => Uint8Array.from(hex.match(/../g)!, (pair) => Number.parseInt(pair, 16));

interface Known {
  readonly answers: readonly { readonly scalar: string; readonly u: string; readonly result: string }[];
  /** With each of them every private key gives zeros. */
  readonly low_order: readonly string[];
}
const KNOWN = JSON.parse(readFileSync(new URL("../../../tests/vectors/known/x25519.json", import.meta.url), "utf8")) as Known;

for (const native of [true, false]) {
  const by = native ? "the browser" : "the library";

  test(`${by} gives the RFC's known answers`, async () => {
    for (const { scalar, u, result } of KNOWN.answers) {
      const { key } = await agreementKey(bytes(scalar), native);
      assert.deepEqual(await agreedSecret(key, bytes(u)), bytes(result));
    }
  });

  test(`${by} agrees on nothing with a key of low order`, async () => {
    const { key } = await agreementKey(randomBytes(32), native);
    for (const point of KNOWN.low_order) assert.equal(await agreedSecret(key, bytes(point)), null);
  });
}

test("both give the same public key, and agree with each other", async () => {
  for (let round = 0; round < 5; round++) {
    const [mine, theirs] = [randomBytes(32), randomBytes(32)];
    const [native, library] = [await agreementKey(mine), await agreementKey(mine, false)];
    assert.ok(native.key instanceof CryptoKey && !native.key.extractable);
    assert.deepEqual(native.tagPublic, library.tagPublic);
    const other = await agreementKey(theirs);
    const agreed = await agreedSecret(native.key, other.tagPublic);
    assert.deepEqual(await agreedSecret(library.key, other.tagPublic), agreed);
    assert.deepEqual(await agreedSecret(other.key, native.tagPublic), agreed);
  }
});

test("a key that is bytes is zeroed when it is forgotten", async () => {
  const { key } = await agreementKey(randomBytes(32), false);
  forgetAgreement(key);
  assert.deepEqual(key, zeros(32));
});

test("a browser that takes a key and cannot agree with it leaves it to the library", async (t) => {
  const seed = randomBytes(32);
  const { tagPublic } = await agreementKey(seed);
  for (const broken of [() => Promise.reject(new DOMException("not here", "NotSupportedError")), () => Promise.resolve(new ArrayBuffer(32))]) {
    t.mock.method(crypto.subtle, "deriveBits", broken, { times: 1 });
    const stood = await agreementKey(seed);
    t.mock.restoreAll();
    assert.deepEqual(stood.key, seed);
    assert.deepEqual(stood.tagPublic, tagPublic);
  }
});

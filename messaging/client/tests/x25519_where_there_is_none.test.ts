/** X25519 by the browser and by the library that stands in for it: the same bytes, and the same keys refused (PROTOCOL §1.3). */

import assert from "node:assert/strict";
import { test } from "node:test";

import { agreedSecret, agreementKey, forgetAgreement } from "../src/protocol/agreement.ts";
import { type Bytes, zeros } from "../src/protocol/encoding.ts";
import { randomBytes } from "../src/protocol/primitives.ts";

const bytes = (hex: string): Bytes => Uint8Array.from(hex.match(/../g)!, (pair) => Number.parseInt(pair, 16));

/** RFC 7748, section 5.2: scalar, coordinate, result. */
const KNOWN = [
  [
    "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
    "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
    "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
  ],
  [
    "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
    "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
    "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
  ],
] as const;

/** The points of low order: with each of them every private key gives zeros. */
const LOW = [
  "00".repeat(32),
  `01${"00".repeat(31)}`,
  "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
  "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
  `ec${"ff".repeat(30)}7f`,
  `ed${"ff".repeat(30)}7f`,
  `ee${"ff".repeat(30)}7f`,
];

for (const native of [true, false]) {
  const by = native ? "the browser" : "the library";

  test(`${by} gives the RFC's known answers`, async () => {
    for (const [scalar, coordinate, result] of KNOWN) {
      const { key } = await agreementKey(bytes(scalar), native);
      assert.deepEqual(await agreedSecret(key, bytes(coordinate)), bytes(result));
    }
  });

  test(`${by} agrees on nothing with a key of low order`, async () => {
    const { key } = await agreementKey(randomBytes(32), native);
    for (const point of LOW) assert.equal(await agreedSecret(key, bytes(point)), null);
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

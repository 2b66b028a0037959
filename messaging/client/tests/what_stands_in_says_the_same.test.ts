/** Without WebCrypto's Ed25519 and X25519 every vector comes out the same: what stands in is §1.3's own equation (PROTOCOL §1.3). */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import type { Vector } from "./parts/vectors.ts";

/** What such a browser says, whichever way it is asked. */
const HIDDEN = ["importKey", "generateKey", "deriveBits", "sign", "verify"] as const;
let refused = 0;
function hide(): () => void {
  const real = HIDDEN.map((name) => [name, crypto.subtle[name]] as const);
  for (const [name, own] of real) {
    Object.defineProperty(crypto.subtle, name, {
      configurable: true,
      value: (...given: readonly unknown[]): Promise<unknown> => {
        if (/"X?(?:Ed)?25519"/.test(JSON.stringify(given, (_, value: unknown) => (ArrayBuffer.isView(value) ? null : value)))) {
          refused++;
          return Promise.reject(new DOMException("Unrecognized name.", "NotSupportedError"));
        }
        return (own as (...given: readonly unknown[]) => Promise<unknown>).apply(crypto.subtle, given as unknown[]);
      },
    });
  }
  return () => {
    for (const [name, own] of real) Object.defineProperty(crypto.subtle, name, { configurable: true, value: own });
  };
}
const show = hide();
// Only now: the sources find out when they are first asked.
const { outcome, wanted } = await import("./parts/vectors.ts");
const { forgetSigning, sign, signatureHolds, signingKey, verifyingKey } = await import("../src/protocol/signatures.ts");
const standIn = await import("../src/protocol/stand_in_script.ts");

const FOLDER = new URL("../../../tests/vectors/cases/", import.meta.url);
const vectors = readdirSync(FOLDER).map((file) => JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as Vector);

/** By day the first of each kind, and one in ten. */
const BY_NIGHT = process.env.HELPLINE_TESTS_BY_NIGHT === "1";
const read = vectors.filter(({ kind }) => kind !== "root-key");
const isRead = ({ kind }: Vector, place: number): boolean => BY_NIGHT || place % 10 === 0 || read.findIndex((other) => other.kind === kind) === place;

for (const vector of read.filter(isRead)) {
  test(`vector ${vector.name}`, async () => {
    assert.deepEqual(await outcome(vector), wanted(vector));
  });
}

test("the keys are bytes: the browser's own were asked for, and refused", async () => {
  assert.ok(refused > 0);
  const { key } = await signingKey(new Uint8Array(32).fill(7));
  assert.ok(key instanceof Uint8Array);
});

test("keys and signatures are WebCrypto's, and each takes the other's and no altered one", async () => {
  for (let round = 0; round < 40; round++) {
    const seed = crypto.getRandomValues(new Uint8Array(32));
    const bytes = crypto.getRandomValues(new Uint8Array(round * 7));
    const { key, signPublic } = await signingKey(seed);
    const signature = await sign(key, "able", bytes);
    show();
    const pkcs8 = new Uint8Array([0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20, ...seed]);
    const theirs = await crypto.subtle.importKey("pkcs8", pkcs8, "Ed25519", true, ["sign"]);
    const { x } = await crypto.subtle.exportKey("jwk", theirs);
    const verifier = await crypto.subtle.importKey("raw", signPublic, "Ed25519", false, ["verify"]);
    assert.equal(Buffer.from(signPublic).toString("base64url"), x);
    assert.deepEqual(standIn.sign(seed, bytes), new Uint8Array(await crypto.subtle.sign("Ed25519", theirs, bytes)));
    assert.ok(standIn.signatureHolds(signPublic, bytes, standIn.sign(seed, bytes)));
    hide();
    const altered = signature.slice();
    altered[round % 64]! ^= 1 << (round % 8);
    const own = await verifyingKey(signPublic);
    assert.ok(await signatureHolds(own, "able", bytes, signature));
    assert.ok(!(await signatureHolds(own, "able", bytes, altered)));
    assert.ok(!(await signatureHolds(own, "other", bytes, signature)));
    assert.equal(verifier.type, "public");
  }
});

test("an S of the order or above, which is another way to write the same signature, does not hold", async () => {
  const { key, signPublic } = await signingKey(new Uint8Array(32).fill(3));
  const signature = await sign(key, "able", signPublic);
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const number = signature.subarray(32).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n) + order;
  const other = signature.slice();
  for (let place = 0; place < 32; place++) other[32 + place] = Number((number >> BigInt(8 * place)) & 255n);
  const own = await verifyingKey(signPublic);
  assert.ok(await signatureHolds(own, "able", signPublic, signature));
  assert.ok(!(await signatureHolds(own, "able", signPublic, other)));
});

test("a key that was forgotten is zeros", async () => {
  const { key } = await signingKey(new Uint8Array(32).fill(9));
  forgetSigning(key);
  assert.deepEqual(key, new Uint8Array(32));
});

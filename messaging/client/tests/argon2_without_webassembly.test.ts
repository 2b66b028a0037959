/** Without WebAssembly the same keys come out of the same words, and how far it is can be told (PROTOCOL §1.3). */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import type { Vector } from "./parts/vectors.ts";

Reflect.deleteProperty(globalThis, "WebAssembly");
// Only now: the sources find out when they are first asked.
const { outcome, wanted } = await import("./parts/vectors.ts");
const { isQuick, slow } = await import("../src/protocol/slow.ts");

const FOLDER = new URL("../../../tests/vectors/cases/", import.meta.url);
const vectors = readdirSync(FOLDER).map((file) => JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as Vector);
// Each takes seconds: by day one inbox, by night both, and one vault that a passphrase opens.
const BY_NIGHT = process.env.HELPLINE_TESTS_BY_NIGHT === "1";
const vaults = vectors.filter(({ kind, input, error }) => kind === "vault" && "passphrase" in input && error === undefined);
const few = [...vectors.filter(({ kind }) => kind === "inbox"), ...vaults.slice(0, 1)].slice(0, BY_NIGHT ? 3 : 1);

test("there are such vectors", () => {
  assert.deepEqual(
    few.map(({ kind }) => kind),
    BY_NIGHT ? ["inbox", "inbox", "vault"] : ["inbox"],
  );
});

for (const vector of few) {
  test(`vector ${vector.name}`, async () => {
    assert.equal(await isQuick(), false);
    assert.deepEqual(await outcome(vector), wanted(vector));
  });
}

test("it is told how much is done, and the page can be used between", async () => {
  const told: number[] = [];
  let between = 0;
  const ticking = setInterval(() => between++, 1);
  await slow("one two three", new Uint8Array(16), (done) => told.push(done));
  clearInterval(ticking);
  assert.ok(told.length > 100 && between > 5, `${told.length} times, ${between} between`);
  assert.equal(told[told.length - 1], 1);
  assert.deepEqual(
    told,
    [...told].sort((one, other) => one - other),
  );
});

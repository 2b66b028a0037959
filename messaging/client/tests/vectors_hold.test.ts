import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { kinds, outcome, type Vector, wanted } from "./parts/vectors.ts";

const FOLDER = new URL("../../../tests/vectors/cases/", import.meta.url);
const vectors = readdirSync(FOLDER).map((file) => JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as Vector);

test("there are vectors, of every kind that a browser has to do with", () => {
  assert.ok(vectors.length >= 60, `${vectors.length} vectors`);
  const found = new Set(vectors.map(({ kind }) => kind));
  assert.deepEqual(
    kinds.filter((kind) => !found.has(kind)),
    [],
  );
});

for (const vector of vectors.filter(({ kind }) => kind !== "root-key")) {
  test(`vector ${vector.name}`, async () => {
    assert.deepEqual(await outcome(vector), wanted(vector));
  });
}

/** What stands in for `(?<!…)` finds exactly what that finds: it is tried beside the real one, which node has. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { matchesNotAfter, notAfter } from "../../src/pages/person/not_after.ts";

const PAIRS: readonly (readonly [string, string])[] = [
  ["\\d", "\\d{2}-\\d{3}(?![\\d-])"],
  ["\\p{L}\\p{N}", "@[\\p{L}\\p{N}_.]{3,}"],
  ["\\d", "(?:\\+ ?)?\\d(?:[ .-]{0,2}\\d){2,4}(?!\\d)"],
  ["\\p{L}", "\\p{L}b+"],
];
const letters = fc.constantFrom("0", "1", "-", " ", ".", "@", "a", "b", "ł", "+", "\u{1d49c}", "\u{1f600}");

for (const [sign, pattern] of PAIRS) {
  test(`${pattern} not after ${sign}`, () => {
    fc.assert(
      fc.property(fc.string({ unit: letters, maxLength: 24 }), (text) => {
        const real = [...text.matchAll(new RegExp(`(?<![${sign}])${pattern}`, "gu"))].map(({ 0: found, index }) => [index, found]);
        const ours = [...matchesNotAfter(text, notAfter(sign, new RegExp(pattern, "gu")))].map(({ 0: found, index }) => [index, found]);
        assert.deepEqual(ours, real);
      }),
      { numRuns: 500 },
    );
  });
}

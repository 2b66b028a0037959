/** Too long by as many letters as have to go, whatever a letter weighs; what is left is counted in letters like those that stand there. */

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { overBy, roomInWords, tooLongInWords } from "../../src/pages/person/message_length.ts";
import { textFits } from "../../src/protocol/index.ts";

const { limit } = textFits("");
const number = (words: string): number => Number(/[\d,]+/u.exec(words)?.[0].replaceAll(",", ""));

test("so many letters and no fewer have to go before a text fits", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("a", "ł", "م", "😔", "\n", '"', "\u0001"),
      fc.integer({ min: 1, max: 9000 }),
      fc.constantFrom("", "abc", "é\n"),
      (letter, count, before) => {
        const text = before + letter.repeat(count);
        const over = overBy(text);
        const letters = [...text];
        const without = (gone: number): string => letters.slice(0, letters.length - gone).join("");
        assert.ok(textFits(without(over)).bytes <= limit);
        if (over > 0) assert.ok(textFits(without(over - 1)).bytes > limit);
      },
    ),
  );
});

test("letters of two and of four bytes are counted as letters", () => {
  assert.equal(number(tooLongInWords("م".repeat(5000))), Math.ceil((5000 - Math.floor(limit / 2)) / 10) * 10);
  assert.equal(number(tooLongInWords("😔".repeat(3000))), Math.ceil((3000 - Math.floor(limit / 4)) / 10) * 10);
  assert.equal(tooLongInWords(`${"a".repeat(limit)}b`), "Your message is about one letter too long.");
});

test("the room is told before anything is typed, and in letters like the ones that were typed", () => {
  assert.equal(roomInWords(""), "There is room for about 8,000 letters in total.");
  assert.equal(roomInWords("Hello"), roomInWords(""));
  assert.equal(number(roomInWords("ж".repeat(100))), 4000);
  assert.equal(roomInWords("a".repeat(limit - 1)), "There is room for about one more letter.");
  assert.equal(number(roomInWords("ж".repeat(3500))), Math.floor((limit - 7000) / 2 / 10) * 10);
  assert.equal(number(roomInWords("a".repeat(limit))), 0);
  assert.match(roomInWords("a".repeat(limit + 300)), /about 300 letters too long/u);
});

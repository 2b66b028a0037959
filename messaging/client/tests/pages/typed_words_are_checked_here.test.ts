/** A typo is named on the device, before anything is asked of the server. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { readWords } from "../../src/pages/person/typed.ts";
import { makeWords } from "../../src/protocol/index.ts";

const words = makeWords();
const fault = (text: string): string => {
  const read = readWords(text);
  assert.ok("fault" in read, `“${text}” was taken`);
  return read.fault;
};

test("words are taken however they are separated, and in capitals", () => {
  for (const text of [words.join(" "), ` ${words.join("\n")} `, words.join(", "), words.join("-"), words.join(" ").toUpperCase()]) {
    assert.deepEqual(readWords(text), { words });
  }
});

test("words are taken with the numbers that they have on the paper", () => {
  for (const mark of [". ", ") ", " ", ": "]) {
    assert.deepEqual(readWords(words.map((word, place) => `${place + 1}${mark}${word}`).join("\n")), { words });
  }
  assert.match(fault(["1.", "Aple", ...words.slice(1)].join(" ")), /^Enter word 1 again: “Aple”/u);
  assert.match(fault(["9.", ...words.slice(1)].join(" ")), /“9\.”/u);
});

test("an unknown word is named with its number, as it was typed", () => {
  assert.match(fault(words.with(2, "Aple").join(" ")), /^Enter word 3 again: “Aple” is not in the list/u);
});

test("a wrong number of words is counted", () => {
  assert.equal(fault(words.slice(0, 7).join(" ")), "Enter eight words. These are 7.");
  assert.equal(fault(words[0] ?? ""), "Enter eight words. This is one.");
  assert.equal(fault([...words, words[0]].join(" ")), "Enter eight words. These are 9.");
});

test("eight known words that do not belong together are said to be so", () => {
  // One of these orders may fit by chance; not all of them.
  const faults = words.map((_, place) => readWords([...words.slice(place + 1), ...words.slice(0, place + 1)].join(" "))).filter((read) => "fault" in read);
  assert.ok(faults.length >= 5);
  for (const read of faults) assert.match("fault" in read ? read.fault : "", /do not belong together/u);
});

test("nothing typed is asked for", () => {
  for (const text of ["", "  ", ", -"]) assert.equal(fault(text), "Enter your eight words.");
});

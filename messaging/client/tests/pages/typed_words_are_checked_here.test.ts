/** A typo is named on the device, before anything is asked of the server. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { TYPED } from "../../src/pages/parts/errors.ts";
import { isTheWord, readWords } from "../../src/pages/person/word_input.ts";
import { makeWords, wordsIn } from "../../src/protocol/index.ts";

const words = makeWords();
const fault = (text: string): string => {
  const read = readWords(text);
  assert.ok("fault" in read, `“${text}” was taken`);
  return read.fault.text.replace(TYPED, read.fault.typed ?? "");
};

test("words are taken however they are separated, and in capitals", () => {
  for (const text of [words.join(" "), ` ${words.join("\n")} `, words.join(", "), words.join("-"), words.join(" ").toUpperCase()]) {
    assert.deepEqual(readWords(text), { words });
  }
});

test("words are taken with the numbers that they have on the paper", () => {
  for (const mark of [". ", ") ", " ", ": ", ".", ")", "", " - ", "\ufe0f\u20e3 "]) {
    assert.deepEqual(readWords(words.map((word, place) => `${place + 1}${mark}${word}`).join("\n")), { words });
  }
  assert.match(fault(["1.", "Aple", ...words.slice(1)].join(" ")), /^Enter word 1 again: “Aple”/u);
  // A number is no word, whichever it is: what is missing is told.
  assert.equal(fault(["9.", ...words.slice(1)].join(" ")), "Enter eight words. You have entered 7.");
});

test("what surrounds a word and cannot be part of it is no reason to refuse it", () => {
  const around = (before: string, after: string): string => words.map((word) => `${before}${word}${after}`).join(" ");
  for (const text of [
    around("", "."),
    around("“", "”"),
    around("", ";"),
    around("(", ")"),
    around("\u200b", "\u200b"),
    around("• ", "\u00a0"),
    `"${words.join(" ")}"`,
  ]) {
    assert.deepEqual(readWords(text), { words });
  }
});

test("one word is read by the same rule as eight", () => {
  for (const typed of ["scrap", " SCRAP ", "7. scrap", "7.scrap", "7 scrap", "scrap.", "“Scrap”", "scr\u00adap", "\u200bscrap;"])
    assert.ok(isTheWord(typed, "scrap"), typed);
  for (const typed of ["", "7.", "scrape", "scra p", "scrap scrap", "ſcrap"]) assert.ok(!isTheWord(typed, "scrap"), typed);
});

test("what was typed is no part of the sentence, which a translator may read", () => {
  const read = readWords(words.with(2, "zebracrossing").join(" "));
  assert.ok("fault" in read);
  assert.equal(read.fault.typed, "zebracrossing");
  assert.ok(!read.fault.text.includes("zebra"));
});

test("the separators and invisible signs of PROTOCOL §2.8 are the ones that are gone by, each of them, and no other", () => {
  const protocol = readFileSync(new URL("../../../../docs/protocol/format.md", import.meta.url), "utf-8");
  const listed = (beginning: string): Set<number> => {
    const sentence = new RegExp(`^${beginning} (.*?)\\.(?:\\s|$)`, "mu").exec(protocol)?.[1] ?? "";
    const points = new Set<number>();
    for (const [, first = "", last = first] of sentence.matchAll(/U\+([0-9A-F]{4,6})(?:–U\+([0-9A-F]{4,6}))?/gu)) {
      for (let point = parseInt(first, 16); point <= parseInt(last, 16); point += 1) points.add(point);
    }
    return points;
  };
  const invisible = listed("Invisible signs are");
  const separators = new Set([...listed("Separators are"), ...listed("\\*White space\\* is exactly")]);
  for (let point = 0; point < 0xa0; point += 1) if (point < 0x20 || point > 0x7e) separators.add(point);
  assert.ok(invisible.size > 300 && separators.size > 10_000);
  for (let point = 0; point <= 0x10ffff; point += 1) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const read = wordsIn(`ab${String.fromCodePoint(point)}cd`).join(" ");
    const right = invisible.has(point) ? "abcd" : separators.has(point) ? "ab cd" : `ab${String.fromCodePoint(point)}cd`;
    assert.equal(read, right, `U+${point.toString(16)}`);
  }
});

test("an unknown word is named with its number, as it was typed", () => {
  assert.match(fault(words.with(2, "Aple").join(" ")), /^Enter word 3 again: “Aple” is not in the list/u);
});

test("a wrong number of words is counted", () => {
  assert.equal(fault(words.slice(0, 7).join(" ")), "Enter eight words. You have entered 7.");
  assert.equal(fault(words[0] ?? ""), "Enter eight words. You have entered one.");
  assert.equal(fault([...words, words[0]].join(" ")), "Enter eight words. You have entered 9.");
});

test("eight known words that do not belong together are said to be so", () => {
  // One of these orders may fit by chance; not all of them.
  const faults = words.map((_, place) => readWords([...words.slice(place + 1), ...words.slice(0, place + 1)].join(" "))).filter((read) => "fault" in read);
  assert.ok(faults.length >= 5);
  for (const read of faults) assert.match("fault" in read ? read.fault.text : "", /do not belong together/u);
});

test("nothing typed is asked for", () => {
  for (const text of ["", "  ", ", -"]) assert.equal(fault(text), "Enter your eight words.");
});

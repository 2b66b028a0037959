/** Sixty papers, by day twenty, each worn in four ways: what is found, with how many presses and keys, and that nobody finds another's words. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { makeWords, repairsOf, typedWords } from "../src/protocol/index.ts";
import { wordList } from "../src/protocol/words.ts";

const BY_NIGHT = process.env.HELPLINE_TESTS_BY_NIGHT === "1";
const PAPERS = BY_NIGHT ? 60 : 20;
/** Sixteen thousand sets a paper take their time. */
const FEW = BY_NIGHT ? 6 : 3;
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
/** The same papers each time. */
let state = 20_261_130;
const random = (below: number): number => {
  state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
  return Math.floor((state / 2 ** 31) * below);
};
const papers = Array.from({ length: PAPERS }, () => makeWords((size) => Uint8Array.from({ length: size }, () => random(256))));

/** One letter more, less or other, or two that changed places, so that it is no word of the list. */
function misspelt(word: string): string {
  for (;;) {
    const at = random(word.length);
    const letter = LETTERS[random(26)]!;
    const [before, after] = [word.slice(0, at), word.slice(at)];
    const made = [before + letter + after, before + after.slice(1), before + letter + after.slice(1), before + (after[1] ?? "") + after[0]! + after.slice(2)][
      random(4)
    ]!;
    if (made.length > 2 && !wordList.includes(made)) return made;
  }
}

function tried(worn: string, words: readonly string[]): number {
  const found = repairsOf(typedWords(worn)).map((repair) => repair.words.join(" "));
  // Each of them is eight words that belong together, so each costs one key, and no more.
  return found.indexOf(words.join(" ")) + 1;
}

test("a misspelt word is found among at most three", () => {
  const places = papers.map((words) => {
    const at = random(8);
    return tried(words.with(at, misspelt(words[at]!)).join(" "), words);
  });
  assert.ok(places.every((place) => place >= 1));
  assert.ok(places.filter((place) => place <= 3).length >= PAPERS - 2, `${places}`);
});

test("two that changed places are found among at most three, neighbours first", () => {
  const places = papers.flatMap((words) => {
    const [one, other] = [random(8), random(8)];
    const worn = words.with(one, words[other]!).with(other, words[one]!);
    return worn.join(" ") === words.join(" ") ? [] : [tried(worn.join(" "), words)];
  });
  assert.ok(
    places.every((place) => place >= 1),
    `${places}`,
  );
});

test("a word that cannot be read is one of about nine", () => {
  const found = papers.map((words) => {
    const worn = words.with(random(8), "?").join(" ");
    assert.ok(tried(worn, words) >= 1);
    return repairsOf(typedWords(worn)).length;
  });
  const mean = found.reduce((sum, count) => sum + count, 0) / PAPERS;
  assert.ok(mean > 6 && mean < 12, `${mean}`);
});

test("a word that is missing, nobody knows where, is one of about sixty-five", () => {
  const found = papers.slice(0, FEW).map((words) => {
    const at = random(8);
    const worn = words.filter((_, place) => place !== at).join(" ");
    const count = repairsOf(typedWords(worn)).length;
    if (count > 0) assert.ok(tried(worn, words) >= 1);
    return count;
  });
  assert.ok(found.filter((count) => count > 0).length >= FEW - 1, `${found}`);
});

test("British spellings, beginnings and numbers are the same words", () => {
  const words = ["abandon", "abandon", "abandon", "abandon", "abandon", "abandon", "abandon", "ability"];
  assert.equal(tried("1. aban 2. abandon aband abandon abandon abandon abandon abil", words), 1);
  assert.deepEqual(typedWords("1.camp 2. ? 3) ??"), ["camp", null, null]);
});

test("whoever has too little is offered nothing", () => {
  for (const words of papers) {
    assert.deepEqual(repairsOf(typedWords(words.slice(0, 6).join(" "))), []);
    assert.deepEqual(repairsOf(typedWords(words.with(0, "?").with(1, "?").join(" "))), []);
    assert.deepEqual(repairsOf(typedWords("")), []);
  }
});

test("nobody's worn paper leads to another's words", () => {
  const all = new Set(papers.map((words) => words.join(" ")));
  for (const words of papers) {
    for (const worn of [words.with(3, "?"), words.with(2, misspelt(words[2]!))]) {
      const others = repairsOf(typedWords(worn.join(" "))).filter((repair) => all.has(repair.words.join(" ")));
      assert.ok(others.every((repair) => repair.words.join(" ") === words.join(" ")));
    }
  }
});

/** What means danger is noticed before it is sent, in every language; what only sounds like it is left alone. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { type Danger, noticeDanger } from "../../src/pages/person/danger.ts";
import { ENDING, ENDING_POLISH, ENDING_WELSH, HURT, HURT_POLISH, HURT_WELSH, LEFT_ALONE } from "../parts/danger_sentences.ts";

function notices(danger: Danger, sentences: readonly string[]): void {
  const missed = sentences.filter((sentence) => !noticeDanger(sentence).includes(danger));
  assert.deepEqual(missed, []);
}

test("words about ending a life are noticed in English", () => notices("ending", ENDING));
test("words about ending a life are noticed in Polish, with and without its marks", () => notices("ending", ENDING_POLISH));
test("words about ending a life are noticed in Welsh", () => notices("ending", ENDING_WELSH));
test("words about somebody who is being hurt, or soon may be, are noticed in English", () => notices("hurt", HURT));
test("words about somebody who is being hurt, or soon may be, are noticed in Polish", () => notices("hurt", HURT_POLISH));
test("words about somebody who is being hurt, or soon may be, are noticed in Welsh", () => notices("hurt", HURT_WELSH));

test("what only sounds like danger is left alone", () => {
  const noticed = LEFT_ALONE.filter((sentence) => noticeDanger(sentence).length > 0).map((sentence) => [sentence, ...noticeDanger(sentence)]);
  assert.deepEqual(noticed, []);
});

test("both may be noticed in one message, and the life of whoever writes comes first", () => {
  const text = "I want to kill myself tonight. And my neighbour is hurting a child right now";
  assert.deepEqual(noticeDanger(text), ["ending", "hurt"]);
});

test("it makes no difference how the letters are written", () => {
  for (const text of ["I want to die", "I WANT TO DIE", "I  want\tto\u00a0die", "I want to\u200b die", "“I want to die.”", "I want to… die? I want to die"]) {
    assert.deepEqual(noticeDanger(text), ["ending"], text);
  }
  assert.deepEqual(noticeDanger("chce\u0328 sie\u0328 zabic\u0301"), ["ending"]);
});

test("the longest message is looked through at once", () => {
  const began = process.cpuUsage();
  for (const part of ["i want to ", "he is in ", "my little own ", "not worth ", "sie ", "yn ei "]) noticeDanger(part.repeat(8000 / part.length));
  const { user } = process.cpuUsage(began);
  assert.ok(user < 2_000_000, `${user} µs`);
});

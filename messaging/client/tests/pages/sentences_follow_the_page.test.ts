/** What is said in another language: the catalogue's sentences with their values, English where one is missing, and times as that language tells them. */

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { gettext, pgettext, setTranslations } from "../../src/pages/parts/gettext.ts";
import { dayHeading, deadlineWords, instantWords } from "../../src/pages/parts/moments.ts";
import { readWords } from "../../src/pages/person/word_input.ts";

afterEach(() => setTranslations({}));

test("a sentence comes in the page's language, with its values; one that is missing comes in English", () => {
  setTranslations({ "Enter word number {number}.": "Wpisz słowo numer {number}.", Today: "Dzisiaj" });
  assert.equal(gettext("Enter word number {number}.", { number: 3 }), "Wpisz słowo numer 3.");
  assert.equal(gettext("Yesterday"), "Yesterday");
  assert.equal(gettext("You will have an answer by {deadline}.", { deadline: "5pm" }), "You will have an answer by 5pm.");
});

test("what is filled in is never filled in again", () => {
  assert.equal(gettext("{names} and {last}", { names: "{last}", last: "Jo" }), "{last} and Jo");
});

test("the same word means different things in different places", () => {
  setTranslations({ "alt. month\u0004May": "maja", May: "Maj" });
  assert.equal(pgettext("alt. month", "May"), "maja");
  assert.equal(pgettext("elsewhere", "May"), "May");
});

test("times are told by the language's own clock and order", () => {
  setTranslations({
    "hours of a clock\u000412": "24",
    "{time} on {day}": "{day}, godz. {time}",
    "{weekday} {day} {month}": "{weekday}, {day} {month}",
    "in a sentence\u0004Monday": "poniedziałek",
    "alt. month\u0004November": "listopada",
    Today: "Dzisiaj",
  });
  const at = Date.parse("2026-11-25T09:00:00Z");
  assert.equal(deadlineWords("2026-11-30T16:20:00Z", at, "Europe/London"), "poniedziałek, 30 listopada, godz. 16:30");
  assert.equal(dayHeading("2026-11-25", at), "Dzisiaj");
  assert.equal(instantWords(Date.parse("2026-11-30T00:00:00Z"), "Europe/London"), "poniedziałek, 30 listopada 2026, 0:00");
});

test("a fault is told in the page's language, and what was typed stays as it was typed", () => {
  setTranslations({ "Enter eight words. You have entered {count}.": "Wpisz osiem słów. Teraz ich liczba to {count}." });
  assert.deepEqual(readWords("one two three".replaceAll(/one|two|three/gu, "abandon")), { fault: { text: "Wpisz osiem słów. Teraz ich liczba to 3." } });
});

/** Promises in the organisation's own time, with daylight saving and midnight right. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { dayHeading, deadlineWords } from "../../src/pages/parts/moments.ts";
import { stateWords } from "../../src/pages/person/thread.ts";

const ZONE = "Europe/London";
const by = (instant: string, at: string): string => deadlineWords(instant, Date.parse(at), ZONE);

test("a promise names its day as people do", () => {
  assert.equal(by("2026-11-25T17:00:00Z", "2026-11-25T09:00:00Z"), "5pm today");
  assert.equal(by("2026-11-26T10:15:00Z", "2026-11-25T23:59:00Z"), "10:15am tomorrow");
  assert.equal(by("2026-11-30T12:00:00Z", "2026-11-25T09:00:00Z"), "midday on Monday 30 November");
});

test("it is rounded up to a quarter of an hour, never down", () => {
  assert.equal(by("2026-11-25T16:31:00.5Z", "2026-11-25T09:00:00Z"), "4:45pm today");
  assert.equal(by("2026-11-25T16:45:00Z", "2026-11-25T09:00:00Z"), "4:45pm today");
});

test("summer time counts, whatever the device's own zone", () => {
  assert.equal(by("2026-07-01T16:00:00Z", "2026-07-01T08:00:00Z"), "5pm today");
  assert.equal(by("2026-07-01T08:00:00Z", "2026-06-30T23:30:00Z"), "9am today");
});

test("midnight belongs to the day that begins", () => {
  assert.equal(by("2026-11-26T00:00:00Z", "2026-11-25T09:00:00Z"), "midnight tomorrow");
});

test("days of a conversation are headed as seen from today", () => {
  const at = Date.parse("2026-11-25T12:00:00Z");
  assert.equal(dayHeading("2026-11-25", at), "Today");
  assert.equal(dayHeading("2026-11-24", at), "Yesterday");
  assert.equal(dayHeading("2026-11-20", at), "Friday 20 November");
});

test("a promise that was not kept is owned up to", () => {
  const at = Date.parse("2026-11-25T12:00:00Z");
  assert.match(stateWords("assigned", "2026-11-25T11:00:00Z", at, ZONE), /We are late, and we are sorry/u);
  assert.match(stateWords("waiting", "2026-11-25T13:00:00Z", at, ZONE), /You will have an answer by 1pm today/u);
  assert.match(stateWords("waiting", null, at, ZONE), /cannot yet say/u);
  assert.equal(stateWords("answered", null, at, ZONE), "We have answered you.");
});

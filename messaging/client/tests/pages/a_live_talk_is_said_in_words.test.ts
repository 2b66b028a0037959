import assert from "node:assert/strict";
import { test } from "node:test";

import { presenceWords, waitingWords } from "../../src/pages/person/live_words.ts";
import { talkWords } from "../../src/pages/person/talk_request.ts";
import type { TalkAnswer } from "../../src/protocol/api_types.ts";
import { AWAY, LEAVING, MOMENT, TYPING } from "../../src/protocol/pulses.ts";

const NOTHING: TalkAnswer = { state: "none", possible: false, until: null, idle: false, ended: null, reply_by: null };
const methods = (answer: Partial<TalkAnswer>): string[] => talkWords({ ...NOTHING, ...answer })[1].map(([, method]) => method);

test("a talk is offered only where the server has someone, and nothing is said where there is nothing", () => {
  assert.deepEqual(talkWords(NOTHING), ["", []]);
  assert.deepEqual(methods({ possible: true }), ["POST"]);
  assert.deepEqual(talkWords({ ...NOTHING, state: "ended", ended: "withdrawn" }), ["", []]);
});

test("each state has its words, and its way out", () => {
  for (const state of ["waiting", "offered"] as const) assert.deepEqual(methods({ state }), ["DELETE"]);
  assert.deepEqual(methods({ state: "taken" }), ["DELETE"]);
  assert.deepEqual(methods({ state: "taken", idle: true }), ["POST", "DELETE"]);
  const closing = talkWords({ ...NOTHING, state: "taken", until: "2026-11-30T17:00:00+00:00" }, false, "5pm today")[0];
  assert.match(closing, /closes soon\. You can go on until 5pm today/u);
  assert.match(talkWords({ ...NOTHING, state: "waiting" }, true)[0], /^Your counsellor had to go\. /u);
  assert.match(talkWords({ ...NOTHING, state: "message" })[0], /Nobody has time/u);
  assert.match(talkWords({ ...NOTHING, state: "ended", ended: "counsellor" })[0], /still write/u);
});

test("of several things that someone tells, the one that matters most is said", () => {
  const there = { certificateId: "", displayName: "Moira", read: 0 };
  const said = (flags: number): string => presenceWords({ ...there, flags });
  assert.equal(said(0), "Moira is here.");
  assert.equal(said(TYPING), "Moira is writing.");
  assert.match(said(TYPING | MOMENT), /needs a moment/u);
  assert.match(said(TYPING | MOMENT | AWAY), /away for a moment/u);
  assert.match(said(AWAY | LEAVING), /has to go/u);
  assert.equal(presenceWords(null), "");
});

test("what the page does is said in each state", () => {
  const all = (["joining", "live", "polling", "elsewhere", "idle", "off", "stopped"] as const).map((standing) => waitingWords(standing, true));
  assert.ok(all.every((words) => words !== ""));
  assert.match(waitingWords("polling", true), /every ten seconds/u);
  for (const standing of ["joining", "live", "polling"] as const) assert.match(waitingWords(standing, false), /cannot look.*nothing that you sent is lost/u);
  // A page that has stopped promises no further look.
  for (const standing of ["elsewhere", "idle", "off"] as const) assert.equal(waitingWords(standing, false), waitingWords(standing, true));
});

/** What a server says beside a message is a date of the calendar or is not taken: it is printed into a text that two people sign (PROTOCOL §5.1, §6.1). */

import assert from "node:assert/strict";
import { test } from "node:test";
import { conversation, inbox } from "../src/protocol/api_schemas.ts";
import { isDay } from "../src/protocol/days.ts";
import { documentOf, Malformed, type Message } from "../src/protocol/index.ts";
import { WrongShape } from "../src/protocol/schema.ts";

const DATES = ["2026-11-24", "2028-02-29", "0001-01-01", "9999-12-31"];
const NONE = [
  "2026-11-24\n> I did it.",
  "2026-11-24 00:00Z (",
  "2026-02-29",
  "2026-13-01",
  "2026-00-10",
  "0000-01-01",
  "+002026-11-24",
  "2026-11-24T00:00:00Z",
  "24-11-2026",
  "",
  " 2026-11-24",
  "２０２６-11-24",
];
const answer = {
  conversation: "c",
  kem_public: "k",
  sign_public: "s",
  tag_public: "t",
  statements: [],
  confirmations: [],
  certificates: [],
  openings: [],
  envelopes: ["e"],
  state: "waiting",
  reply_by: null,
  blocked_until: null,
  checkpoint: null,
};

test("a day is a date of the calendar, in one form", () => {
  for (const day of DATES) assert.equal(isDay(day), true, day);
  for (const day of [...NONE, 20261124, null]) assert.equal(isDay(day), false, String(day));
});

test("no answer with another is taken, by the person's page or the desk's", () => {
  const desk = { ...answer, inbox_id: "i", assigned_to: null, snoozed_until: null, flag: null };
  for (const day of NONE) {
    assert.throws(() => inbox({ ...answer, days: [day] }, "answer"), WrongShape);
    assert.throws(() => conversation({ ...desk, days: [day] }, "answer"), /days\[0\] is not a date/);
  }
});

test("and no document is made with one", () => {
  const content = { type: "text", text: "I am Jo", ack: { sequence: 0, hash: new Uint8Array(32) }, route: null, terms: null, since: null, day: null } as const;
  const said = (day: string): Message => ({ kind: "message", direction: 1, sequence: 1, day, writer: null, unread: null, vouched: true, content });
  const leaving = { reason: "harm-child", recipient: "police", to: "Leith", messages: [[1, 1]] } as const;
  assert.match(
    documentOf(leaving, [true], [said("2026-11-24")]),
    /\nMessage 1 from the person; had read nothing from the helpline; received, by the server's clock, on 2026-11-24\n> I am Jo\n$/,
  );
  for (const day of NONE) assert.throws(() => documentOf(leaving, [true], [said(day)]), Malformed);
});

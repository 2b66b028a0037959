import assert from "node:assert/strict";
import { test } from "node:test";

import { HeldTalks } from "../../src/pages/desk/held_talks.ts";
import { glanceWords, readWords, spokenWords, thereWords } from "../../src/pages/desk/there_words.ts";
import { AWAY, LEAVING, MOMENT, TYPING } from "../../src/protocol/pulses.ts";

const there = (flags: number, read = 0) => ({ certificateId: "", displayName: "Ailsa", flags, read });

test("of several things that the person's page tells, the one that matters most is said", () => {
  assert.equal(thereWords("live", there(0)), "The person is here.");
  assert.equal(thereWords("live", there(TYPING)), "The person is writing.");
  assert.match(thereWords("live", there(TYPING | MOMENT)), /needs a moment/u);
  assert.match(thereWords("live", there(TYPING | MOMENT | AWAY)), /away for a moment/u);
  assert.match(thereWords("live", there(AWAY | LEAVING)), /stopped waiting/u);
  assert.match(thereWords("live", null), /not here now/u);
});

test("nobody is said to be absent while nobody can be seen", () => {
  for (const standing of ["joining", "polling", "unsure", "elsewhere", "off"] as const) assert.doesNotMatch(thereWords(standing, null), /not here|is here\./u);
});

test("that someone begins to write is shown, and not read out each time", () => {
  assert.equal(spokenWords("live", there(TYPING)), "The person is here.");
  assert.equal(spokenWords("live", there(MOMENT | TYPING)), "The person needs a moment.");
});

test("a reply is on their page once their page says so", () => {
  assert.equal(readWords("live", there(0, 2), 3), "");
  assert.match(readWords("live", there(0, 3), 3), /newest reply/u);
  assert.equal(readWords("live", there(0, 3), 0), "");
  assert.equal(readWords("polling", there(0, 3), 3), "");
});

test("of another talk it is said what came, who is there, and how long they have been silent", () => {
  const glance = { standing: "live", there: there(0), unread: 0, silent: 59_000 } as const;
  assert.deepEqual(glanceWords(glance), ["is here"]);
  assert.deepEqual(glanceWords({ ...glance, unread: 2, silent: 180_000 }), ["2 new messages", "is here", "wrote nothing for 3 min"]);
  assert.deepEqual(glanceWords({ ...glance, there: there(TYPING), silent: 180_000 }), ["is writing"]);
  assert.deepEqual(glanceWords({ ...glance, there: there(AWAY) }), ["away for a moment"]);
  assert.deepEqual(glanceWords({ ...glance, there: null }), ["not here now"]);
  assert.deepEqual(glanceWords({ ...glance, standing: "polling", there: null }), ["cannot be seen"]);
  assert.deepEqual(glanceWords({ ...glance, standing: "joining", there: null }), []);
});

test("what is on the screen hears when a talk begins and ends, and not each time that the desk asks", () => {
  const held = new HeldTalks();
  const heard: boolean[] = [];
  const deafen = held.listen(() => heard.push(held.has("a")));
  assert.deepEqual(
    [["a"], ["a"], ["a", "b"], ["b"]].map((each) => held.are(each)),
    [true, false, true, true],
  );
  assert.deepEqual(heard, [true, true, false]);
  deafen();
  held.are([]);
  assert.equal(heard.length, 3);
});

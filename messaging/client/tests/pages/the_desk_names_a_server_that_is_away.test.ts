import assert from "node:assert/strict";
import { test } from "node:test";

import { failureWords, silenceWords } from "../../src/pages/desk/messages_for_errors.ts";
import { Problem, problemOf } from "../../src/transport/problem.ts";

test("a proxy that answers for a server that is away does not make the page an old one", () => {
  for (const status of [502, 503, 504]) {
    const problem = problemOf(status, undefined);
    assert.equal(silenceWords(problem), "the server does not answer. This page keeps trying");
    assert.equal(failureWords("Your reply was not sent", problem), "Your reply was not sent: the server does not answer at the moment. Try again.");
  }
});

test("an answer of another shape is that of a newer server", () => {
  assert.match(silenceWords(new Problem("bad-answer", 200, "answer.mine: missing")), /older than the server/u);
});

test("what the server itself refuses is shown as its word", () => {
  const refused = problemOf(503, { type: "/problems/unavailable", detail: "The database is being moved." });
  assert.match(failureWords("Your reply was not sent", refused), /says: “The database is being moved\.”/u);
});

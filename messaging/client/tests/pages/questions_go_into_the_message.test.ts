import assert from "node:assert/strict";
import { test } from "node:test";
import { whereToStart } from "../../src/pages/parts/self_check.ts";
import { withQuestions } from "../../src/pages/person/worksheets.ts";

test("the questions of a worksheet come after what stands there, and the first answer is where to go on", () => {
  const { text, at } = withQuestions("I am scared.\n", ["When?", "Who?"]);
  assert.equal(text, "I am scared.\n\nWhen?\n\n\nWho?\n");
  assert.equal(text.slice(0, at), "I am scared.\n\nWhen?\n");
  assert.deepEqual(withQuestions(" \n", ["When?"]), { text: "When?\n", at: 6 });
});

test("danger comes before everything else, and Childline before our own pages", () => {
  assert.equal(whereToStart("yes", "yes", "young", "police"), "danger");
  assert.equal(whereToStart("no", "yes", "young", "police"), "ending");
  assert.equal(whereToStart("no", "no", "young", "police"), "young");
  assert.equal(whereToStart("no", "no", "partner", "police"), "police");
  assert.equal(whereToStart("no", "no", "partner", "strong"), "partner");
  assert.equal(whereToStart("no", "no", "self", "strong"), "strong");
});

/** A failure keeps the very same bytes; only what the server says no longer fits is sealed afresh (PROTOCOL §5.3). */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Delivery } from "../../src/pages/person/delivery.ts";
import { mayHaveArrived, whyNotSent } from "../../src/pages/person/messages_for_errors.ts";
import { Problem, type ProblemType } from "../../src/transport/index.ts";

class Desk {
  sealed = 0;
  readonly sent: string[] = [];
  refreshed = 0;
  goesOn = true;
  readonly #answers: (Problem | null)[];
  readonly delivery = new Delivery<string, string>({
    seal: (text) => {
      this.sealed += 1;
      return Promise.resolve(`${text} sealed ${this.sealed}`);
    },
    send: (body) => {
      this.sent.push(body);
      const problem = this.#answers.shift();
      return problem ? Promise.reject(problem) : Promise.resolve("accepted");
    },
    refresh: () => {
      this.refreshed += 1;
      return Promise.resolve(this.goesOn);
    },
  });

  constructor(...answers: (Problem | null)[]) {
    this.#answers = answers;
  }
}

const no = (type: ProblemType, status: number): Problem => new Problem(type, status, "");

for (const lost of [no("unreachable", 0), no("timed-out", 0), no("bad-answer", 200), no("unknown", 500), no("unknown", 502)]) {
  test(`after ${lost.type} ${lost.status} the same bytes go again, and no other text may take their place`, async () => {
    const desk = new Desk(lost);
    await assert.rejects(desk.delivery.deliver("hello"), lost);
    assert.equal(desk.delivery.open, true);
    assert.equal(await desk.delivery.deliver("something else"), "accepted");
    assert.deepEqual(desk.sent, ["hello sealed 1", "hello sealed 1"]);
    assert.equal(desk.delivery.open, false);
  });
}

for (const refused of [no("closed", 503), no("too-many", 429), no("malformed", 400), no("too-large", 413)]) {
  test(`after ${refused.type} the draft may change; the same text is the same bytes`, async () => {
    const desk = new Desk(refused, refused);
    await assert.rejects(desk.delivery.deliver("hello"), refused);
    assert.equal(desk.delivery.open, false);
    await assert.rejects(desk.delivery.deliver("hello"), refused);
    await desk.delivery.deliver("shorter");
    assert.deepEqual(desk.sent, ["hello sealed 1", "hello sealed 1", "shorter sealed 2"]);
  });
}

for (const moved of [no("conflict", 409), no("epoch-changed", 409), no("opening-exists", 409)]) {
  test(`after ${moved.type} the message is sealed afresh once things are up to date`, async () => {
    const desk = new Desk(moved);
    await desk.delivery.deliver("hello");
    assert.deepEqual(desk.sent, ["hello sealed 1", "hello sealed 2"]);
    assert.equal(desk.refreshed, 1);
  });
}

test("sealing afresh stops when the person must look at something first", async () => {
  const desk = new Desk(no("epoch-changed", 409));
  desk.goesOn = false;
  await assert.rejects(desk.delivery.deliver("hello"), Problem);
  assert.deepEqual(desk.sent, ["hello sealed 1"]);
  await desk.delivery.deliver("hello");
  assert.deepEqual(desk.sent, ["hello sealed 1", "hello sealed 2"]);
});

test("sealing afresh does not go on for ever", async () => {
  const conflicts = Array.from({ length: 9 }, () => no("conflict", 409));
  await assert.rejects(new Desk(...conflicts).delivery.deliver("hello"), Problem);
});

test("a refusal that is certain is not taken for an answer that was lost", () => {
  assert.equal(mayHaveArrived(no("closed", 503)), false);
  assert.equal(mayHaveArrived(no("too-many", 429)), false);
  assert.equal(mayHaveArrived(new Error("broken")), false);
});

test("every sentence says that the message is still here, and none repeats the server", () => {
  const types: ProblemType[] = ["unreachable", "timed-out", "closed", "too-many", "inbox-exists", "malformed", "bad-answer", "unknown", "not-sealed"];
  for (const type of types) {
    const said = whyNotSent(new Problem(type, type === "unreachable" || type === "timed-out" ? 0 : 400, "SERVER SAYS"), "call us on 0800");
    assert.match(said, /still here/u);
    assert.doesNotMatch(said, /SERVER/u);
  }
});

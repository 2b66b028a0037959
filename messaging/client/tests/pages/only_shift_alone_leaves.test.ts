/** Shift counts when it is pressed and let go alone: whatever somebody types, marks or steps through, they stay. */

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { ENOUGH, PATIENCE, ShiftPresses } from "../../src/pages/parts/shift_presses.ts";

type Act = readonly ["down" | "up" | "repeat" | "chord", "L" | "R"] | readonly ["other"];
interface Timed {
  readonly act: Act;
  readonly at: number;
}

/** Whether these acts leave. */
function leaves(acts: readonly Timed[]): boolean {
  const presses = new ShiftPresses();
  return acts.some(({ act, at }) => {
    if (act[0] === "other") presses.disturb();
    else if (act[0] === "up") return presses.up(act[1], at) >= ENOUGH;
    else presses.down(act[1], act[0] === "down");
    return false;
  });
}

/** The same, told from the end: the last three releases of a Shift that went down undisturbed lie close together, with nothing else among them. */
function model(acts: readonly Timed[]): boolean {
  return acts.some((_, end) => {
    const before = acts.slice(0, end + 1);
    const quiet = before.slice(before.findLastIndex(({ act }) => act[0] !== "down" && act[0] !== "up") + 1);
    const good = quiet.flatMap(({ act, at }, index) => {
      if (act[0] !== "up") return [];
      const last = quiet.slice(0, index).findLast((one) => one.act[0] !== "other" && one.act[1] === act[1]);
      return last?.act[0] === "down" ? [at] : [];
    });
    const at = before.at(-1)?.at ?? 0;
    return before.at(-1)?.act[0] === "up" && good.filter((when) => at - when < PATIENCE).length >= ENOUGH;
  });
}

const key = fc.constantFrom("L" as const, "R" as const);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom("down" as const, "up" as const), key) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom("repeat" as const, "chord" as const), key) },
  { weight: 1, arbitrary: fc.constant(["other"] as const) },
);
const acts = fc.array(fc.tuple(act, fc.integer({ min: 0, max: 1500 })), { maxLength: 40 }).map((pairs) => {
  let at = 0;
  return pairs.map(([one, pause]): Timed => {
    at += pause;
    return { act: one, at };
  });
});

/** Acts one after another, a tenth of a second apart. */
function quickly(...all: readonly (readonly Act[])[]): Timed[] {
  return all.flat().map((one, index) => ({ act: one, at: index * 100 }));
}
const pressed = (which: "L" | "R"): Act[] => [
  ["down", which],
  ["up", which],
];
const OTHER: Act = ["other"];

test("whatever is done, three presses of Shift alone leave and nothing else does", () => {
  fc.assert(
    fc.property(acts, (all) => assert.equal(leaves(all), model(all))),
    { numRuns: 2000 },
  );
});

test("three presses leave, of either Shift or of both in turn, also when one goes down before the other is up", () => {
  for (const keys of ["LLL", "RRR", "LRL"]) assert.ok(leaves(quickly(...[...keys].map((which) => pressed(which as "L" | "R")))), keys);
  assert.ok(
    leaves(
      quickly([
        ["down", "L"],
        ["down", "R"],
        ["up", "L"],
        ["down", "L"],
        ["up", "R"],
        ["up", "L"],
      ]),
    ),
  );
});

test("capital letters stay, however many, and two presses after one are two", () => {
  const capital: Act[] = [["down", "L"], OTHER, OTHER, ["up", "L"]];
  assert.ok(!leaves(quickly(capital, capital, capital, capital)));
  assert.ok(!leaves(quickly(capital, pressed("L"), pressed("L"))));
  assert.ok(leaves(quickly(capital, pressed("L"), pressed("L"), pressed("L"))));
  // The letter is let go after Shift, as quick fingers do.
  const rolled: Act[] = [["down", "L"], OTHER, ["up", "L"], OTHER];
  assert.ok(!leaves(quickly(rolled, rolled, rolled)));
});

test("text that is marked by Shift and mouse, and steps back by Shift and Tab, stay", () => {
  const marked: Act[] = [["down", "R"], OTHER, ["up", "R"]];
  assert.ok(!leaves(quickly(marked, marked, marked, marked, marked)));
  const oneHold: Act[] = [["down", "L"], OTHER, OTHER, OTHER, OTHER, ["up", "L"]];
  assert.ok(!leaves(quickly(oneHold, oneHold, oneHold)));
});

test("a sticky Shift before each letter stays", () => {
  assert.ok(!leaves(quickly(pressed("L"), [OTHER], pressed("L"), [OTHER], pressed("L"), [OTHER])));
  // Twice locks it, and the letters that follow come before it is let go again.
  assert.ok(!leaves(quickly(pressed("L"), pressed("L"), [OTHER, OTHER], pressed("L"))));
});

test("a key that is held until it repeats, that was down elsewhere, or comes with another modifier, is no press", () => {
  const long: Act[] = [
    ["down", "L"],
    ["repeat", "L"],
    ["repeat", "L"],
    ["up", "L"],
  ];
  assert.ok(!leaves(quickly(long, long, long)));
  assert.ok(
    !leaves(
      quickly([
        ["up", "L"],
        ["up", "L"],
        ["up", "L"],
      ]),
    ),
  );
  assert.ok(
    !leaves(
      quickly([
        ["chord", "L"],
        ["up", "L"],
        ["chord", "L"],
        ["up", "L"],
        ["chord", "L"],
        ["up", "L"],
      ]),
    ),
  );
});

test("presses that come too slowly are forgotten one by one", () => {
  const presses = new ShiftPresses();
  const press = (at: number): number => {
    presses.down("L", true);
    return presses.up("L", at);
  };
  assert.deepEqual([press(0), press(2000), presses.count(2999), presses.count(3000), press(4000), press(4500)], [1, 2, 2, 1, 2, 3]);
});

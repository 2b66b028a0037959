/** Runs every vector in a browser, under the site's own policy; what differs is written into the page for the test to read. */

// Here everything is one script, and packages ask for it before what stands in is loaded.
import "../../src/protocol/old_engines.ts";

import { outcome, type Vector, wanted } from "../parts/vectors.ts";

/** JSON with sorted keys, to compare two values by. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === "object" && item !== null && !Array.isArray(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
  );
}

const violations: string[] = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(`${event.violatedDirective}: ${event.blockedURI}`));

const vectors = (await (await fetch("cases.json")).json()) as Vector[];
const differing: string[] = [];
for (const vector of vectors) {
  try {
    const [found, expected] = [canonical(await outcome(vector)), canonical(wanted(vector))];
    if (found !== expected) differing.push(`${vector.name}: ${found.slice(0, 300)} instead of ${expected.slice(0, 300)}`);
  } catch (error) {
    differing.push(`${vector.name}: ${String(error)}`);
  }
}
const result = document.createElement("pre");
result.id = "result";
result.textContent = JSON.stringify({ run: vectors.length, differing, violations });
document.body.append(result);

/** Cases in the form of vectors as lines of JSON on standard input, and what each comes to as lines on standard output. */

import { createInterface } from "node:readline";

import { outcome } from "./vectors.ts";

for await (const line of createInterface({ input: process.stdin })) {
  const said = await outcome(JSON.parse(line)).catch((error: unknown) => ({ error: `${String(error)}` }));
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

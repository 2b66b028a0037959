/** What @noble's packages ask for and an engine of 2021 has not, or should not give; looked at before they are. */

import { has } from "./encoding.ts";

const known: object = Object;
if (!("hasOwn" in known)) Object.defineProperty(known, "hasOwn", { configurable: true, writable: true, value: has });

/* After each part of a key the library asks `scheduler.yield`, which gives the turn back before all other tasks of the page: for a minute and a half
 * nothing else came about, where scripts are read line by line. Without it the library takes a timer, and the page stays in use. */
const { scheduler } = globalThis as { readonly scheduler?: object };
if (scheduler !== undefined) Object.defineProperty(scheduler, "yield", { configurable: true, value: undefined });

/** What @noble's packages ask for and an engine of 2021 has not; looked at before they are. */

import { has } from "./encoding.ts";

const known: object = Object;
if (!("hasOwn" in known)) Object.defineProperty(known, "hasOwn", { configurable: true, writable: true, value: has });

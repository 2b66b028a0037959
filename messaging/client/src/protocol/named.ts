/** The statement that a release names: the newest of the chain that counted when it was signed (PROTOCOL §11.2). */

import { type Bytes, decode, demand, equal, HASH } from "./encoding.ts";
import type { Statement } from "./wire.ts";

export interface NamedStatement {
  readonly number: number;
  readonly hash: Bytes;
}

/** From `number.hash`; null from the empty text, where no epoch counted. Throws Malformed. */
export function parseNamed(text: string): NamedStatement | null {
  if (text === "") return null;
  const [, number, hash] = /^([1-9][0-9]{0,9})\.([A-Za-z0-9_-]{43})$/.exec(text) ?? [];
  demand(number !== undefined && hash !== undefined && Number(number) < 2 ** 32, "a statement's number and hash");
  return { number: Number(number), hash: decode(hash, HASH) };
}

/** Whether it is the one that is named, by number and hash. */
export function isNamed(statement: Statement, named: NamedStatement | null): boolean {
  return named !== null && statement.number === named.number && equal(statement.hash, named.hash);
}

/** Whether the one that is named stands in the chain; true where none is named. */
export function hasNamed(chain: readonly Statement[], named: NamedStatement | null): boolean {
  return named === null || chain.some((statement) => isNamed(statement, named));
}

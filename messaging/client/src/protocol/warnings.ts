/** What a reader is told of a thread: messages that held, and warnings (PROTOCOL §5.2). Every warning that there is stands here. */

import type { Direction } from "./encoding.ts";
import type { Plaintext } from "./plaintext.ts";

export type WarningName = "altered" | "out-of-order" | "older-epoch" | "unknown-writer" | "bad-opening" | "missing" | "not-seen" | "not-vouched" | "late";

/** A message that held; `day` is the server's word for when it arrived, `writer` the display name of the counsellor who signed it. */
export interface Message {
  readonly kind: "message";
  readonly direction: Direction;
  readonly sequence: number;
  readonly day: string;
  readonly content: Plaintext;
  readonly writer: string | null;
  /** The first message of the other side that held, stands before this one, and was not read by its writer. */
  readonly unread: number | null;
  /** Of the person's: whether the tags that this reader can check are right; null where the reader was not on the roster then (§4.6). */
  readonly vouched: boolean | null;
}

/**
 * What stands instead of a message that did not hold, or after one that is shown with it. `writer` is the
 * counsellor whose signature under a reply holds all the same.
 */
export interface Warning {
  readonly kind: "warning";
  readonly warning: WarningName;
  readonly direction: Direction;
  readonly sequence: number;
  readonly writer: string | null;
}

/** Beside messages that held; every other warning stands in the place of one that did not. */
const BESIDE: ReadonlySet<WarningName> = new Set<WarningName>(["missing", "not-seen", "not-vouched", "late"]);

/** Whether it stands where a message would, of which nothing is shown. */
export function isInPlace({ warning }: Warning): boolean {
  return !BESIDE.has(warning);
}

/** What one side says that it has read of the other: shown as receipts, and a warning where it never says so (PROTOCOL §5.2). */

import { last } from "./encoding.ts";

/** Of one direction: which of its messages held, and what its writers said that they had read of the other. */
export interface Receipts {
  readonly held: number[];
  /** The newest of the other side that a message of this one acknowledges, and that stands in the answer. */
  read: number;
  /** The most that a message of this side acknowledges, there or not. */
  acknowledged: number;
  /** The newest of the other side that stood before the last message of this one. */
  stood: number;
  told: number;
}

export function noReceipts(): Receipts {
  return { held: [], read: 0, acknowledged: 0, stood: 0, told: 0 };
}

/** The first message of the other side that held, stands already, and is above what is acknowledged. */
export function firstUnread(other: Receipts, acknowledged: number): number | null {
  return other.held.find((sequence) => sequence > acknowledged) ?? null;
}

/**
 * Takes in a message of a side that held. What it gives is a `not-seen`: the first message of the other side that stood before this one and
 * before the last one of its side, and that neither acknowledges. Each is told once.
 */
export function noteReceipt(own: Receipts, other: Receipts, sequence: number, acknowledged: number, stands: boolean): number | null {
  own.acknowledged = Math.max(own.acknowledged, acknowledged);
  if (stands) own.read = Math.max(own.read, acknowledged);
  const unseen = firstUnread(other, own.acknowledged);
  const found = unseen !== null && own.told < unseen && unseen <= own.stood ? unseen : null;
  own.held.push(sequence);
  own.stood = last(other.held) ?? 0;
  own.told = found ?? own.told;
  return found;
}

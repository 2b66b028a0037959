/** What is read again may only continue what was read (PROTOCOL §5.4). */

import type { Answered } from "./decode_thread.ts";
import { deskSecrets, type OpenDesk } from "./desk.ts";
import { type Bytes, type Direction, encode, equal, FROM_DESK, FROM_PERSON } from "./encoding.ts";
import type { Desk } from "./epochs.ts";
import { BadContinuation } from "./errors.ts";
import { hashed } from "./primitives.ts";
import type { Statement } from "./wire.ts";

/** What was read, as far as it must stand when it is read again: hashes and ids alone, so it may be kept longer than a thread. */
export interface Seen {
  readonly inboxId: string;
  readonly conversation: string;
  readonly openings: readonly string[];
  readonly envelopes: Readonly<Record<Direction, readonly string[]>>;
  /** The hash of each valid statement by its number. */
  readonly statements: ReadonlyMap<number, string>;
  /** The number of the desk of that day; null when there was none. */
  readonly epoch: number | null;
  /** Names the thread that words were written in: the inbox id and the first opening's hash; null where nothing was opened yet. */
  readonly pin: string | null;
}

/** What is to be kept of an answer that was checked to be of its inbox; `envelopes` are the hashes of those in it, in their order. */
export async function seenOf(answered: Answered, envelopes: readonly Bytes[], statements: ReadonlyMap<number, Statement>, desk: Desk | null): Promise<Seen> {
  const openings = await Promise.all(answered.openings.map(async (raw) => encode(await hashed("opening", raw))));
  const named = envelopes.map(encode);
  const isPersons = (place: number): boolean => answered.envelopes[place]![2] === FROM_PERSON;
  const inboxId = encode(answered.inboxId);
  return {
    inboxId,
    conversation: encode(answered.conversation),
    openings,
    envelopes: {
      [FROM_PERSON]: named.filter((_, place) => isPersons(place)),
      [FROM_DESK]: named.filter((_, place) => !isPersons(place)),
    },
    statements: new Map([...statements].map(([number, statement]) => [number, encode(statement.hash)])),
    epoch: desk?.epoch ?? null,
    pin: openings[0] === undefined ? null : `${inboxId}.${openings[0]}`,
  };
}

/** Throws BadContinuation unless what was read again goes on from what was read. */
export function demandContinuation(before: Seen, after: Seen): void {
  demand(before.inboxId === after.inboxId && before.conversation === after.conversation, "another conversation");
  demand(begins(before.openings, after.openings), "its openings do not begin with those that were read");
  for (const direction of [FROM_PERSON, FROM_DESK] as const) {
    demand(begins(before.envelopes[direction], after.envelopes[direction]), "its envelopes do not begin with those that were read");
  }
  for (const [number, hash] of before.statements) {
    demand((after.statements.get(number) ?? hash) === hash, "another statement of the same number");
  }
  if (before.epoch === null || after.epoch === null) return;
  demand(after.statements.has(before.epoch) && after.epoch >= before.epoch, "the desk does not follow the one before");
}

/** Whether a desk of §7.2 is the one before or the very next, false where what lies between is not known; throws BadContinuation for an older or another one. */
export function deskFollows(before: Desk, after: Desk): boolean {
  const [one, other] = [before.statement, after.statement];
  if (equal(one.hash, other.hash)) return true;
  demand(other.number > one.number, "an older desk, or another of the same number");
  if (other.number > one.number + 1) return false;
  demand(equal(other.previous, one.hash), "it does not follow the desk before");
  return true;
}

/** Whether the same people can read, by their keys and their names. */
export function sameReaders(one: Desk, other: Desk): boolean {
  return one.readers.length === other.readers.length && one.readers.every((reader, place) => reader === other.readers[place]);
}

/** Throws BadContinuation unless every epoch that a counsellor's desk had stands in the one looked up again (§8.1). */
export function demandChainGoesOn(before: OpenDesk, after: OpenDesk): void {
  const known = new Map(deskSecrets(after).chain.map((statement) => [statement.number, statement.hash]));
  for (const { number, hash } of deskSecrets(before).chain) {
    const stands = known.get(number);
    demand(stands !== undefined && equal(stands, hash), "an epoch is gone, or is another");
  }
  demand(before.desk === null || after.desk === null || after.desk.epoch >= before.desk.epoch, "the current epoch is older than before");
}

function begins(before: readonly string[], after: readonly string[]): boolean {
  return before.every((hash, place) => hash === after[place]);
}

function demand(holds: boolean, what: string): void {
  if (!holds) throw new BadContinuation(what);
}

/** Reading a whole thread, with a warning for whatever does not hold (PROTOCOL §5.1, §5.2). */

import { confirmedOf } from "./confirmations.ts";
import { demandContinuation, type Seen, seenOf } from "./continuity.ts";
import type { Answered } from "./decode_thread.ts";
import { type Bytes, type Direction, encode, equal, FROM_DESK, FROM_PERSON, HASH, last, zeros } from "./encoding.ts";
import { checkPlace, openBody, type Place, UnknownWriter, writerOf } from "./envelopes.ts";
import { type Certificates, checkCertificates, checkChain, currentEpoch, type Desk, deskOf, orNull } from "./epochs.ts";
import { BadChain, BadDates, BadStatement, Malformed, OlderChain, OlderEpoch, ProtocolError } from "./errors.ts";
import type { Site } from "./keys.ts";
import { hasNamed } from "./named.ts";
import { type Opened, type Reader, readOpenings } from "./openings.ts";
import type { Ack, Plaintext } from "./plaintext.ts";
import { hashed } from "./primitives.ts";
import { firstUnread, noReceipts, noteReceipt, type Receipts } from "./receipts.ts";
import type { Vouching } from "./tags.ts";
import type { Message, Warning, WarningName } from "./warnings.ts";
import { type Envelope, parseEnvelope, type Statement } from "./wire.ts";

/** One direction: the place of the next envelope, and the newest that held. */
export interface Chain {
  next: number;
  previous: Bytes;
  /** The one before failed: what the next says of it proves nothing. */
  loose: boolean;
  accepted: number;
  acceptedHash: Bytes;
  epoch: number;
  readonly receipts: Receipts;
}

/** Everything that reading found, and that writing on needs. */
export interface Reading {
  readonly answered: Answered;
  readonly items: (Message | Warning)[];
  readonly chains: Readonly<Record<Direction, Chain>>;
  readonly statements: ReadonlyMap<number, Statement>;
  readonly certificates: Certificates;
  /** By their hashes, in the order in which they came. */
  readonly openings: ReadonlyMap<string, Opened>;
  /** What the person drew with the first message; null where no opening of theirs is authentic. */
  readonly life: Bytes | null;
  readonly desk: Desk | null;
  readonly seen: Seen;
  /** Every envelope that stands in the answer, accepted or not, and its epoch: by `standing`. */
  readonly present: Map<string, number>;
}

/** How a reader comes by the secret of an epoch, and what they already know of its statement. */
export interface Side {
  readonly reader: (epoch: number) => Reader;
  readonly statements: ReadonlyMap<number, Statement>;
  readonly vouching: Vouching;
  /** Whether the answer's own chain must have the statement that the release names (§11.2). */
  readonly needsNamed: boolean;
  /** Those of them that count, ascending; what stands before a thread's first statement is known to the desk alone. */
  readonly confirmed: readonly Statement[];
}

/**
 * Everything in the answer that holds, and warnings for the rest. What a server sends makes it throw nothing but BadContinuation: when it
 * does not go on from what was read `before` (§5.4), or from what the release names (§11.2).
 */
export async function readThread(site: Site, side: Side, answered: Answered, today: number, before: Seen | null): Promise<Reading> {
  const certificates = await checkCertificates(site, answered.certificates);
  const chain = agreeing(await checkChain(site, answered.statements, certificates), side.statements);
  // The desk has held its whole chain against it already (§8.4).
  if (side.needsNamed && !hasNamed(chain, site.released)) throw new OlderChain("the statement that the release names is not among the epochs");
  const earlier = last(side.confirmed.filter(({ number }) => number < (chain[0]?.number ?? 0))) ?? null;
  const confirmed = await confirmedOf(site, chain, answered.confirmations, certificates, earlier);
  // One that nobody has confirmed opens nothing.
  const statements = new Map(confirmed.map((statement) => [statement.number, statement]));
  const whole = chain.length === answered.statements.length;
  const desk = whole ? deskOrNull(currentEpoch(confirmed, today), certificates, today) : null;
  const hashes = await Promise.all(answered.envelopes.map((raw) => hashed("envelope", raw)));
  const seen = await seenOf(answered, hashes, statements, desk);
  if (before !== null) demandContinuation(before, seen);
  const { openings, life } = await readOpenings(site, side.reader, answered, statements, certificates);
  const reading: Reading = {
    answered,
    items: [],
    chains: { [FROM_PERSON]: newChain(), [FROM_DESK]: newChain() },
    statements,
    certificates,
    openings,
    life,
    desk,
    seen,
    present: new Map(),
  };
  await readEnvelopes(site, reading, hashes, side.vouching);
  return reading;
}

function newChain(): Chain {
  return { next: 1, previous: zeros(HASH), loose: false, accepted: 0, acceptedHash: zeros(HASH), epoch: 0, receipts: noReceipts() };
}

/** The statements before the first that differs from one already known by its number, §5.1. */
function agreeing(chain: Statement[], known: ReadonlyMap<number, Statement>): Statement[] {
  const differs = chain.findIndex((statement) => !equal(statement.hash, known.get(statement.number)?.hash ?? statement.hash));
  return differs < 0 ? chain : chain.slice(0, differs);
}

function deskOrNull(current: Statement | null, certificates: Certificates, today: number): Desk | null {
  if (current === null) return null;
  try {
    return deskOf(current, certificates, today);
  } catch (error) {
    if (error instanceof BadStatement || error instanceof BadDates) return null;
    throw error;
  }
}

/** What could be made out of an envelope's body before its place is looked at. */
interface Found {
  readonly writer: string | null;
  readonly content: Plaintext | ProtocolError | null;
  readonly vouched: boolean | null;
}

/** The slow work for all at once, then the checks of §4.5 and §5.2 in the order of arrival. */
async function readEnvelopes(site: Site, reading: Reading, hashes: readonly Bytes[], vouching: Vouching): Promise<void> {
  const { envelopes, days } = reading.answered;
  const parsed = await Promise.all(envelopes.map((raw, place) => orNull(parseEnvelope(raw, hashes[place]!), Malformed)));
  const bodies = await Promise.all(parsed.map((envelope) => (envelope === null ? null : body(site, reading, vouching, envelope))));
  const { present } = reading;
  for (const [place, raw] of envelopes.entries()) {
    const envelope = parsed[place]!;
    if (envelope !== null) present.set(standing(envelope.direction, envelope.sequence, envelope.hash), envelope.epoch);
    // What is no direction counts as the desk's, §5.1.
    const direction = raw[2] === FROM_PERSON ? FROM_PERSON : FROM_DESK;
    readOne(reading, direction, envelope, bodies[place]!, hashes[place]!, days[place]!, present);
  }
  // A person writes first (§5.2): without a message of theirs there would be no thread.
  const said = reading.items.some((item) => item.kind === "warning" && item.warning === "missing" && item.direction === FROM_PERSON && item.sequence === 1);
  if (!said && !envelopes.some((raw) => raw[2] === FROM_PERSON)) warn(reading, "missing", FROM_PERSON, 1);
}

function warn(reading: Reading, warning: WarningName, direction: Direction, sequence: number, writer: string | null = null): void {
  reading.items.push({ kind: "warning", warning, direction, sequence, writer });
}

/** What an acknowledgement names. */
export function standing(direction: Direction, sequence: number, hash: Bytes): string {
  return `${direction} ${sequence} ${encode(hash)}`;
}

/** Who signed it, and the content or the failure of what can be opened at all; nothing is shown before readOne has checked its place. */
async function body(site: Site, reading: Reading, vouching: Vouching, envelope: Envelope): Promise<Found> {
  const statement = reading.statements.get(envelope.epoch);
  const opened = reading.openings.get(encode(envelope.openingHash));
  let writer: string | null = null;
  try {
    if (statement !== undefined && envelope.direction === FROM_DESK) {
      writer = (await writerOf(site, envelope, statement, reading.certificates)).displayName;
    }
    if (statement === undefined || opened === undefined) return { writer, content: null, vouched: null };
    const vouched = envelope.direction === FROM_PERSON ? await vouching(envelope, statement, reading.certificates) : null;
    return { writer, content: await openBody(opened.secret, envelope), vouched };
  } catch (error) {
    if (error instanceof ProtocolError) return { writer, content: error, vouched: null };
    throw error;
  }
}

function readOne(
  reading: Reading,
  direction: Direction,
  envelope: Envelope | null,
  found: Found | null,
  hash: Bytes,
  day: string,
  present: ReadonlyMap<string, number>,
): void {
  const chain = reading.chains[direction];
  /** After one that failed, of which the bytes are all there is. */
  const passOver = (sequence: number): void => {
    [chain.next, chain.previous, chain.loose] = [sequence + 1, hash, true];
  };
  if (envelope === null || found === null) {
    warn(reading, "altered", direction, chain.next);
    passOver(chain.next);
    return;
  }
  const { sequence } = envelope;
  if (sequence !== chain.next) {
    warn(reading, "out-of-order", direction, chain.next);
    if (sequence < chain.next) return;
    [chain.next, chain.loose] = [sequence, true];
  }
  const other = direction === FROM_PERSON ? FROM_DESK : FROM_PERSON;
  const seen = ({ ack }: Plaintext): number | undefined => present.get(standing(other, ack.sequence, ack.hash));
  const warning = warningOf(reading, envelope, found, seen);
  if (warning !== null) {
    warn(reading, warning, direction, sequence, found.writer);
    passOver(sequence);
    return;
  }
  const content = found.content as Plaintext;
  const others = reading.chains[other].receipts;
  const ack = content.ack.sequence;
  const stands = seen(content) !== undefined;
  const { writer, vouched } = found;
  reading.items.push({ kind: "message", direction, sequence, day, content, writer, unread: firstUnread(others, ack), vouched });
  if (vouched === false) warn(reading, "not-vouched", direction, sequence);
  // It does not acknowledge that reply, or it would be of an older epoch than what it acknowledges.
  if (direction === FROM_PERSON && envelope.epoch < reading.chains[FROM_DESK].epoch) warn(reading, "late", direction, sequence);
  if ((ack > 0 && !stands) || ack < chain.receipts.acknowledged) warn(reading, "missing", other, ack);
  const unseen = noteReceipt(chain.receipts, others, sequence, ack, stands);
  if (unseen !== null) warn(reading, "not-seen", other, unseen);
  [chain.next, chain.previous, chain.loose] = [sequence + 1, hash, false];
  [chain.accepted, chain.acceptedHash, chain.epoch] = [sequence, hash, envelope.epoch];
}

/** Why an envelope is not shown, in the order of §5.1 and §4.5; null when all holds. */
function warningOf(reading: Reading, envelope: Envelope, found: Found, seen: (content: Plaintext) => number | undefined): WarningName | null {
  const statement = reading.statements.get(envelope.epoch);
  if (statement === undefined && envelope.direction === FROM_DESK) return "unknown-writer";
  const opened = reading.openings.get(encode(envelope.openingHash));
  if (statement === undefined || opened === undefined) return "bad-opening";
  const chain = reading.chains[envelope.direction];
  const place: Place = {
    conversation: reading.answered.conversation,
    direction: envelope.direction,
    epoch: opened.opening.epoch,
    openingHash: opened.opening.hash,
    sequence: chain.next,
    previous: chain.loose ? envelope.previous : chain.previous,
  };
  try {
    checkPlace(envelope, place, chain.epoch);
  } catch (error) {
    if (error instanceof BadChain) return "out-of-order";
    if (error instanceof OlderEpoch) return "older-epoch";
    throw error;
  }
  if (found.content instanceof UnknownWriter) return "unknown-writer";
  if (found.content === null || found.content instanceof ProtocolError) return "altered";
  return (seen(found.content) ?? 0) > envelope.epoch ? "older-epoch" : null;
}

/** The newest accepted envelope of a direction, to acknowledge. */
export function newest(reading: Reading, direction: Direction): Ack {
  const chain = reading.chains[direction];
  return { sequence: chain.accepted, hash: chain.acceptedHash };
}

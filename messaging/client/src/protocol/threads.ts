/** Reading a whole thread, with a warning for whatever does not hold (PROTOCOL §5.1, §5.2). */

import { demandContinuation, type Seen, seenOf } from "./continuity.ts";
import type { Answered } from "./decode_thread.ts";
import { type Bytes, type Direction, encode, equal, FROM_DESK, FROM_PERSON, HASH, zeros } from "./encoding.ts";
import { type Content, checkPlace, knownWriter, openBody, type Place } from "./envelopes.ts";
import { type Certificates, checkCertificates, checkChain, currentEpoch, type Desk, deskOf, orNull } from "./epochs.ts";
import { BadChain, BadDates, BadOpening, BadSignature, BadStatement, Malformed, OlderEpoch, ProtocolError } from "./errors.ts";
import type { Site } from "./keys.ts";
import { type Earlier, type Opened, type OpeningPlace, type Reader, readOpening } from "./openings.ts";
import type { Ack, Plaintext } from "./plaintext.ts";
import { type Envelope, parseEnvelope, parseOpening, type Statement } from "./wire.ts";

export type WarningName = "altered" | "out-of-order" | "older-epoch" | "unknown-writer" | "bad-opening" | "missing";

/** A message that held; `day` is the server's word for when it arrived, `writer` the display name of the counsellor who signed it. */
export interface Message {
  readonly kind: "message";
  readonly direction: Direction;
  readonly sequence: number;
  readonly day: string;
  readonly content: Plaintext;
  readonly writer: string | null;
}

/** What stands instead of a message that did not hold, or after one that acknowledges what is not there. */
export interface Warning {
  readonly kind: "warning";
  readonly warning: WarningName;
  readonly direction: Direction;
  readonly sequence: number;
}

/** One direction as far as it held. */
export interface Chain {
  accepted: number;
  previous: Bytes;
  epoch: number;
  acknowledged: number;
  stopped: boolean;
}

/** Everything that reading found, and that writing on needs. */
export interface Reading {
  readonly answered: Answered;
  readonly items: (Message | Warning)[];
  readonly chains: Readonly<Record<Direction, Chain>>;
  readonly statements: ReadonlyMap<number, Statement>;
  readonly certificates: Certificates;
  readonly openings: ReadonlyMap<number, Opened>;
  readonly desk: Desk | null;
  readonly seen: Seen;
}

/** How a reader comes by the secret of an epoch, and what they already know of its statement. */
export interface Side {
  readonly reader: (epoch: number) => Reader;
  readonly statements: ReadonlyMap<number, Statement>;
}

/**
 * Everything in the answer that holds, and warnings for the rest. What a server sends makes it throw nothing but BadContinuation: when it
 * does not go on from what was read `before` (§5.4).
 */
export async function readThread(site: Site, side: Side, answered: Answered, today: number, before: Seen | null): Promise<Reading> {
  const certificates = await checkCertificates(site, answered.certificates);
  const chain = agreeing(await checkChain(site, answered.statements, certificates), side.statements);
  const statements = new Map(chain.map((statement) => [statement.number, statement]));
  const whole = chain.length === answered.statements.length;
  const desk = whole ? deskOrNull(currentEpoch(chain, today), certificates, today) : null;
  const seen = await seenOf(answered, statements, desk);
  if (before !== null) demandContinuation(before, seen);
  const openings = await readOpenings(site, side, answered, statements, certificates);
  const reading: Reading = {
    answered,
    items: [],
    chains: { [FROM_PERSON]: newChain(), [FROM_DESK]: newChain() },
    statements,
    certificates,
    openings,
    desk,
    seen,
  };
  await readEnvelopes(site, reading);
  return reading;
}

function newChain(): Chain {
  return { accepted: 0, previous: zeros(HASH), epoch: 0, acknowledged: 0, stopped: false };
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

/** Those openings that hold; one that fails leaves those after it without an earlier secret. */
async function readOpenings(
  site: Site,
  side: Side,
  answered: Answered,
  statements: ReadonlyMap<number, Statement>,
  certificates: Certificates,
): Promise<ReadonlyMap<number, Opened>> {
  const openings = new Map<number, Opened>();
  const parsed = await Promise.all(answered.openings.map((raw) => orNull(parseOpening(raw), Malformed)));
  let before: Earlier | null = null;
  for (const opening of parsed) {
    const statement = opening === null ? undefined : statements.get(opening.epoch);
    if (opening === null || statement === undefined || (before !== null && opening.epoch <= before.epoch)) break;
    const place: OpeningPlace = { inboxId: answered.inboxId, inboxKem: answered.kemPublic, conversation: answered.conversation, statement, before };
    const secret: CryptoKey | null = await orNull(readOpening(site, side.reader(opening.epoch), opening, place, certificates), BadOpening);
    if (secret === null) break;
    openings.set(opening.epoch, { opening, secret });
    before = { epoch: opening.epoch, secret };
  }
  return openings;
}

/** The slow work for all at once, then the checks of §4.5 and §5.2 in the order of arrival. */
async function readEnvelopes(site: Site, reading: Reading): Promise<void> {
  const { envelopes, days } = reading.answered;
  const parsed = await Promise.all(envelopes.map((raw) => orNull(parseEnvelope(raw), Malformed)));
  const bodies = await Promise.all(parsed.map((envelope) => (envelope === null ? null : body(site, reading, envelope))));
  const present = new Map<string, number>();
  for (const [place, raw] of envelopes.entries()) {
    const envelope = parsed[place]!;
    if (envelope !== null) present.set(standing(envelope.direction, envelope.sequence, envelope.hash), envelope.epoch);
    // What is no direction counts as the desk's, §5.1.
    const direction = raw[2] === FROM_PERSON ? FROM_PERSON : FROM_DESK;
    if (!reading.chains[direction].stopped) readOne(reading, direction, envelope, bodies[place]!, days[place]!, present);
  }
  // A person writes first (§5.2): without a message of theirs there would be no thread.
  const said = reading.items.some((item) => item.kind === "warning" && item.warning === "missing" && item.direction === FROM_PERSON && item.sequence === 1);
  if (!said && !envelopes.some((raw) => raw[2] === FROM_PERSON)) {
    reading.items.push({ kind: "warning", warning: "missing", direction: FROM_PERSON, sequence: 1 });
  }
}

function standing(direction: Direction, sequence: number, hash: Bytes): string {
  return `${direction} ${sequence} ${encode(hash)}`;
}

/** The content or the failure of what can be opened at all; nothing is shown before readOne has checked its place. */
async function body(site: Site, reading: Reading, envelope: Envelope): Promise<Content | ProtocolError | null> {
  const statement = reading.statements.get(envelope.epoch);
  const opened = reading.openings.get(envelope.epoch);
  if (statement === undefined || opened === undefined) return null;
  try {
    return await openBody(site, opened.secret, envelope, statement, reading.certificates);
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
}

function readOne(
  reading: Reading,
  direction: Direction,
  envelope: Envelope | null,
  found: Content | ProtocolError | null,
  day: string,
  present: ReadonlyMap<string, number>,
): void {
  const chain = reading.chains[direction];
  const sequence = chain.accepted + 1;
  const other = direction === FROM_PERSON ? FROM_DESK : FROM_PERSON;
  const seen = ({ ack }: Plaintext): number | undefined => present.get(standing(other, ack.sequence, ack.hash));
  const warning = envelope === null ? "altered" : warningOf(reading, envelope, found, seen);
  if (envelope === null || warning !== null) {
    chain.stopped = true;
    reading.items.push({ kind: "warning", warning: warning ?? "altered", direction, sequence });
    return;
  }
  const { content, writer } = found as Content;
  reading.items.push({ kind: "message", direction, sequence, day, content, writer });
  const missing = content.ack.sequence > 0 && seen(content) === undefined;
  if (missing || content.ack.sequence < chain.acknowledged) {
    reading.items.push({ kind: "warning", warning: "missing", direction: other, sequence: content.ack.sequence });
  }
  chain.accepted = sequence;
  chain.previous = envelope.hash;
  chain.epoch = envelope.epoch;
  chain.acknowledged = Math.max(chain.acknowledged, content.ack.sequence);
}

/** Why an envelope is not shown, in the order of §5.1 and §4.5; null when all holds. */
function warningOf(
  reading: Reading,
  envelope: Envelope,
  found: Content | ProtocolError | null,
  seen: (content: Plaintext) => number | undefined,
): WarningName | null {
  const statement = reading.statements.get(envelope.epoch);
  if (statement === undefined && envelope.direction === FROM_DESK) return "unknown-writer";
  const opened = reading.openings.get(envelope.epoch);
  if (statement === undefined || opened === undefined || found === null) return "bad-opening";
  const chain = reading.chains[envelope.direction];
  const place: Place = {
    conversation: reading.answered.conversation,
    direction: envelope.direction,
    openingHash: opened.opening.hash,
    sequence: chain.accepted + 1,
    previous: chain.previous,
  };
  try {
    checkPlace(envelope, place, chain.epoch);
  } catch (error) {
    if (error instanceof BadChain) return "out-of-order";
    if (error instanceof OlderEpoch) return "older-epoch";
    throw error;
  }
  if (found instanceof BadSignature && !knownWriter(envelope, statement, reading.certificates)) return "unknown-writer";
  if (found instanceof ProtocolError) return "altered";
  return (seen(found.content) ?? 0) > envelope.epoch ? "older-epoch" : null;
}

/** The newest accepted envelope of a direction, to acknowledge. */
export function newest(reading: Reading, direction: Direction): Ack {
  const chain = reading.chains[direction];
  return { sequence: chain.accepted, hash: chain.previous };
}

/** Reading and writing on as a person or as the desk, with the JSON bodies of the requests (PROTOCOL §5, §7.4, §7.5). */

import type { ConversationAnswer, EnvelopeBody, InboxAnswer, SealedFirst } from "./api_types.ts";
import type { Seen } from "./continuity.ts";
import { answeredToDesk, answeredToPerson } from "./decode_thread.ts";
import { deskSecrets, type OpenDesk } from "./desk.ts";
import { type Bytes, type Direction, encode, FROM_DESK, FROM_PERSON, ID } from "./encoding.ts";
import { FIRST, sealEnvelope, type Writer } from "./envelopes.ts";
import { byId, covers, type Desk } from "./epochs.ts";
import { BadDates, BadOpening, BadSignature, OlderEpoch } from "./errors.ts";
import { type InboxKeys, inboxSecrets, type Site } from "./keys.ts";
import { type Opened, type OpeningPlace, openAsDesk, openAsPerson } from "./openings.ts";
import { type Ack, type DeskContent, type Intake, NOTHING_SEEN, type PersonText, write } from "./plaintext.ts";
import { type Random, randomBytes } from "./primitives.ts";
import { desksVouching, personsTagKeys, personsVouching, type TagKeys } from "./tags.ts";
import { newest, type Reading, readThread, standing } from "./threads.ts";
import type { Message, Warning } from "./warnings.ts";

/** A thread as it was read; what is needed to write on is kept by this module until `forget`. */
export interface Thread {
  /** Messages and warnings in the order of arrival. */
  readonly items: readonly (Message | Warning)[];
  /** Of each direction the newest message that the other side says, in a message that held, to have read; 0 for none. */
  readonly read: Readonly<Record<Direction, number>>;
  /** The desk of today; null when none can be relied on, and then nothing can be sealed. */
  readonly desk: Desk | null;
  /** What must still stand when it is read again: the next reading takes it as `before`. It outlives `forget`. */
  readonly seen: Seen;
}

const readings = new WeakMap<Thread, Reading>();

/** A first message, §7.5, to which `signFirst` adds the proof; throws TooLong, BadPlaintext. */
export async function sealFirst(site: Site, inbox: InboxKeys, desk: Desk, intake: Intake, random: Random = randomBytes): Promise<SealedFirst> {
  const padded = write({ type: "intake", ...intake }, NOTHING_SEEN, FROM_PERSON, 1);
  const { inboxId, kemPublic: inboxKem } = inbox;
  const { opening, secret } = await openAsPerson(site, inbox, { inboxId, inboxKem, life: random(ID), statement: desk.statement });
  const place = { conversation: opening.conversation, direction: FROM_PERSON, epoch: desk.epoch, openingHash: opening.hash, ...FIRST } as const;
  const keys = await personsTagKeys(site, inbox, opening.conversation, desk.statement, desk.tagPublics);
  const envelope = await sealEnvelope(site, secret, place, padded, keys, random);
  return {
    kem_public: encode(inbox.kemPublic),
    sign_public: encode(inbox.signPublic),
    tag_public: encode(inbox.tagPublic),
    opening: encode(opening.raw),
    envelope: encode(envelope),
  };
}

/**
 * The thread of §7.6's answer; `before` is what was read last. Throws Malformed for an answer of another inbox, BadContinuation for one
 * that does not go on from `before` or from the statement that the release names, and nothing else that a server could cause.
 */
export async function readAsPerson(site: Site, inbox: InboxKeys, answer: InboxAnswer, today: number, before: Seen | null = null): Promise<Thread> {
  inboxSecrets(inbox);
  const answered = await answeredToPerson(inbox, answer);
  const side = { reader: () => ({ inbox }), statements: new Map(), confirmed: [], vouching: personsVouching(site, inbox), needsNamed: true };
  return threadOf(await readThread(site, side, answered, today, before));
}

/** The thread of §8.3's answer; throws Malformed for an answer whose inbox id is not that of its keys, BadContinuation as `readAsPerson`. */
export async function readAsDesk(site: Site, desk: OpenDesk, answer: ConversationAnswer, today: number, before: Seen | null = null): Promise<Thread> {
  const { chain, confirmed, seeds, certificate, certificates } = deskSecrets(desk);
  const known = certificate === null ? certificates : byId([...certificates.values(), certificate]);
  const statements = new Map(chain.map((statement) => [statement.number, statement]));
  const answered = await answeredToDesk(answer);
  const vouching = desksVouching(site, desk.counsellor, answered.tagPublic, known);
  const side = { reader: (epoch: number) => ({ seed: seeds.get(epoch) ?? null }), statements, confirmed, vouching, needsNamed: false };
  return threadOf(await readThread(site, side, answered, today, before));
}

function threadOf(reading: Reading): Thread {
  const { items, chains, desk, seen } = reading;
  const read = { [FROM_PERSON]: chains[FROM_DESK].receipts.read, [FROM_DESK]: chains[FROM_PERSON].receipts.read } as const;
  const thread = { items, read, desk, seen };
  readings.set(thread, reading);
  return thread;
}

/** What stands behind a thread, for this room only. Throws for one that was forgotten. */
export function readingOf(thread: Thread): Reading {
  const reading = readings.get(thread);
  if (reading === undefined) throw new Error("this thread was forgotten");
  return reading;
}

/** Whether what an acknowledgement names stands in the thread; nothing is missing from one that was forgotten meanwhile. */
export function standsIn(thread: Thread, direction: Direction, { sequence, hash }: Ack): boolean {
  return readings.get(thread)?.present.has(standing(direction, sequence, hash)) ?? true;
}

/** The newest accepted envelopes of the person and of the desk, to acknowledge; nothing of a thread that was forgotten meanwhile. */
export function acksOf(thread: Thread): [Ack, Ack] {
  const reading = readings.get(thread);
  return reading === undefined ? [NOTHING_SEEN, NOTHING_SEEN] : [newest(reading, FROM_PERSON), newest(reading, FROM_DESK)];
}

export function forgetThread(thread: Thread): void {
  readings.delete(thread);
}

/** The body of `POST inbox/envelopes`; throws TooLong, BadPlaintext, BadDates, BadOpening, OlderEpoch. */
export async function sealFromPerson(site: Site, inbox: InboxKeys, thread: Thread, said: PersonText, random: Random = randomBytes): Promise<EnvelopeBody> {
  const reading = readingOf(thread);
  const place = ready(reading);
  const padded = write({ type: "text", ...said }, newest(reading, FROM_DESK), FROM_PERSON, reading.chains[FROM_PERSON].next);
  const keys = await personsTagKeys(site, inbox, reading.answered.conversation, place.statement, place.tagPublics);
  return sealOn(site, reading, FROM_PERSON, place, padded, keys, () => openAsPerson(site, inbox, place), random);
}

/**
 * The body of §8.3's `POST …/envelopes`. Throws BadSignature without a certificate that covers the current epoch, and what `sealFromPerson`
 * throws.
 */
export async function sealFromDesk(site: Site, open: OpenDesk, thread: Thread, content: DeskContent, random: Random = randomBytes): Promise<EnvelopeBody> {
  const reading = readingOf(thread);
  const { certificate } = deskSecrets(open);
  const place = ready(reading);
  if (certificate === null || !covers(certificate, place.statement)) throw new BadSignature("this certificate does not count in the current epoch");
  const padded = write(content, newest(reading, FROM_PERSON), FROM_DESK, reading.chains[FROM_DESK].next);
  const writer: Writer = { counsellor: open.counsellor, certificateId: certificate.id };
  const opened = (): Promise<Opened> => openAsDesk(site, writer, place, random);
  return sealOn(site, reading, FROM_DESK, place, padded, writer, opened, random);
}

/** Where to write on: the desk to seal to, and the life of the conversation; §5.3. */
function ready(reading: Reading): OpeningPlace & Pick<Desk, "tagPublics"> {
  const { desk, chains, openings, life, answered } = reading;
  if (desk === null) throw new BadDates("no desk epoch of today can be relied on");
  if (life === null) throw new BadOpening("a person writes first, and no opening of theirs is here");
  const epochs = [...openings.values()].map(({ opening }) => opening.epoch);
  if (desk.epoch < Math.max(chains[FROM_PERSON].epoch, chains[FROM_DESK].epoch, ...epochs)) {
    throw new OlderEpoch("the desk's epoch is older than one in this thread");
  }
  return { inboxId: answered.inboxId, inboxKem: answered.kemPublic, life, statement: desk.statement, tagPublics: desk.tagPublics };
}

/** Under the first opening of the epoch that held, or under a new one. */
async function sealOn(
  site: Site,
  reading: Reading,
  direction: Direction,
  { statement }: OpeningPlace,
  padded: Bytes,
  by: Writer | TagKeys,
  open: () => Promise<Opened>,
  random: Random,
): Promise<EnvelopeBody> {
  const epoch = statement.number;
  const stands = [...reading.openings.values()].find(({ opening }) => opening.epoch === epoch);
  const { opening, secret } = stands ?? (await open());
  const { next, previous } = reading.chains[direction];
  const place = { conversation: opening.conversation, direction, epoch, openingHash: opening.hash, sequence: next, previous };
  const envelope = await sealEnvelope(site, secret, place, padded, by, random);
  return { opening: stands === undefined ? encode(opening.raw) : null, envelope: encode(envelope) };
}

/** A conversation's secret in an epoch, and the opening that carries it (PROTOCOL §3). */

import type { Answered } from "./decode_thread.ts";
import { type Bytes, type Direction, encode, equal, FROM_DESK, FROM_PERSON, ID, join, label, SIGNATURE, u8, u32, VERSION, WRAPPED, zeros } from "./encoding.ts";
import { type Certificates, covers, orNull } from "./epochs.ts";
import { BadOpening, CannotOpen, Malformed } from "./errors.ts";
import { type Counsellor, counsellorSecrets, EMPTY, type InboxKeys, inboxSecrets, type Site } from "./keys.ts";
import { isWrap, kdf, type Random, randomBytes, secretKey, unwrap, wrap } from "./primitives.ts";
import { sign, signatureHolds, type VerifyingKey, verifyingKey } from "./signatures.ts";
import { conversationOf, type Opening, parseOpening, type Statement } from "./wire.ts";

/** How a reader comes by K: a person by their keys, the desk by the epoch's seed (null when it was not granted). */
export type Reader = { readonly inbox: InboxKeys } | { readonly seed: Bytes | null };

/** An opening with its K, which no script can read. */
export interface Opened {
  readonly opening: Opening;
  readonly secret: CryptoKey;
}

/** Which conversation of which inbox; `persons` is the inbox's verifying key, which the inbox id vouches for. */
export interface Whose {
  readonly inboxId: Bytes;
  readonly inboxKem: Bytes;
  readonly conversation: Bytes;
  readonly persons: VerifyingKey | null;
}

/** Where an opening is made. */
export interface OpeningPlace {
  readonly inboxId: Bytes;
  readonly inboxKem: Bytes;
  readonly life: Bytes;
  readonly statement: Statement;
}

/** To the statement and not the number alone: no other statement of the same number can take its place. */
function epochContext(site: Site, conversation: Bytes, statement: Statement): Bytes {
  return join(site.site, conversation, u32(statement.number), statement.hash);
}

/** The person's K, §3.1. */
function personSecret(site: Site, inbox: InboxKeys, conversation: Bytes, statement: Statement): Promise<Bytes> {
  return kdf(inboxSecrets(inbox).derive, EMPTY, "conversation", epochContext(site, conversation, statement));
}

/** What a wrap of K is bound to; `role` is who it is for: 1 the desk, 2 the person. */
function wrapInfo(site: Site, inboxId: Bytes, conversation: Bytes, epoch: number, role: Direction): Bytes {
  return join(label("opening"), site.site, inboxId, conversation, u32(epoch), u8(role));
}

function commitmentOf(site: Site, secret: CryptoKey, conversation: Bytes, statement: Statement): Promise<Bytes> {
  return kdf(secret, EMPTY, "commit", epochContext(site, conversation, statement));
}

/** Everything but certificate id and signature. */
async function start(
  site: Site,
  direction: Direction,
  place: OpeningPlace,
  conversation: Bytes,
  raw: Bytes,
  secret: CryptoKey,
  toPerson: Bytes,
): Promise<Bytes> {
  const { inboxId, life, statement } = place;
  const epoch = statement.number;
  const commitment = await commitmentOf(site, secret, conversation, statement);
  const toDesk = await wrap(statement.kemPublic, wrapInfo(site, inboxId, conversation, epoch, FROM_PERSON), raw);
  return join(u8(VERSION), u8(direction), inboxId, life, u32(epoch), statement.hash, commitment, toDesk, toPerson);
}

/** A person's opening in an epoch. */
export async function openAsPerson(site: Site, inbox: InboxKeys, place: OpeningPlace): Promise<Opened> {
  const conversation = await conversationOf(place.inboxId, place.life);
  const raw = await personSecret(site, inbox, conversation, place.statement);
  try {
    const secret = await secretKey(raw);
    const body = join(await start(site, FROM_PERSON, place, conversation, raw, secret, zeros(WRAPPED)), zeros(ID));
    const signature = await sign(inboxSecrets(inbox).signing, "opening-person", join(site.site, body));
    return { opening: await parseOpening(join(body, signature)), secret };
  } finally {
    raw.fill(0);
  }
}

/** A counsellor's opening in a later epoch. */
export async function openAsDesk(
  site: Site,
  writer: { readonly counsellor: Counsellor; readonly certificateId: Bytes },
  place: OpeningPlace,
  random: Random = randomBytes,
): Promise<Opened> {
  const conversation = await conversationOf(place.inboxId, place.life);
  const raw = random(32);
  try {
    const secret = await secretKey(raw);
    const toPerson = await wrap(place.inboxKem, wrapInfo(site, place.inboxId, conversation, place.statement.number, FROM_DESK), raw);
    const body = join(await start(site, FROM_DESK, place, conversation, raw, secret, toPerson), writer.certificateId);
    const signature = await sign(counsellorSecrets(writer.counsellor).signing, "opening-desk", join(site.site, body));
    return { opening: await parseOpening(join(body, signature)), secret };
  } finally {
    raw.fill(0);
  }
}

/** Throws BadOpening unless it is of this conversation and epoch, and signed by the person or by somebody on the epoch's roster (§3.3). */
export async function demandAuthentic(site: Site, opening: Opening, whose: Whose, statement: Statement, certificates: Certificates): Promise<void> {
  const refuseUnless = (holds: boolean, what: string): void => {
    if (!holds) throw new BadOpening(what);
  };
  const here = equal(opening.inboxId, whose.inboxId) && equal(opening.conversation, whose.conversation);
  refuseUnless(here && opening.epoch === statement.number, "of another inbox, conversation or epoch");
  refuseUnless(equal(opening.statementHash, statement.hash), "under another statement");
  let [key, use] = [whose.persons, "opening-person"];
  if (opening.direction === FROM_DESK) {
    const writer = certificates.get(encode(opening.certificateId));
    refuseUnless(writer !== undefined && covers(writer, statement), "its certificate");
    [key, use] = [writer!.verifier, "opening-desk"];
  }
  const signed = join(site.site, opening.raw.subarray(0, -SIGNATURE));
  refuseUnless(await signatureHolds(key, use, signed, opening.signature), "its signature");
}

/** K of an authentic opening; throws BadOpening where it cannot be unwrapped, its commitment is of something else, or a wrap is not what K gives. */
export async function secretOfOpening(site: Site, reader: Reader, opening: Opening, whose: Whose, statement: Statement): Promise<CryptoKey> {
  const raw = await rawSecret(site, reader, opening, statement).catch((error: unknown) => {
    if (error instanceof CannotOpen) throw new BadOpening("its secret cannot be unwrapped", { cause: error });
    throw error;
  });
  try {
    const secret = await secretKey(raw);
    if (!equal(await commitmentOf(site, secret, opening.conversation, statement), opening.commitment)) throw new BadOpening("its commitment");
    if (!(await wrapsHold(site, opening, whose.inboxKem, statement, raw))) throw new BadOpening("a wrap that is not what its secret gives");
    return secret;
  } finally {
    raw.fill(0);
  }
}

/** Whether both sides' wraps are those that K gives: who has K makes them anew, so nobody can wrap one K to one side and another to the other. */
async function wrapsHold(site: Site, opening: Opening, inboxKem: Bytes, statement: Statement, raw: Bytes): Promise<boolean> {
  const info = (role: Direction): Bytes => wrapInfo(site, opening.inboxId, opening.conversation, opening.epoch, role);
  if (!(await isWrap(opening.toDesk, statement.kemPublic, info(FROM_PERSON), raw))) return false;
  return opening.direction === FROM_PERSON || isWrap(opening.toPerson, inboxKem, info(FROM_DESK), raw);
}

/** K as this reader comes by it; throws CannotOpen. */
function rawSecret(site: Site, reader: Reader, opening: Opening, statement: Statement): Promise<Bytes> {
  const info = (role: Direction): Bytes => wrapInfo(site, opening.inboxId, opening.conversation, opening.epoch, role);
  if ("inbox" in reader) {
    // What a person opened is computed, not taken from the server: §3.1.
    if (opening.direction === FROM_PERSON) return personSecret(site, reader.inbox, opening.conversation, statement);
    return unwrap(inboxSecrets(reader.inbox).kemSeed, info(FROM_DESK), opening.toPerson);
  }
  if (reader.seed === null) return Promise.reject(new CannotOpen("this epoch was not granted"));
  return unwrap(reader.seed, info(FROM_PERSON), opening.toDesk);
}

/** Those openings that hold, by their hashes in the order in which they came, and the life; one that fails costs the envelopes that name it (§3.4). */
export async function readOpenings(
  site: Site,
  reader: (epoch: number) => Reader,
  answered: Answered,
  statements: ReadonlyMap<number, Statement>,
  certificates: Certificates,
): Promise<{ openings: ReadonlyMap<string, Opened>; life: Bytes | null }> {
  const { inboxId, kemPublic: inboxKem, conversation } = answered;
  const whose: Whose = { inboxId, inboxKem, conversation, persons: await verifyingKey(answered.signPublic) };
  const openings = new Map<string, Opened>();
  let life: Bytes | null = null;
  for (const raw of answered.openings) {
    const opening = await orNull(parseOpening(raw), Malformed);
    const statement = opening === null ? undefined : statements.get(opening.epoch);
    if (opening === null || statement === undefined) continue;
    const authentic = await orNull(
      demandAuthentic(site, opening, whose, statement, certificates).then(() => true),
      BadOpening,
    );
    // A person writes first.
    if (authentic === null || (life === null && opening.direction === FROM_DESK)) continue;
    life = opening.life;
    const secret = await orNull(secretOfOpening(site, reader(opening.epoch), opening, whose, statement), BadOpening);
    const name = encode(opening.hash);
    if (secret !== null && !openings.has(name)) openings.set(name, { opening, secret });
  }
  return { openings, life };
}

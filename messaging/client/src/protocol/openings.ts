/** A conversation's secret in an epoch, and the opening that carries it (PROTOCOL §3). */

import { type Bytes, type Direction, encode, equal, FROM_DESK, FROM_PERSON, HASH, ID, join, label, SIGNATURE, u8, u32, WRAPPED, zeros } from "./encoding.ts";
import { type Certificates, covers } from "./epochs.ts";
import { BadOpening, CannotOpen } from "./errors.ts";
import { type Counsellor, counsellorSecrets, EMPTY, type InboxKeys, inboxSecrets, type Site } from "./keys.ts";
import { isWrap, kdf, kdfToMac, mac, macHolds, type Random, randomBytes, secretKey, sign, signatureHolds, unwrap, wrap } from "./primitives.ts";
import { type Opening, parseOpening, type Statement } from "./wire.ts";

/** An earlier opening of the same conversation: its epoch and its K. */
export interface Earlier {
  readonly epoch: number;
  readonly secret: CryptoKey;
}

/** How a reader comes by K: a person by their keys, the desk by the epoch's seed (null when it was not granted). */
export type Reader = { readonly inbox: InboxKeys } | { readonly seed: Bytes | null };

/** An opening with its K, which no script can read. */
export interface Opened {
  readonly opening: Opening;
  readonly secret: CryptoKey;
}

const UNTIL_CONTINUITY = 2410;

/** The person's K, §3.1. */
function personSecret(site: Site, inbox: InboxKeys, conversation: Bytes, epoch: number): Promise<Bytes> {
  return kdf(inboxSecrets(inbox).derive, EMPTY, "conversation", join(site.site, conversation, u32(epoch)));
}

function wrapInfo(site: Site, inboxId: Bytes, conversation: Bytes, epoch: number, role: Direction): Bytes {
  return join(label("opening"), site.site, inboxId, conversation, u32(epoch), u8(role));
}

function commitmentOf(site: Site, secret: CryptoKey, conversation: Bytes, statement: Statement): Promise<Bytes> {
  return kdf(secret, EMPTY, "commit", join(site.site, conversation, u32(statement.number), statement.hash));
}

function continuityKey(site: Site, before: Earlier, conversation: Bytes, epoch: number): Promise<CryptoKey> {
  return kdfToMac(before.secret, EMPTY, "continuity", join(site.site, conversation, u32(before.epoch), u32(epoch)));
}

/** Where an opening is made. */
export interface OpeningPlace {
  readonly inboxId: Bytes;
  readonly inboxKem: Bytes;
  readonly conversation: Bytes;
  readonly statement: Statement;
  readonly before: Earlier | null;
}

/** Everything but certificate id and signature. */
async function start(site: Site, direction: Direction, place: OpeningPlace, raw: Bytes, secret: CryptoKey, toPerson: Bytes): Promise<Bytes> {
  const { inboxId, conversation, statement, before } = place;
  const epoch = statement.number;
  const head = join(u8(1), u8(direction), inboxId, conversation, u32(epoch), u32(before?.epoch ?? 0));
  const commitment = await commitmentOf(site, secret, conversation, statement);
  const toDesk = await wrap(statement.kemPublic, wrapInfo(site, inboxId, conversation, epoch, FROM_PERSON), raw);
  const body = join(head, commitment, toDesk, toPerson);
  return join(body, before === null ? zeros(HASH) : await mac(await continuityKey(site, before, conversation, epoch), body));
}

/** A person's opening in an epoch. */
export async function openAsPerson(site: Site, inbox: InboxKeys, place: OpeningPlace): Promise<Opened> {
  const raw = await personSecret(site, inbox, place.conversation, place.statement.number);
  try {
    const secret = await secretKey(raw);
    const body = await start(site, FROM_PERSON, place, raw, secret, zeros(WRAPPED));
    return { opening: await parseOpening(join(body, zeros(ID + SIGNATURE))), secret };
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
  const raw = random(32);
  try {
    const secret = await secretKey(raw);
    const toPerson = await wrap(place.inboxKem, wrapInfo(site, place.inboxId, place.conversation, place.statement.number, FROM_DESK), raw);
    const body = join(await start(site, FROM_DESK, place, raw, secret, toPerson), writer.certificateId);
    const signature = await sign(counsellorSecrets(writer.counsellor).signing, "opening", join(site.site, body));
    return { opening: await parseOpening(join(body, signature)), secret };
  } finally {
    raw.fill(0);
  }
}

/** K, after every check of §3.3; throws BadOpening. */
export async function readOpening(site: Site, reader: Reader, opening: Opening, place: OpeningPlace, certificates: Certificates): Promise<CryptoKey> {
  const { inboxId, conversation, statement, before } = place;
  const refuseUnless = (holds: boolean, what: string): void => {
    if (!holds) throw new BadOpening(what);
  };
  refuseUnless(
    equal(opening.inboxId, inboxId) && equal(opening.conversation, conversation) && opening.epoch === statement.number,
    "of another inbox, conversation or epoch",
  );
  refuseUnless(opening.earlier === (before?.epoch ?? 0), "it does not continue the opening before it");
  if (opening.direction === FROM_DESK) {
    const writer = certificates.get(encode(opening.certificateId));
    refuseUnless(writer !== undefined && covers(writer, statement), "its certificate");
    const signed = join(site.site, opening.raw.subarray(0, -SIGNATURE));
    refuseUnless(await signatureHolds(writer!.verifier, "opening", signed, opening.signature), "its signature");
  }
  const raw = await rawSecret(site, reader, opening).catch((error: unknown) => {
    if (error instanceof CannotOpen) throw new BadOpening("its secret cannot be unwrapped", { cause: error });
    throw error;
  });
  try {
    const secret = await secretKey(raw);
    refuseUnless(equal(await commitmentOf(site, secret, conversation, statement), opening.commitment), "its commitment");
    refuseUnless(await wrapsHold(site, opening, place, raw), "a wrap that is not what its secret gives");
    if (before !== null) {
      const key = await continuityKey(site, before, conversation, opening.epoch);
      refuseUnless(await macHolds(key, opening.raw.slice(0, UNTIL_CONTINUITY), opening.continuity), "its continuity");
    }
    return secret;
  } finally {
    raw.fill(0);
  }
}

/** Whether both sides' wraps are those that K gives: who has K makes them anew, so nobody can wrap one K to one side and another to the other. */
async function wrapsHold(site: Site, opening: Opening, { inboxKem, statement }: OpeningPlace, raw: Bytes): Promise<boolean> {
  const info = (role: Direction): Bytes => wrapInfo(site, opening.inboxId, opening.conversation, opening.epoch, role);
  if (!(await isWrap(opening.toDesk, statement.kemPublic, info(FROM_PERSON), raw))) return false;
  return opening.direction === FROM_PERSON || isWrap(opening.toPerson, inboxKem, info(FROM_DESK), raw);
}

/** K as this reader comes by it; throws CannotOpen. */
function rawSecret(site: Site, reader: Reader, opening: Opening): Promise<Bytes> {
  const info = (role: Direction): Bytes => wrapInfo(site, opening.inboxId, opening.conversation, opening.epoch, role);
  if ("inbox" in reader) {
    // What a person opened is computed, not taken from the server: §3.1.
    if (opening.direction === FROM_PERSON) return personSecret(site, reader.inbox, opening.conversation, opening.epoch);
    return unwrap(inboxSecrets(reader.inbox).kemSeed, info(FROM_DESK), opening.toPerson);
  }
  if (reader.seed === null) return Promise.reject(new CannotOpen("this epoch was not granted"));
  return unwrap(reader.seed, info(FROM_PERSON), opening.toDesk);
}

/** The layouts of PROTOCOL §2 to §4: strict parsers, each of which gives the structure's hash or id with it. */

import {
  type Bytes,
  CIPHERTEXT,
  cut,
  type Direction,
  demand,
  FROM_DESK,
  FROM_PERSON,
  HASH,
  ID,
  isZero,
  join,
  KEM_PUBLIC,
  number,
  SIGN_PUBLIC,
  SIGNATURE,
  TAG_PUBLIC,
  TAGS,
  textOf,
  VERSION,
  WRAPPED,
} from "./encoding.ts";
import { Malformed } from "./errors.ts";
import { hashed } from "./primitives.ts";

/** Each of the roster has a place for a tag in every envelope, §4.6. */
const MOST_ON_ROSTER = 64;
const LONGEST_NAME = 64;
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/** A certificate request, §2.4. */
export interface Request {
  readonly counsellorId: Bytes;
  readonly kemPublic: Bytes;
  readonly signPublic: Bytes;
  readonly tagPublic: Bytes;
  /** The certificate whose key signs it too, where it renews one. */
  readonly renews: Bytes | null;
  /** What its own key signs, signature included. */
  readonly own: Bytes;
  readonly raw: Bytes;
}

const RENEWAL = ID + SIGNATURE;

export function parseRequest(raw: Bytes): Request {
  const alone = [1, ID, KEM_PUBLIC, SIGN_PUBLIC, TAG_PUBLIC, SIGNATURE] as const;
  const size = alone.reduce((sum, part) => sum + part, 0);
  const own = raw.length === size + RENEWAL ? raw.slice(0, size) : raw;
  const [version, counsellorId, kemPublic, signPublic, tagPublic] = cut(own, ...alone);
  demand(version[0] === VERSION, "request version");
  return { counsellorId, kemPublic, signPublic, tagPublic, renews: own === raw ? null : raw.slice(size, size + ID), own, raw };
}

/** A counsellor's certificate, §2.5. */
export interface Certificate {
  readonly counsellorId: Bytes;
  readonly kemPublic: Bytes;
  readonly signPublic: Bytes;
  readonly tagPublic: Bytes;
  readonly keyHolder: boolean;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly displayName: string;
  readonly id: Bytes;
  readonly raw: Bytes;
}

export async function parseCertificate(raw: Bytes): Promise<Certificate> {
  demand(raw.length > 1307, "certificate too short");
  const sizes = [1, ID, KEM_PUBLIC, SIGN_PUBLIC, TAG_PUBLIC, 1, 4, 4, 1, raw[1306]!, SIGNATURE] as const;
  const [version, counsellorId, kemPublic, signPublic, tagPublic, holder, first, last, length, name] = cut(raw, ...sizes);
  demand(version[0] === VERSION && holder[0]! <= 1 && length[0]! >= 1 && length[0]! <= LONGEST_NAME, "certificate's fixed parts");
  const displayName = textOf(name);
  demand(displayName !== null && !CONTROL.test(displayName), "display name");
  const id = (await hashed("certificate-id", raw)).slice(0, ID);
  return {
    counsellorId,
    kemPublic,
    signPublic,
    tagPublic,
    keyHolder: holder[0] === 1,
    firstDay: number(first),
    lastDay: number(last),
    displayName,
    id,
    raw,
  };
}

/** A desk epoch's statement, §2.6. */
export interface Statement {
  readonly number: number;
  readonly kemPublic: Bytes;
  readonly previous: Bytes;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly signer: Bytes;
  readonly roster: readonly Bytes[];
  readonly hash: Bytes;
  readonly raw: Bytes;
}

export async function parseStatement(raw: Bytes): Promise<Statement> {
  demand(raw.length > 1279, "statement too short");
  const count = number(raw.subarray(1277, 1279));
  demand(count >= 1 && count <= MOST_ON_ROSTER, "roster size");
  const [version, epoch, kemPublic, previous, first, last, signer, , ids] = cut(raw, 1, 4, KEM_PUBLIC, HASH, 4, 4, ID, 2, ID * count, SIGNATURE);
  demand(version[0] === VERSION && number(epoch) >= 1, "statement's fixed parts");
  const roster = Array.from({ length: count }, (_, place) => ids.slice(place * ID, (place + 1) * ID));
  const hash = await hashed("statement", raw);
  return { number: number(epoch), kemPublic, previous, firstDay: number(first), lastDay: number(last), signer, roster, hash, raw };
}

/** A conversation's opening in an epoch, §3.2; `conversation` is computed from the inbox id and the life in it. */
export interface Opening {
  readonly direction: Direction;
  readonly inboxId: Bytes;
  readonly life: Bytes;
  readonly conversation: Bytes;
  readonly epoch: number;
  readonly statementHash: Bytes;
  readonly commitment: Bytes;
  readonly toDesk: Bytes;
  readonly toPerson: Bytes;
  readonly certificateId: Bytes;
  readonly signature: Bytes;
  readonly hash: Bytes;
  readonly raw: Bytes;
}

export async function parseOpening(raw: Bytes): Promise<Opening> {
  const sizes = [1, 1, ID, ID, 4, HASH, HASH, WRAPPED, WRAPPED, ID, SIGNATURE] as const;
  const [version, way, inboxId, life, epochBytes, statementHash, commitment, toDesk, toPerson, certificateId, signature] = cut(raw, ...sizes);
  const direction = directionOf(way[0]!);
  const epoch = number(epochBytes);
  demand(version[0] === VERSION, "opening's version");
  demand(epoch >= 1, "opening's epoch");
  demand(direction === FROM_DESK || (isZero(toPerson) && isZero(certificateId)), "a person's opening must have zeros there");
  const hash = await hashed("opening", raw);
  const conversation = await conversationOf(inboxId, life);
  return { direction, inboxId, life, conversation, epoch, statementHash, commitment, toDesk, toPerson, certificateId, signature, hash, raw };
}

/** §3: 16 bytes; `life` is what the person drew with the first message. */
export async function conversationOf(inboxId: Bytes, life: Bytes): Promise<Bytes> {
  return (await hashed("conversation", join(inboxId, life))).slice(0, ID);
}

/** A sealed envelope, §4.1. */
export interface Envelope {
  readonly direction: Direction;
  readonly conversation: Bytes;
  readonly epoch: number;
  readonly sequence: number;
  readonly salt: Bytes;
  readonly openingHash: Bytes;
  readonly previous: Bytes;
  readonly header: Bytes;
  readonly ciphertext: Bytes;
  /** 64 places of 16 bytes, §4.6. */
  readonly tags: Bytes;
  readonly certificateId: Bytes;
  readonly signature: Bytes;
  readonly hash: Bytes;
}

const HEADER = 107;

/** Throws Malformed; `known` is its hash, where the caller has made it already. */
export async function parseEnvelope(raw: Bytes, known?: Bytes): Promise<Envelope> {
  const sizes = [1, 1, 1, ID, 4, 4, 16, HASH, HASH, CIPHERTEXT, TAGS, ID, SIGNATURE] as const;
  const [version, suite, way, conversation, epochBytes, sequenceBytes, salt, openingHash, previous, ...sealed] = cut(raw, ...sizes);
  const [ciphertext, tags, certificateId, signature] = sealed;
  const direction = directionOf(way[0]!);
  const epoch = number(epochBytes);
  const sequence = number(sequenceBytes);
  demand(version[0] === VERSION && suite[0] === 1, "envelope's version or suite");
  demand(epoch >= 1 && sequence >= 1, "envelope's numbers");
  demand(direction === FROM_DESK || (isZero(certificateId) && isZero(signature)), "a person's envelope must have zeros there");
  demand(direction === FROM_PERSON || isZero(tags), "the desk's envelope must have zeros there");
  demand(sequence > 1 || isZero(previous), "a first envelope has none before it");
  const header = raw.slice(0, HEADER);
  const hash = known ?? (await hashed("envelope", raw));
  return { direction, conversation, epoch, sequence, salt, openingHash, previous, header, ciphertext, tags, certificateId, signature, hash };
}

function directionOf(byte: number): Direction {
  if (byte === FROM_PERSON || byte === FROM_DESK) return byte;
  throw new Malformed("direction");
}

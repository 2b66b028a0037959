/** Notes between counsellors, and saved replies (PROTOCOL §6). */

import { type Bytes, CIPHERTEXT, cut, demand, encode, equal, HASH, ID, isZero, join, label, number, SIGNATURE, u8, u32, VERSION, WRAPPED } from "./encoding.ts";
import type { Writer } from "./envelopes.ts";
import { type Certificates, type CheckedCertificate, covers } from "./epochs.ts";
import { BadChain, BadSignature, CannotOpen } from "./errors.ts";
import { counsellorSecrets, EMPTY, type Site } from "./keys.ts";
import { KINDS, type NoteContent, readNote, writeNote } from "./note_texts.ts";
import { hashed, kdf, kdfToKey, openSealed, type Random, randomBytes, seal, secretKey, unwrap, wrap, ZERO_NONCE } from "./primitives.ts";
import { sign, signatureHolds } from "./signatures.ts";
import type { Statement } from "./wire.ts";

const NOTE = 9527;
const HEAD = 1239;

/** §6: a note, a saved reply, a disclosure, a decision on one. */
export type NoteKind = 1 | 2 | 3 | 4;

/** Which note is meant: its kind, and the conversation or a saved reply's own id. */
export interface NotePlace {
  readonly kind: NoteKind;
  readonly subject: Bytes;
}

function context(site: Site, place: NotePlace, epoch: number): Bytes {
  return join(site.site, u8(place.kind), place.subject, u32(epoch));
}

/** To K, in its epoch, under its very statement. */
export async function noteCommitment(site: Site, secret: CryptoKey, place: NotePlace, { number, hash }: Statement): Promise<Bytes> {
  return kdf(secret, EMPTY, "note-commit", join(context(site, place, number), hash));
}

/** From the hash of the head: WebCrypto takes no more than 1,024 bytes as HKDF's info everywhere. */
async function bodyKey(secret: CryptoKey, salt: Bytes, head: Bytes): Promise<CryptoKey> {
  return kdfToKey(secret, salt, "note-body", await hashed("note-head", head));
}

/** 9,527 bytes for everyone on the epoch's roster; throws BadPlaintext, TooLong. */
export async function sealNote(
  site: Site,
  statement: Statement,
  writer: Writer,
  subject: Bytes,
  content: NoteContent,
  random: Random = randomBytes,
): Promise<Bytes> {
  return sealPadded(site, statement, writer, { kind: KINDS[content.type], subject }, writeNote(content), random);
}

/** 9,527 bytes of any kind; `padded` is 8,192 bytes of plaintext. */
export async function sealPadded(
  site: Site,
  statement: Statement,
  writer: Writer,
  place: NotePlace,
  padded: Bytes,
  random: Random = randomBytes,
): Promise<Bytes> {
  const { subject } = place;
  const epoch = statement.number;
  const raw = random(32);
  try {
    const secret = await secretKey(raw);
    const salt = random(16);
    const commitment = await noteCommitment(site, secret, place, statement);
    const toDesk = await wrap(statement.kemPublic, join(label("note-key"), context(site, place, epoch)), raw);
    const head = join(Uint8Array.of(VERSION, 1, place.kind), subject, u32(epoch), salt, commitment, toDesk);
    const ciphertext = await seal(await bodyKey(secret, salt, head), ZERO_NONCE, head, padded);
    const body = join(head, ciphertext, writer.certificateId);
    return join(body, await sign(counsellorSecrets(writer.counsellor).signing, "note", join(site.site, body)));
  } finally {
    raw.fill(0);
  }
}

/** A note whose signature holds, and who wrote it: all that can be told without its secret. */
export interface SignedNote {
  readonly raw: Bytes;
  readonly hash: Bytes;
  readonly place: NotePlace;
  readonly epoch: number;
  readonly salt: Bytes;
  readonly commitment: Bytes;
  readonly toDesk: Bytes;
  readonly ciphertext: Bytes;
  readonly certificate: CheckedCertificate;
}

/** Whether these bytes are a note at all, whatever is in them. */
export function parsesAsNote(raw: Bytes): boolean {
  return raw.length === NOTE && raw[0] === VERSION && raw[1] === 1 && raw[2]! >= 1 && raw[2]! <= 4 && !isZero(raw.subarray(19, 23));
}

/** Of its own epoch's statement; throws Malformed, BadChain, BadSignature. */
export async function checkNote(site: Site, statement: Statement, certificates: Certificates, place: NotePlace, raw: Bytes): Promise<SignedNote> {
  const [, , kind, subject, epoch, salt, commitment, toDesk, ciphertext, certificateId, signature] = cut(
    raw,
    1,
    1,
    1,
    ID,
    4,
    16,
    HASH,
    WRAPPED,
    CIPHERTEXT,
    ID,
    SIGNATURE,
  );
  demand(parsesAsNote(raw), "note's fixed parts");
  if (kind[0] !== place.kind || !equal(subject, place.subject) || number(epoch) !== statement.number) throw new BadChain("another note is meant");
  const certificate = certificates.get(encode(certificateId));
  if (certificate === undefined || !covers(certificate, statement)) throw new BadSignature("its writer is not on the epoch's roster");
  const signed = join(site.site, raw.subarray(0, -SIGNATURE));
  if (!(await signatureHolds(certificate.verifier, "note", signed, signature))) throw new BadSignature("its signature");
  return { raw, hash: await hashed("note", raw), place, epoch: statement.number, salt, commitment, toDesk, ciphertext, certificate };
}

/** K, by the seed of the note's own epoch; throws CannotOpen. Whoever gets it zeroes it. */
export async function secretOfNote(site: Site, seed: Bytes, statement: Statement, note: SignedNote): Promise<Bytes> {
  const raw = await unwrap(seed, join(label("note-key"), context(site, note.place, note.epoch)), note.toDesk);
  await demandCommitment(site, raw, statement, note);
  return raw;
}

/** Throws CannotOpen unless it is the K that the author committed to; then it is zeroed. */
export async function demandCommitment(site: Site, raw: Bytes, statement: Statement, note: SignedNote): Promise<void> {
  if (equal(await noteCommitment(site, await secretKey(raw), note.place, statement), note.commitment)) return;
  raw.fill(0);
  throw new CannotOpen("its commitment");
}

/** The plaintext, 8,192 bytes; throws CannotOpen. */
export async function bodyOfNote(raw: Bytes, note: SignedNote): Promise<Bytes> {
  const head = note.raw.slice(0, HEAD);
  return openSealed(await bodyKey(await secretKey(raw), note.salt, head), ZERO_NONCE, head, note.ciphertext);
}

/** What a note says, and who wrote it; throws Malformed, BadChain, BadSignature, CannotOpen, BadPlaintext. */
export async function openNote(
  site: Site,
  seed: Bytes,
  statement: Statement,
  certificates: Certificates,
  place: NotePlace,
  raw: Bytes,
): Promise<{ content: NoteContent; writer: string }> {
  const { padded, certificate } = await openPadded(site, seed, statement, certificates, place, raw);
  return { content: readNote(padded, place.kind), writer: certificate.displayName };
}

/** The plaintext of any kind and the certificate of who sealed it; throws Malformed, BadChain, BadSignature, CannotOpen. */
export async function openPadded(
  site: Site,
  seed: Bytes,
  statement: Statement,
  certificates: Certificates,
  place: NotePlace,
  raw: Bytes,
): Promise<{ padded: Bytes; certificate: CheckedCertificate }> {
  const note = await checkNote(site, statement, certificates, place, raw);
  const secret = await secretOfNote(site, seed, statement, note);
  try {
    return { padded: await bodyOfNote(secret, note), certificate: note.certificate };
  } finally {
    secret.fill(0);
  }
}

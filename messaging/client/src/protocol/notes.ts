/** Notes between counsellors, and saved replies (PROTOCOL §6). */

import { type Bytes, CIPHERTEXT, cut, demand, encode, equal, HASH, ID, isZero, join, label, number, SIGNATURE, u8, u32, WRAPPED } from "./encoding.ts";
import type { Writer } from "./envelopes.ts";
import { type Certificates, type CheckedCertificate, covers } from "./epochs.ts";
import { BadChain, BadSignature, CannotOpen } from "./errors.ts";
import { counsellorSecrets, EMPTY, type Site } from "./keys.ts";
import { isText, pad, refuseUnless, unpad } from "./plaintext.ts";
import { hashed, kdf, kdfToKey, openSealed, type Random, randomBytes, seal, secretKey, sign, signatureHolds, unwrap, wrap, ZERO_NONCE } from "./primitives.ts";
import type { Statement } from "./wire.ts";

export type NoteContent = { readonly type: "note"; readonly text: string } | { readonly type: "saved-reply"; readonly name: string; readonly text: string };

const KINDS = { note: 1, "saved-reply": 2 } as const;
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
  refuseUnless(isText(content.text) && (content.type === "note" || isText(content.name)), "no text");
  const padded = pad(content.type === "note" ? { type: "note", text: content.text } : { type: "saved-reply", name: content.name, text: content.text });
  return sealPadded(site, statement, writer, { kind: KINDS[content.type], subject }, padded, random);
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
    const commitment = await kdf(secret, EMPTY, "note-commit", context(site, place, epoch));
    const toDesk = await wrap(statement.kemPublic, join(label("note-key"), context(site, place, epoch)), raw);
    const head = join(Uint8Array.of(1, 1, place.kind), subject, u32(epoch), salt, commitment, toDesk);
    const ciphertext = await seal(await bodyKey(secret, salt, head), ZERO_NONCE, head, padded);
    const body = join(head, ciphertext, writer.certificateId);
    return join(body, await sign(counsellorSecrets(writer.counsellor).signing, "note", join(site.site, body)));
  } finally {
    raw.fill(0);
  }
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
  const [version, suite, kind, subject, epoch, salt, commitment, toDesk, ciphertext, certificateId, signature] = cut(
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
  demand(version[0] === 1 && suite[0] === 1 && kind[0]! >= 1 && kind[0]! <= 4 && !isZero(epoch), "note's fixed parts");
  if (kind[0] !== place.kind || !equal(subject, place.subject) || number(epoch) !== statement.number) throw new BadChain("another note is meant");
  const certificate = certificates.get(encode(certificateId));
  if (certificate === undefined || !covers(certificate, statement)) throw new BadSignature("its writer is not on the epoch's roster");
  const signed = join(site.site, raw.subarray(0, -SIGNATURE));
  if (!(await signatureHolds(certificate.verifier, "note", signed, signature))) throw new BadSignature("its signature");
  const unwrapped = await unwrap(seed, join(label("note-key"), context(site, place, statement.number)), toDesk);
  const secret = await secretKey(unwrapped);
  unwrapped.fill(0);
  const expected = await kdf(secret, EMPTY, "note-commit", context(site, place, statement.number));
  if (!equal(expected, commitment)) throw new CannotOpen("its commitment");
  const head = raw.slice(0, HEAD);
  const padded = await openSealed(await bodyKey(secret, salt, head), ZERO_NONCE, head, ciphertext);
  return { padded, certificate };
}

function readNote(padded: Bytes, kind: NoteKind): NoteContent {
  const content = unpad(padded);
  const [type, name, text] = ["type", "name", "text"].map((key) => content.get(key));
  refuseUnless(isText(text), "no text");
  if (kind === KINDS.note) {
    refuseUnless(type === "note" && content.size === 2, "not a note");
    return { type, text };
  }
  refuseUnless(type === "saved-reply" && content.size === 3 && isText(name), "not a saved reply");
  return { type, name, text };
}

/** Sealing and opening one envelope (PROTOCOL §4.1–§4.3, §4.5). */

import { type Bytes, type Direction, encode, equal, HASH, ID, join, SIGNATURE, TAGS, u32, VERSION, zeros } from "./encoding.ts";
import { type Certificates, type CheckedCertificate, covers } from "./epochs.ts";
import { BadChain, BadSignature, OlderEpoch } from "./errors.ts";
import { type Counsellor, counsellorSecrets, type Site } from "./keys.ts";
import * as plaintext from "./plaintext.ts";
import { kdfToKey, openSealed, type Random, randomBytes, seal, ZERO_NONCE } from "./primitives.ts";
import { sign, signatureHolds } from "./signatures.ts";
import { type TagKeys, tagsOf } from "./tags.ts";
import type { Envelope, Statement } from "./wire.ts";

/** Where an envelope stands: the conversation, its epoch's opening, and the chain of its direction. */
export interface Place {
  readonly conversation: Bytes;
  readonly direction: Direction;
  readonly epoch: number;
  readonly openingHash: Bytes;
  readonly sequence: number;
  readonly previous: Bytes;
}

export const FIRST: Pick<Place, "sequence" | "previous"> = { sequence: 1, previous: zeros(HASH) };

/** Who signs an envelope from the desk. */
export interface Writer {
  readonly counsellor: Counsellor;
  readonly certificateId: Bytes;
}

/** The certificate is not among the valid ones, or does not cover the epoch: a reader names that otherwise (§5.2). */
export class UnknownWriter extends BadSignature {}

/** 9,419 bytes; `padded` is 8,192 bytes of plaintext, and `by` who signs from the desk, or the person's keys for tags (§4.6). */
export async function sealEnvelope(
  site: Site,
  secret: CryptoKey,
  place: Place,
  padded: Bytes,
  by: Writer | TagKeys,
  random: Random = randomBytes,
): Promise<Bytes> {
  const salt = random(16);
  const start = Uint8Array.of(VERSION, 1, place.direction);
  const header = join(start, place.conversation, u32(place.epoch), u32(place.sequence), salt, place.openingHash, place.previous);
  const ciphertext = await seal(await kdfToKey(secret, salt, "message", header), ZERO_NONCE, header, padded);
  if (!("counsellor" in by)) return join(header, ciphertext, await tagsOf(by, header, ciphertext), zeros(ID + SIGNATURE));
  const signature = await sign(counsellorSecrets(by.counsellor).signing, "reply", join(site.site, by.certificateId, header, ciphertext));
  return join(header, ciphertext, zeros(TAGS), by.certificateId, signature);
}

/** Throws BadChain when the envelope does not stand where it should, OlderEpoch below the floor. */
export function checkPlace(envelope: Envelope, place: Place, epochFloor: number): void {
  const stands =
    equal(envelope.conversation, place.conversation) &&
    envelope.direction === place.direction &&
    envelope.epoch === place.epoch &&
    envelope.sequence === place.sequence &&
    equal(envelope.previous, place.previous) &&
    equal(envelope.openingHash, place.openingHash);
  if (!stands) throw new BadChain("the envelope does not stand here");
  if (envelope.epoch < epochFloor) throw new OlderEpoch("an older epoch than one before it");
}

/** Whose signature is under a reply; throws UnknownWriter, BadSignature. */
export async function writerOf(site: Site, envelope: Envelope, statement: Statement, certificates: Certificates): Promise<CheckedCertificate> {
  const certificate = certificates.get(encode(envelope.certificateId));
  if (certificate === undefined || !covers(certificate, statement)) throw new UnknownWriter("its writer is not on the epoch's roster");
  const signed = join(site.site, envelope.certificateId, envelope.header, envelope.ciphertext);
  if (!(await signatureHolds(certificate.verifier, "reply", signed, envelope.signature))) throw new BadSignature("its signature");
  return certificate;
}

/** What is inside, without a look at who signed it; throws CannotOpen, BadPlaintext. */
export async function openBody(secret: CryptoKey, envelope: Envelope): Promise<plaintext.Plaintext> {
  const key = await kdfToKey(secret, envelope.salt, "message", envelope.header);
  const padded = await openSealed(key, ZERO_NONCE, envelope.header, envelope.ciphertext);
  try {
    return plaintext.read(padded, envelope.direction, envelope.sequence);
  } finally {
    padded.fill(0);
  }
}

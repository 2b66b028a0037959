/** A note's secret for a later epoch: the note itself stays with its author, and nobody signs another's words (PROTOCOL §6.2). */

import { type Bytes, cut, demand, encode, equal, HASH, ID, isZero, join, label, number, SIGNATURE, u32, VERSION, WRAPPED } from "./encoding.ts";
import type { Writer } from "./envelopes.ts";
import { type Certificates, covers } from "./epochs.ts";
import { BadChain, BadSignature, CannotOpen } from "./errors.ts";
import { counsellorSecrets, type Site } from "./keys.ts";
import { demandCommitment, type SignedNote } from "./notes.ts";
import { isWrap, unwrap, wrap } from "./primitives.ts";
import { sign, signatureHolds } from "./signatures.ts";
import type { Statement } from "./wire.ts";

const CARRY = 5;

/** What the wrap is bound to. */
function carryInfo(site: Site, noteHash: Bytes, epoch: number): Bytes {
  return join(label("carry"), site.site, noteHash, u32(epoch));
}

/** 1,286 bytes, into the statement's epoch, by whoever has the note's K; the same bytes each time. */
export async function makeCarry(site: Site, statement: Statement, writer: Writer, note: SignedNote, secret: Bytes): Promise<Bytes> {
  const toDesk = await wrap(statement.kemPublic, carryInfo(site, note.hash, statement.number), secret);
  const body = join(Uint8Array.of(VERSION, CARRY), note.hash, u32(statement.number), toDesk, writer.certificateId);
  return join(body, await sign(counsellorSecrets(writer.counsellor).signing, "carry", join(site.site, body)));
}

/** The epoch of a carry; 0 for what is none. */
export function epochOfCarry(raw: Bytes): number {
  return raw.length < 38 ? 0 : number(raw.slice(34, 38));
}

/**
 * K of a note whose signature holds; `statement` and `seed` are of the carry's epoch, `own` is the statement of the note's. Throws Malformed,
 * BadChain, BadSignature, CannotOpen. Whoever gets it zeroes it.
 */
export async function secretByCarry(
  site: Site,
  seed: Bytes,
  statement: Statement,
  certificates: Certificates,
  note: SignedNote,
  own: Statement,
  raw: Bytes,
): Promise<Bytes> {
  const [version, kind, noteHash, epoch, toDesk, certificateId, signature] = cut(raw, 1, 1, HASH, 4, WRAPPED, ID, SIGNATURE);
  demand(version[0] === VERSION && kind[0] === CARRY && !isZero(epoch), "carry's fixed parts");
  if (!equal(noteHash, note.hash) || number(epoch) !== statement.number || statement.number <= note.epoch)
    throw new BadChain("a carry of something else, or into no later epoch");
  const carrier = certificates.get(encode(certificateId));
  if (carrier === undefined || !covers(carrier, statement)) throw new BadSignature("its writer is not on the epoch's roster");
  if (!(await signatureHolds(carrier.verifier, "carry", join(site.site, raw.subarray(0, -SIGNATURE)), signature))) throw new BadSignature("its signature");
  const info = carryInfo(site, noteHash, statement.number);
  const secret = await unwrap(seed, info, toDesk);
  await demandCommitment(site, secret, own, note);
  if (await isWrap(toDesk, statement.kemPublic, info, secret)) return secret;
  secret.fill(0);
  throw new CannotOpen("a wrap that is not what its secret gives");
}

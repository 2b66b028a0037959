/** Opening what counsellors sealed for each other, in whatever epoch it was: by that epoch's key, or by a carry (PROTOCOL §6, §6.2). */

import { epochOfCarry, makeCarry, secretByCarry } from "./carries.ts";
import { deskSecrets, type OpenDesk } from "./desk.ts";
import { type Bytes, decode, encode, equal, number } from "./encoding.ts";
import type { Writer } from "./envelopes.ts";
import { type Certificates, type CheckedCertificate, checkCertificates, covers, orNull } from "./epochs.ts";
import { BadChain, BadDates, BadSignature, CannotOpen, ProtocolError } from "./errors.ts";
import type { Site } from "./keys.ts";
import { checkNote, type NotePlace, type SignedNote, secretOfNote } from "./notes.ts";
import type { Statement } from "./wire.ts";

/** With what the desk opens notes: this counsellor's seeds and epochs that count, and the certificates of an answer. */
export interface NoteReader {
  readonly site: Site;
  readonly desk: OpenDesk;
  readonly certificates: Certificates;
}

export async function known(site: Site, certificates: readonly string[]): Promise<Certificates> {
  return checkCertificates(
    site,
    certificates.map((text) => decode(text)),
  );
}

/** The current epoch, and who seals for it; throws BadDates without an epoch, BadSignature without a certificate for it. */
export function sealingFor(open: OpenDesk): { readonly statement: Statement; readonly writer: Writer } {
  if (open.desk === null) throw new BadDates("no epoch includes today");
  const { certificate } = deskSecrets(open);
  if (certificate === null || !covers(certificate, open.desk.statement)) throw new BadSignature("no certificate for this epoch");
  return { statement: open.desk.statement, writer: { counsellor: open.counsellor, certificateId: certificate.id } };
}

/** The statement of an epoch, and the seed that was granted for it, null where none was; null for an epoch that does not count. */
function epochOf(desk: OpenDesk, epoch: number): { readonly statement: Statement; readonly seed: Bytes | null } | null {
  const { confirmed, seeds } = deskSecrets(desk);
  const statement = confirmed.find((one) => one.number === epoch);
  return statement === undefined ? null : { statement, seed: seeds.get(epoch) ?? null };
}

/** The statement of a note's epoch, and the seed that was granted for it; null where either is missing. */
export function epochFor(desk: OpenDesk, raw: Bytes): { readonly statement: Statement; readonly seed: Bytes } | null {
  const found = epochOf(desk, noteEpoch(raw));
  return found === null || found.seed === null ? null : { statement: found.statement, seed: found.seed };
}

/** 0 for what is no note. */
export function noteEpoch(raw: Bytes): number {
  return raw.length < 23 ? 0 : number(raw.slice(19, 23));
}

/** Throws Malformed, BadChain, BadSignature. */
export async function signedNote({ site, desk, certificates }: NoteReader, place: NotePlace, raw: Bytes): Promise<SignedNote> {
  const epoch = epochOf(desk, noteEpoch(raw));
  if (epoch === null) throw new BadChain("of an epoch that does not count");
  return checkNote(site, epoch.statement, certificates, place, raw);
}

/** Whether nobody of the author's counsellor id is on the roster of today; false where there is none. */
export function hasLeft({ desk }: NoteReader, author: CheckedCertificate): boolean {
  if (desk.desk === null) return false;
  const { certificates } = deskSecrets(desk);
  return !desk.desk.statement.roster.some((id) => {
    const one = certificates.get(encode(id));
    return one !== undefined && equal(one.counsellorId, author.counsellorId);
  });
}

/** K, by its own epoch's seed or else by the first carry that opens; throws CannotOpen. Whoever gets it zeroes it. */
export async function openSecret(reader: NoteReader, note: SignedNote, carried: readonly Bytes[]): Promise<Bytes> {
  const own = epochOf(reader.desk, note.epoch)!;
  const secret = own.seed === null ? null : await orNull(secretOfNote(reader.site, own.seed, own.statement, note), CannotOpen);
  if (secret !== null) return secret;
  for (const raw of carried) {
    const found = await byCarry(reader, note, raw);
    if (found !== null) return found;
  }
  throw new CannotOpen("neither its epoch's key nor a carry opens it");
}

async function byCarry({ site, desk, certificates }: NoteReader, note: SignedNote, raw: Bytes): Promise<Bytes | null> {
  const epoch = epochOf(desk, epochOfCarry(raw));
  if (epoch === null || epoch.seed === null) return null;
  const own = epochOf(desk, note.epoch)!.statement;
  return orNull(secretByCarry(site, epoch.seed, epoch.statement, certificates, note, own, raw), ProtocolError);
}

/** A carry into today's epoch, where none of those given opens; null where one does, or this counsellor cannot seal for it. */
export async function wantingCarry(reader: NoteReader, note: SignedNote, secret: Bytes, carried: readonly Bytes[]): Promise<Bytes | null> {
  const { site, desk } = reader;
  const { certificate } = deskSecrets(desk);
  if (desk.desk === null || note.epoch >= desk.desk.epoch || certificate === null || !covers(certificate, desk.desk.statement)) return null;
  for (const raw of carried) {
    if (epochOfCarry(raw) !== desk.desk.epoch) continue;
    const found = await byCarry(reader, note, raw);
    found?.fill(0);
    if (found !== null) return null;
  }
  const { statement, writer } = sealingFor(desk);
  return makeCarry(site, statement, writer, note, secret);
}

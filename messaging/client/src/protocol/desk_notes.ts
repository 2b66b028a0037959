/** Notes and saved replies as the desk writes and reads them, with the JSON of PROTOCOL §8.5 and §8.6. */

import type { NotesAnswer, ResealBody, SavedRepliesAnswer } from "./api_types.ts";
import { isDay } from "./days.ts";
import { deskSecrets, type OpenDesk } from "./desk.ts";
import { type Bytes, decode, demand, encode, ID, number } from "./encoding.ts";
import type { Writer } from "./envelopes.ts";
import { type Certificates, checkCertificates, covers, orNull } from "./epochs.ts";
import { BadDates, BadSignature, ProtocolError } from "./errors.ts";
import type { Site } from "./keys.ts";
import { type NoteContent, type NotePlace, openNote, sealNote } from "./notes.ts";
import { hashed, randomBytes } from "./primitives.ts";
import type { Statement } from "./wire.ts";

/** A note that was read; null where it does not open or does not hold, and then nothing of it is shown. */
export interface ReadNote {
  readonly day: string;
  readonly read: { readonly text: string; readonly writer: string } | null;
}

/** A saved reply that was read; those that do not open are left out. */
export interface SavedReply {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly writer: string;
}

/** Base64url of a note on the conversation; throws TooLong, BadPlaintext, BadDates without an epoch, BadSignature without a certificate for it. */
export function sealNoteOn(site: Site, desk: OpenDesk, conversation: string, text: string): Promise<string> {
  return sealed(site, desk, decode(conversation, ID), { type: "note", text });
}

/** Base64url of a saved reply, a new one when `id` is null; throws as `sealNoteOn`. */
export function sealSavedReply(site: Site, desk: OpenDesk, id: string | null, name: string, text: string): Promise<string> {
  return sealed(site, desk, id === null ? randomBytes(16) : decode(id, ID), { type: "saved-reply", name, text });
}

async function sealed(site: Site, open: OpenDesk, subject: Bytes, content: NoteContent): Promise<string> {
  const { statement, writer } = sealingFor(open);
  return encode(await sealNote(site, statement, writer, subject, content));
}

/** The current epoch, and who seals for it; throws BadDates without an epoch, BadSignature without a certificate for it. */
export function sealingFor(open: OpenDesk): { readonly statement: Statement; readonly writer: Writer } {
  if (open.desk === null) throw new BadDates("no epoch includes today");
  const { certificate } = deskSecrets(open);
  if (certificate === null || !covers(certificate, open.desk.statement)) throw new BadSignature("no certificate for this epoch");
  return { statement: open.desk.statement, writer: { counsellor: open.counsellor, certificateId: certificate.id } };
}

/** §8.5's notes, in their order; throws Malformed for an answer whose bytes are not base64url, or whose days are no dates. */
export async function readNotes(site: Site, desk: OpenDesk, conversation: string, answer: NotesAnswer): Promise<ReadNote[]> {
  const certificates = await known(site, answer.certificates);
  const place = { kind: 1, subject: decode(conversation, ID) } as const;
  const read: ReadNote[] = [];
  for (const { note, day } of answer.notes) {
    demand(isDay(day), "a day that is no date");
    const opened = await open(site, desk, certificates, place, decode(note));
    read.push({ day, read: opened === null ? null : { text: opened.content.text, writer: opened.writer } });
  }
  return read;
}

/** §8.6's saved replies that open, by name; throws Malformed. */
export async function readSavedReplies(site: Site, desk: OpenDesk, answer: SavedRepliesAnswer): Promise<SavedReply[]> {
  const certificates = await known(site, answer.certificates);
  const read: SavedReply[] = [];
  for (const text of answer.saved_replies) {
    const raw = decode(text);
    const subject = raw.slice(3, 3 + ID);
    const opened = await open(site, desk, certificates, { kind: 2, subject }, raw);
    if (opened?.content.type === "saved-reply") read.push({ id: encode(subject), name: opened.content.name, text: opened.content.text, writer: opened.writer });
  }
  return read.sort((one, other) => one.name.localeCompare(other.name, "en"));
}

/** §8.6: each of these that opens, sealed again for the current epoch; what does not open stays as it is. Throws as `sealSavedReply`, Malformed. */
export async function resealReplies(site: Site, desk: OpenDesk, answer: SavedRepliesAnswer): Promise<(ResealBody & { readonly id: string })[]> {
  const certificates = await known(site, answer.certificates);
  const made: (ResealBody & { readonly id: string })[] = [];
  for (const text of answer.saved_replies) {
    const raw = decode(text);
    const subject = raw.slice(3, 3 + ID);
    const opened = isEarlier(raw, desk) ? await open(site, desk, certificates, { kind: 2, subject }, raw) : null;
    if (opened === null) continue;
    made.push({ id: encode(subject), note: await sealed(site, desk, subject, opened.content), instead_of: encode(await hashed("saved-reply", raw)) });
  }
  return made;
}

export async function known(site: Site, certificates: readonly string[]): Promise<Certificates> {
  return checkCertificates(
    site,
    certificates.map((text) => decode(text)),
  );
}

function epochOf(raw: Bytes): number {
  return raw.length < 23 ? 0 : number(raw.slice(19, 23));
}

function isEarlier(raw: Bytes, desk: OpenDesk): boolean {
  return desk.desk !== null && epochOf(raw) < desk.desk.epoch;
}

/** Under the statement of its epoch as the chain has it, and the seed that was granted for it. */
async function open(
  site: Site,
  desk: OpenDesk,
  certificates: Certificates,
  place: NotePlace,
  raw: Bytes,
): Promise<Awaited<ReturnType<typeof openNote>> | null> {
  const epoch = epochFor(desk, raw);
  return epoch === null ? null : orNull(openNote(site, epoch.seed, epoch.statement, certificates, place, raw), ProtocolError);
}

/** The statement of a note's epoch as the chain has it, and the seed that was granted for it; null where either is missing. */
export function epochFor(desk: OpenDesk, raw: Bytes): { readonly statement: Statement; readonly seed: Bytes } | null {
  const { chain, seeds } = deskSecrets(desk);
  const epoch = epochOf(raw);
  const statement = chain.find((one) => one.number === epoch);
  const seed = seeds.get(epoch);
  return statement === undefined || seed === undefined ? null : { statement, seed };
}

/** Saved replies as the desk writes and reads them (PROTOCOL §6, §6.2, §8.6). */

import type { SavedCarryBody, SavedRepliesAnswer } from "./api_types.ts";
import type { OpenDesk } from "./desk.ts";
import { type Bytes, decode, encode, ID } from "./encoding.ts";
import { orNull } from "./epochs.ts";
import { ProtocolError } from "./errors.ts";
import type { Site } from "./keys.ts";
import { type NoteContent, readNote } from "./note_texts.ts";
import { bodyOfNote, type NotePlace, sealNote } from "./notes.ts";
import { hasLeft, known, type NoteReader, openSecret, sealingFor, signedNote, wantingCarry } from "./open_notes.ts";
import { randomBytes } from "./primitives.ts";

/** A saved reply that was read; those that do not open are left out. `left` says that its writer is off the roster of today. */
export interface SavedReply {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly writer: string;
  readonly left: boolean;
}

/** Those that open, by name, and the carries that are wanting. */
export interface SavedRepliesRead {
  readonly replies: readonly SavedReply[];
  readonly carries: readonly SavedCarryBody[];
}

/** Base64url of a saved reply, a new one when `id` is null; throws TooLong, BadPlaintext, BadDates, BadSignature. */
export async function sealSavedReply(site: Site, desk: OpenDesk, id: string | null, name: string, text: string): Promise<string> {
  const { statement, writer } = sealingFor(desk);
  const subject = id === null ? randomBytes(ID) : decode(id, ID);
  return encode(await sealNote(site, statement, writer, subject, { type: "saved-reply", name, text }));
}

/** §8.6's saved replies; throws Malformed. */
export async function readSavedReplies(site: Site, desk: OpenDesk, answer: SavedRepliesAnswer): Promise<SavedRepliesRead> {
  const reader: NoteReader = { site, desk, certificates: await known(site, answer.certificates) };
  const replies: SavedReply[] = [];
  const carries: SavedCarryBody[] = [];
  for (const { note, carries: carried } of answer.saved_replies) {
    const raw = decode(note);
    const given = carried.map((each) => decode(each));
    const read = await orNull(open(reader, { kind: 2, subject: raw.slice(3, 3 + ID) }, raw, given, carries), ProtocolError);
    if (read !== null) replies.push(read);
  }
  return { replies: replies.sort((one, other) => one.name.localeCompare(other.name, "en")), carries };
}

async function open(reader: NoteReader, place: NotePlace, raw: Bytes, carried: readonly Bytes[], carries: SavedCarryBody[]): Promise<SavedReply> {
  const note = await signedNote(reader, place, raw);
  const secret = await openSecret(reader, note, carried);
  try {
    const { name, text } = readNote(await bodyOfNote(secret, note), 2) as NoteContent & { type: "saved-reply" };
    const id = encode(place.subject);
    const wanting = await wantingCarry(reader, note, secret, carried);
    if (wanting !== null) carries.push({ id, carry: encode(wanting) });
    return { id, name, text, writer: note.certificate.displayName, left: hasLeft(reader, note.certificate) };
  } finally {
    secret.fill(0);
  }
}

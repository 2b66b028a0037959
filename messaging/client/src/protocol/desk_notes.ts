/** The notes on a conversation as the desk writes and reads them, with what does not fit together (PROTOCOL §6, §6.2, §8.5). */

import type { CarryBody, NotesAnswer } from "./api_types.ts";
import { isDay } from "./days.ts";
import type { OpenDesk } from "./desk.ts";
import { type Bytes, decode, demand, encode, FROM_DESK, FROM_PERSON, ID } from "./encoding.ts";
import { orNull } from "./epochs.ts";
import { ProtocolError } from "./errors.ts";
import type { Site } from "./keys.ts";
import { MOST_PREVIOUS, type NoteContent, type NoteReceipt, readNote } from "./note_texts.ts";
import { bodyOfNote, type NotePlace, parsesAsNote, type SignedNote, sealNote } from "./notes.ts";
import { hasLeft, known, type NoteReader, openSecret, sealingFor, signedNote, wantingCarry } from "./open_notes.ts";
import { NOTHING_SEEN } from "./plaintext.ts";
import { hashed } from "./primitives.ts";
import { acksOf, standsIn, type Thread } from "./writing.ts";

export type NoteWarning = "does-not-open" | "note-missing" | "message-missing" | "late";

/** One note. `text` is null where it does not open or does not hold; `writer` is who signed it, also then; `left` says that they are off the roster. */
export interface ReadNote {
  readonly day: string;
  readonly text: string | null;
  readonly writer: string | null;
  readonly left: boolean;
  readonly warnings: readonly NoteWarning[];
}

/** All notes, what the next one says that its writer had read, and the carries that are wanting. */
export interface NotesRead {
  readonly notes: readonly ReadNote[];
  readonly receipt: NoteReceipt;
  readonly carries: readonly CarryBody[];
}

/** What a note says whose writer has read nothing in this page. */
export const NOTHING_READ: NoteReceipt = { previous: [], acks: [NOTHING_SEEN, NOTHING_SEEN] };

/** Base64url of a note on the conversation; throws TooLong, BadPlaintext, BadDates without an epoch, BadSignature without a certificate for it. */
export async function sealNoteOn(site: Site, desk: OpenDesk, conversation: string, text: string, receipt: NoteReceipt = NOTHING_READ): Promise<string> {
  const { statement, writer } = sealingFor(desk);
  return encode(await sealNote(site, statement, writer, decode(conversation, ID), { type: "note", text, ...receipt }));
}

/** A note in its place: what could be told of it, whether or not it opened. */
interface Found {
  readonly day: string;
  readonly hash: string;
  readonly signed: SignedNote | null;
  readonly content: (NoteContent & { type: "note" }) | null;
  readonly warnings: NoteWarning[];
}

/** §8.5's notes; `thread` is the conversation as it was read just before. Throws Malformed for an answer that has not its shape. */
export async function readNotes(site: Site, desk: OpenDesk, conversation: string, answer: NotesAnswer, thread: Thread | null): Promise<NotesRead> {
  const reader: NoteReader = { site, desk, certificates: await known(site, answer.certificates) };
  const place = { kind: 1, subject: decode(conversation, ID) } as const;
  const found: Found[] = [];
  const carries: CarryBody[] = [];
  const stood = new Set<string>();
  for (const { note, day, carries: carried } of answer.notes) {
    demand(isDay(day), "a day that is no date");
    const raw = decode(note);
    const hash = encode(await hashed("note", raw));
    const given = carried.map((each) => decode(each));
    if (stood.has(hash)) continue;
    const one = { day, hash, ...(await readOne(reader, place, raw, given, carries)) };
    if (one.content !== null) compare(one.warnings, one.content, stood, thread);
    if (parsesAsNote(raw)) stood.add(hash);
    found.push(one);
  }
  for (const one of late(found)) one.warnings.push("late");
  return {
    notes: found.map(({ day, signed, content, warnings }) => {
      const author = signed?.certificate ?? null;
      const left = author !== null && hasLeft(reader, author);
      return { day, text: content?.text ?? null, writer: author?.displayName ?? null, left, warnings };
    }),
    receipt: { previous: heads(found), acks: thread === null ? NOTHING_READ.acks : acksOf(thread) },
    carries,
  };
}

async function readOne(
  reader: NoteReader,
  place: NotePlace,
  raw: Bytes,
  carried: readonly Bytes[],
  carries: CarryBody[],
): Promise<Pick<Found, "signed" | "content" | "warnings">> {
  const signed = await orNull(signedNote(reader, place, raw), ProtocolError);
  const content = signed === null ? null : await orNull(open(reader, signed, carried, carries), ProtocolError);
  return { signed, content, warnings: content === null ? ["does-not-open"] : [] };
}

async function open(reader: NoteReader, note: SignedNote, carried: readonly Bytes[], carries: CarryBody[]): Promise<NoteContent & { type: "note" }> {
  const secret = await openSecret(reader, note, carried);
  try {
    const content = readNote(await bodyOfNote(secret, note), 1) as NoteContent & { type: "note" };
    const wanting = await wantingCarry(reader, note, secret, carried);
    if (wanting !== null) carries.push({ carry: encode(wanting) });
    return content;
  } finally {
    secret.fill(0);
  }
}

/** Whether what the author had read stands here too. */
function compare(warnings: NoteWarning[], { previous, acks }: NoteReceipt, stood: ReadonlySet<string>, thread: Thread | null): void {
  if (previous.some((named) => !stood.has(encode(named)))) warnings.push("note-missing");
  const [person, desk] = acks;
  const gone = (direction: typeof FROM_PERSON | typeof FROM_DESK, ack: typeof person): boolean =>
    thread !== null && ack.sequence > 0 && !standsIn(thread, direction, ack);
  if (gone(FROM_PERSON, person) || gone(FROM_DESK, desk)) warnings.push("message-missing");
}

/**
 * Notes of an earlier epoch than another's, which no note of a later epoch names, be it through others. Of those at least as new that do not
 * open, and of one that is absent, nobody knows what they name: while there is one, nothing is said.
 */
function late(found: readonly Found[]): Found[] {
  if (found.some(({ warnings }) => warnings.includes("note-missing"))) return [];
  return found.filter(({ signed, content, hash }) => {
    if (signed === null || content === null) return false;
    const later = found.filter((one) => one.signed !== null && one.signed.epoch > signed.epoch);
    const closed = found.some((one) => one.signed !== null && one.content === null && one.signed.epoch >= signed.epoch);
    return later.length > 0 && !closed && !namedFrom(later, found).has(hash);
  });
}

/** All hashes that these name, and those name in turn. */
function namedFrom(roots: readonly Found[], found: readonly Found[]): Set<string> {
  const byHash = new Map(found.map((one) => [one.hash, one]));
  const named = new Set<string>();
  const todo = [...roots];
  for (let one = todo.pop(); one !== undefined; one = todo.pop()) {
    for (const each of one.content?.previous ?? []) {
      const hash = encode(each);
      const next = byHash.get(hash);
      if (!named.has(hash) && next !== undefined) todo.push(next);
      named.add(hash);
    }
  }
  return named;
}

/** What the next note names: whatever is signed and no other note names, but not what came late; the newest of them. */
function heads(found: readonly Found[]): Bytes[] {
  const named = new Set(found.flatMap(({ content }) => content?.previous.map(encode) ?? []));
  const open = found.filter(({ signed, hash, warnings }) => signed !== null && !named.has(hash) && !warnings.includes("late"));
  return open.slice(-MOST_PREVIOUS).map(({ hash }) => decode(hash));
}

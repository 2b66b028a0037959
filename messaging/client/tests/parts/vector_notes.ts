/** The vectors of PROTOCOL §6: notes, saved replies, carries, and all the notes on a conversation. */

import type { ConversationAnswer, NotesAnswer } from "../../src/protocol/api_types.ts";
import { secretByCarry } from "../../src/protocol/carries.ts";
import { encode, join, label, u32 } from "../../src/protocol/encoding.ts";
import { checkCertificates } from "../../src/protocol/epochs.ts";
import { openDesk, readAsDesk, readNotes } from "../../src/protocol/index.ts";
import { counsellorOf } from "../../src/protocol/keys.ts";
import { type NoteContent, readNote } from "../../src/protocol/note_texts.ts";
import { bodyOfNote, checkNote, openNote } from "../../src/protocol/notes.ts";
import { ackJson } from "../../src/protocol/plaintext.ts";
import { hashed, kdf, secretKey, unwrap } from "../../src/protocol/primitives.ts";
import { parseStatement } from "../../src/protocol/wire.ts";
import { b, type Input, type Kinds, siteOf } from "./vector_keys.ts";

function contentOf(content: NoteContent): Record<string, unknown> {
  if (content.type === "saved-reply") return { ...content, previous: null, ack: null };
  const { type, text, previous, acks } = content;
  return { type, name: null, text, previous: previous.map(encode), ack: acks.map(ackJson) };
}

async function certificatesOf(input: Input): ReturnType<typeof checkCertificates> {
  return checkCertificates(await siteOf(input), (input.certificates as string[]).map(b));
}

export const NOTE_KINDS: Kinds = {
  note: async (input) => {
    const site = await siteOf(input);
    const statement = await parseStatement(b(input.statement));
    const note = b(input.note);
    const place = { kind: input.note_kind as 1 | 2, subject: b(input.subject) };
    const found = await openNote(site, b(input.epoch_seed), { ...statement, number: input.epoch }, await certificatesOf(input), place, note);
    const context = join(site.site, note.slice(2, 3), place.subject, u32(input.epoch));
    const secret = await unwrap(b(input.epoch_seed), join(label("note-key"), context), note.slice(71, 1239));
    return {
      secret: encode(secret),
      key: encode(await kdf(await secretKey(secret), note.slice(23, 39), "note-body", await hashed("note-head", note.slice(0, 1239)))),
      content: contentOf(found.content),
      writer: found.writer,
    };
  },

  carry: async (input) => {
    const site = await siteOf(input);
    const certificates = await certificatesOf(input);
    const [own, later] = [await parseStatement(b(input.statement)), await parseStatement(b(input.carry_statement))];
    const place = { kind: input.note_kind as 1 | 2, subject: b(input.subject) };
    const note = await checkNote(site, own, certificates, place, b(input.note));
    const carry = b(input.carry);
    const secret = await secretByCarry(site, b(input.carry_seed), later, certificates, note, own, carry);
    return {
      secret: encode(secret),
      content: contentOf(readNote(await bodyOfNote(secret, note), place.kind)),
      writer: note.certificate.displayName,
      carrier: certificates.get(encode(carry.slice(1206, 1222)))?.displayName,
    };
  },

  notes: async (input) => {
    const site = await siteOf(input);
    const { reader } = input;
    const desk = await openDesk(site, await counsellorOf(site, b(reader.counsellor_id), b(reader.secret)), reader.me, input.today);
    const thread = input.thread === null ? null : await readAsDesk(site, desk, input.thread as ConversationAnswer, input.today);
    const { notes, receipt, carries } = await readNotes(site, desk, input.conversation, input.answer as NotesAnswer, thread);
    return { notes, previous: receipt.previous.map(encode), carries: carries.map(({ carry }) => carry) };
  },
};

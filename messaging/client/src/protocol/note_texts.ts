/** What is inside a note or a saved reply (PROTOCOL §6). */

import { type Bytes, decode, encode, HASH } from "./encoding.ts";
import { BadPlaintext, Malformed } from "./errors.ts";
import type { Json } from "./json.ts";
import { type Ack, ackJson, isText, pad, readAck, refuseUnless, unpad } from "./plaintext.ts";

/** What the writer of a note had read: the notes that no other one names, and the newest envelopes of the person and of the desk that held. */
export interface NoteReceipt {
  readonly previous: readonly Bytes[];
  readonly acks: readonly [Ack, Ack];
}

export type NoteContent =
  | ({ readonly type: "note"; readonly text: string } & NoteReceipt)
  | { readonly type: "saved-reply"; readonly name: string; readonly text: string };

export const KINDS = { note: 1, "saved-reply": 2 } as const;
export const MOST_PREVIOUS = 16;

/** Padded bytes; throws BadPlaintext, TooLong. */
export function writeNote(content: NoteContent): Bytes {
  refuseUnless(isText(content.text) && (content.type === "note" || isText(content.name)), "no text");
  if (content.type === "saved-reply") return pad({ type: content.type, name: content.name, text: content.text });
  const previous = content.previous.map(encode);
  demandPrevious(previous);
  return pad({ type: content.type, text: content.text, previous, ack: content.acks.map(ackJson) });
}

/** Throws BadPlaintext. */
export function readNote(padded: Bytes, kind: number): NoteContent {
  const content = unpad(padded);
  const [type, name, text, previous, acks] = ["type", "name", "text", "previous", "ack"].map((key) => content.get(key));
  refuseUnless(isText(text), "no text");
  if (kind === KINDS.note) {
    refuseUnless(type === "note" && content.size === 4, "not a note");
    refuseUnless(Array.isArray(previous) && Array.isArray(acks) && acks.length === 2, "what its writer had read");
    demandPrevious(previous);
    return { type, text, previous: previous.map(readHash), acks: [readAck(acks[0]), readAck(acks[1])] };
  }
  refuseUnless(type === "saved-reply" && content.size === 3 && isText(name), "not a saved reply");
  return { type, name, text };
}

function demandPrevious(previous: readonly Json[]): void {
  refuseUnless(previous.length <= MOST_PREVIOUS && new Set(previous).size === previous.length, "the notes that it names");
}

function readHash(value: Json): Bytes {
  try {
    return decode(value, HASH);
  } catch (error) {
    if (error instanceof Malformed) throw new BadPlaintext("the notes that it names", { cause: error });
    throw error;
  }
}

/** Runs one test vector (tests/vectors/README.md), in node and in a browser alike: gives what came out, or the error's class. */

import { BadWords, ProtocolError } from "../../src/protocol/index.ts";
import { AGAIN_KINDS } from "./vector_again.ts";
import { DRAFT_KINDS } from "./vector_drafts.ts";
import { type Input, KEY_KINDS } from "./vector_keys.ts";
import { MESSAGE_KINDS } from "./vector_messages.ts";
import { NOTE_KINDS } from "./vector_notes.ts";
import { PULSE_KINDS } from "./vector_pulses.ts";
import { TAG_KINDS } from "./vector_tags.ts";
import { WRITING_KINDS } from "./vector_writing.ts";

export interface Vector {
  readonly name: string;
  readonly kind: string;
  readonly input: Input;
  readonly expect?: Record<string, unknown>;
  readonly error?: string;
  readonly index?: number | null;
}

/** What a vector came to, to be compared with what it expects. */
export type Outcome = { readonly expect: Record<string, unknown> } | { readonly error: string; readonly index?: number | null };

const KINDS = { ...KEY_KINDS, ...MESSAGE_KINDS, ...NOTE_KINDS, ...TAG_KINDS, ...PULSE_KINDS, ...AGAIN_KINDS, ...WRITING_KINDS, ...DRAFT_KINDS };
/** The kinds that a browser has to do with: the root's key file never meets one (§2.11). */
export const kinds: readonly string[] = Object.keys(KINDS);

export async function outcome(vector: Vector): Promise<Outcome> {
  try {
    return { expect: await KINDS[vector.kind]!(vector.input, vector.expect) };
  } catch (error) {
    if (error instanceof BadWords) return { error: error.name, index: error.index };
    if (error instanceof ProtocolError) return { error: error.name };
    throw error;
  }
}

/** What a vector says must come out. */
export function wanted(vector: Vector): Outcome {
  if (vector.error === undefined) return { expect: vector.expect! };
  return vector.error === "BadWords" ? { error: vector.error, index: vector.index! } : { error: vector.error };
}

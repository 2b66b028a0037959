/** How many wait for whoever looks: what the title, the locked desk and the signals say. Numbers alone, out of lists that hold no content. */

import type { ConversationLine, ConversationsAnswer } from "../../protocol/index.ts";

/** What needs this counsellor now. */
export interface Waits {
  /** Conversations of theirs in which someone waits for an answer. */
  readonly mine: readonly ConversationLine[];
  /** For a lead: those with a flag that no lead has opened, and that someone else raised. */
  readonly flags: readonly ConversationLine[];
  /** For a lead: those with a disclosure that waits for a decision, and that someone else proposed. */
  readonly decide: readonly ConversationLine[];
  /** Conversations that nobody has. */
  readonly anybody: number;
}

export function waitsIn(answer: ConversationsAnswer, name: string): Waits {
  return {
    mine: answer.mine.filter((line) => line.state === "assigned"),
    flags: answer.flagged.filter((line) => isUnopened(line) && line.flag_by !== name),
    decide: answer.disclosures.filter((line) => line.decide),
    anybody: answer.waiting.length,
  };
}

/** Whether a flag is up that no lead has opened. */
export function isUnopened(line: { readonly flag: string | null; readonly flag_opened_by: string | null; readonly flag_opened_at: string | null }): boolean {
  return line.flag !== null && line.flag_opened_by === null && line.flag_opened_at === null;
}

/** "(2, 1 flagged, 1 to decide) Conversations", and "live talk" first while one is offered; with null, when the lists cannot be looked at, "(?) Conversations": no old number stands there as if it were true. */
export function showInTitle(waits: Waits | null, talks = 0): void {
  const counted =
    waits === null
      ? ["?"]
      : [
          waits.mine.length > 0 && String(waits.mine.length),
          waits.flags.length > 0 && `${waits.flags.length} flagged`,
          waits.decide.length > 0 && `${waits.decide.length} to decide`,
        ].filter((one) => one !== false);
  const said = talks > 0 ? ["live talk", ...counted] : counted;
  document.title = document.title.replace(
    /^(Error: )?(\([^)]*\) )?/,
    (_, refused: string | undefined) => `${refused ?? ""}${said.length === 0 ? "" : `(${said.join(", ")}) `}`,
  );
}

/** Which notes of which conversations this page has shown or counted. In memory alone; a conversation that is met for the first time has no new ones. */
export class NotesSeen {
  readonly #seen = new Map<string, number>();

  /** Meets every line; whether some conversation has more notes than before. */
  meet(lines: readonly ConversationLine[]): void {
    for (const { conversation, notes } of lines) if (!this.#seen.has(conversation)) this.#seen.set(conversation, notes);
  }

  /** So many of its notes were shown. */
  shown(conversation: string, notes: number): void {
    this.#seen.set(conversation, notes);
  }

  /** How many were shown or met; all that there are where it was never met. */
  before(conversation: string, notes: number): number {
    return this.#seen.get(conversation) ?? notes;
  }

  hasNew(line: ConversationLine): boolean {
    return line.notes > this.before(line.conversation, line.notes);
  }
}

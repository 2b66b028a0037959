/** What this open desk has read: a conversation that is read again goes on from it, or is not taken (PROTOCOL §5.4). */

import {
  BadContinuation,
  type ConversationAnswer,
  type Counsellor,
  demandChainGoesOn,
  forget,
  type OpenDesk,
  openDesk,
  readAsDesk,
  type Seen,
  type Thread,
} from "../../protocol/index.ts";
import { today } from "../parts/clock.ts";
import type { DeskPage } from "./page.ts";

/** Before a conversation's id: under which of the drafts it is kept which thread they were written in. */
const WRITTEN_IN = "written-in ";

export interface Read {
  readonly answer: ConversationAnswer;
  readonly thread: Thread;
}

export class ReadThreads {
  readonly #page: DeskPage;
  readonly #drafts: Map<string, string>;
  /** Kept until the desk is locked, also of conversations that were closed meanwhile; hashes and ids alone. */
  readonly #seen = new Map<string, Seen>();
  readonly #asked = new Map<string, Promise<unknown>>();

  constructor(page: DeskPage, drafts: Map<string, string>) {
    this.#page = page;
    this.#drafts = drafts;
  }

  /**
   * Asks for the conversation and checks all of it, one question after the other: the answers of two at once could overtake each other.
   * Throws Problem, ProtocolError; BadContinuation for an answer that does not go on from what was read, or from what was written in.
   */
  read(conversation: string, desk: () => OpenDesk): Promise<Read> {
    const last = this.#asked.get(conversation) ?? Promise.resolve();
    const asked = last.catch(() => undefined).then(() => this.#read(conversation, desk));
    this.#asked.set(conversation, asked);
    return asked;
  }

  async #read(conversation: string, desk: () => OpenDesk): Promise<Read> {
    const answer = await this.#page.api.conversation(conversation);
    const thread = await readAsDesk(this.#page.site, desk(), answer, today(), this.#seen.get(conversation) ?? null);
    const { seen } = thread;
    const pin = this.#drafts.get(WRITTEN_IN + conversation);
    if (seen.conversation !== conversation) throw new BadContinuation("another conversation than the one asked for");
    if (pin !== undefined && pin !== seen.pin) throw new BadContinuation("what was typed was written in another thread");
    this.#seen.set(conversation, seen);
    return { answer, thread };
  }

  /** Keeps what was typed, or drops it when there is nothing left; `what` ends in the conversation that it was typed in. */
  drafted(what: string, text: string): void {
    if (text.trim() === "") this.#drafts.delete(what);
    else this.#drafts.set(what, text);
    const conversation = what.slice(what.lastIndexOf(" ") + 1);
    const pin = this.#seen.get(conversation)?.pin ?? this.#drafts.get(WRITTEN_IN + conversation) ?? null;
    const typed = [...this.#drafts.keys()].some((key) => key.endsWith(conversation) && !key.startsWith(WRITTEN_IN));
    if (typed && pin !== null) this.#drafts.set(WRITTEN_IN + conversation, pin);
    if (!typed) this.#drafts.delete(WRITTEN_IN + conversation);
  }
}

/** The desk's keys looked up again, as they go on from those that were known; throws Problem, ProtocolError. */
export async function renewedDesk(page: DeskPage, counsellor: Counsellor, known: () => OpenDesk): Promise<OpenDesk> {
  const renewed = await openDesk(page.site, counsellor, await page.api.me(), today());
  try {
    demandChainGoesOn(known(), renewed);
  } catch (error) {
    forget(renewed);
    throw error;
  }
  return renewed;
}

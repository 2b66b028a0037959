/** What was last read of the conversation in a pane. */

import { FROM_PERSON } from "../../protocol/encoding.ts";
import { BadContinuation, type ConversationAnswer, forget, type OpenDesk, type Thread } from "../../protocol/index.ts";
import type { Read } from "./read_threads.ts";

export class PaneThread {
  answer: ConversationAnswer | null = null;
  #thread: Thread | null = null;

  take({ answer, thread }: Read): void {
    this.forget();
    [this.#thread, this.answer] = [thread, answer];
  }

  forget(): void {
    if (this.#thread !== null) forget(this.#thread);
    this.#thread = this.answer = null;
  }

  /** How many messages it has that `me` did not sign: one's own reply is no news. */
  besides(me: string): number {
    return this.#thread?.items.filter((item) => item.direction === FROM_PERSON || item.writer !== me).length ?? 0;
  }

  /** Into which, and with which keys, something may be written; throws BadContinuation before anything was read. */
  with(desk: OpenDesk): { readonly desk: OpenDesk; readonly thread: Thread } {
    if (this.#thread === null) throw new BadContinuation("no thread was read that this could go into");
    return { desk, thread: this.#thread };
  }
}

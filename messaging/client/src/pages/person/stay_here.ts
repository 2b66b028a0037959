/** After the first message whoever wants to may stay: the conversation opens on this page, and nobody types the words again. */

import { forget, type InboxKeys, type Site } from "../../protocol/index.ts";
import { today } from "../parts/clock.ts";
import { byId } from "../parts/dom.ts";
import { whyNotOpened } from "./messages_for_errors.ts";
import { OpenConversation } from "./open_conversation.ts";
import { callUs, whenLeaving } from "./page.ts";
import { Session } from "./session.ts";
import { TwoWords } from "./two_words.ts";

/** Milliseconds for which the keys are kept for who does not stay: then only the words open anything. */
const KEPT_FOR = 10 * 60_000;

export class StayHere {
  readonly #part = byId("stay", HTMLElement);
  readonly #button = byId("stay-here", HTMLButtonElement);
  readonly #words = new TwoWords();
  #kept: { readonly site: Site; readonly keys: InboxKeys } | null = null;
  #timer = 0;

  constructor() {
    this.#button.addEventListener("click", () => void this.#stay());
    whenLeaving(() => this.forget());
  }

  /** The keys are its own from now on, and so are two of the words, which bring back a page that was hidden. */
  offer(site: Site | null, keys: InboxKeys | null, words: readonly string[]): void {
    this.forget();
    if (site === null || keys === null) return;
    this.#kept = { site, keys };
    this.#words.keep(words);
    this.#part.hidden = false;
    this.#timer = window.setTimeout(() => this.forget(), KEPT_FOR);
  }

  forget(): void {
    window.clearTimeout(this.#timer);
    if (this.#kept !== null) forget(this.#kept.keys);
    this.#kept = null;
    this.#words.forget();
    this.#part.hidden = true;
  }

  async #stay(): Promise<void> {
    const kept = this.#kept;
    if (kept === null || this.#button.disabled) return;
    const news = byId("stay-news", HTMLElement);
    news.textContent = "";
    this.#button.disabled = true;
    let session: Session | null = null;
    try {
      session = await Session.of(kept.site, kept.keys, this.#words);
      const read = await session.read(today());
      if (this.#kept !== kept) return session.close();
      this.#kept = null;
      window.clearTimeout(this.#timer);
      const parts = byId("stay-parts", HTMLTemplateElement).content.cloneNode(true);
      byId("write", HTMLElement).replaceWith(parts);
      const conversation = new OpenConversation({ steps: [], held: () => null, forget: () => undefined });
      conversation.take(session);
      conversation.show(read, null);
    } catch (error) {
      if (this.#kept === kept) news.textContent = whyNotOpened(error, callUs());
    } finally {
      this.#button.disabled = false;
    }
  }
}

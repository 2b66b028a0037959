/** How long this conversation is kept, and the person's own shorter choice (PROTOCOL §7.9). */

import type { RetentionAnswer } from "../../protocol/index.ts";
import { byId } from "../parts/dom.ts";
import { element } from "../parts/element.ts";
import { gettext } from "../parts/gettext.ts";
import { dateWords } from "../parts/moments.ts";
import type { Session } from "./session.ts";

export class Retention {
  readonly #session: () => Session | null;
  readonly #part = byId("retention", HTMLElement);
  readonly #choice = byId("keep-days", HTMLSelectElement);
  readonly #button = byId("keep-days-set", HTMLButtonElement);
  readonly #news = byId("keep-days-news", HTMLElement);

  constructor(session: () => Session | null) {
    this.#session = session;
    this.#button.addEventListener("click", () => void this.#choose());
  }

  /** What holds now. Where it cannot be told, nothing is shown: reading goes on without it. */
  async draw(): Promise<void> {
    const session = this.#session();
    try {
      const answer = await session?.retention();
      if (answer !== undefined && this.#session() === session) this.#show(answer);
    } catch {
      this.#part.hidden = true;
    }
  }

  forget(): void {
    this.#part.hidden = true;
    this.#news.textContent = "";
    this.#choice.replaceChildren();
    byId("deleted-on", HTMLElement).textContent = "";
  }

  #show({ days, own, choices, deleted_on: deletedOn }: RetentionAnswer): void {
    const option = (value: string, words: string): HTMLOptionElement => {
      const made = element("option", {}, words);
      made.value = value;
      return made;
    };
    this.#choice.replaceChildren(
      option("", gettext("{days} days (as for everyone)", { days })),
      ...choices.map((each) => option(String(each), gettext("{days} days", { days: each }))),
    );
    byId("shorter", HTMLElement).hidden = choices.length === 0;
    this.#choice.value = own === null ? "" : String(own);
    byId("deleted-on", HTMLElement).textContent = gettext("If nobody writes again, we will delete this conversation on {day}.", {
      day: `${dateWords(deletedOn)} ${deletedOn.slice(0, 4)}`,
    });
    this.#part.hidden = false;
  }

  async #choose(): Promise<void> {
    const session = this.#session();
    if (session === null || this.#button.disabled) return;
    this.#button.disabled = true;
    this.#news.textContent = "";
    try {
      const answer = await session.retention(this.#choice.value === "" ? null : Number(this.#choice.value));
      if (this.#session() !== session) return;
      this.#show(answer);
      this.#news.textContent = gettext("Your choice is saved.");
    } catch {
      if (this.#session() === session) this.#news.textContent = gettext("Your choice may not be saved. Press the button again.");
    } finally {
      this.#button.disabled = false;
      // A button that cannot be pressed loses the focus.
      if (document.activeElement === document.body) this.#button.focus();
    }
  }
}

/** How long this conversation is kept, and the person's own shorter choice (PROTOCOL §7.9). */

import type { RetentionAnswer } from "../../protocol/index.ts";
import { byId } from "../parts/dom.ts";
import { element } from "../parts/element.ts";
import { gettext } from "../parts/gettext.ts";
import { dateWords } from "../parts/moments.ts";

export interface RetentionWays {
  /** Whether the conversation is still open here. */
  readonly isOpen: () => boolean;
  /** How long it is kept; with `own`, after the person's choice. */
  readonly retention: (own?: number | null) => Promise<RetentionAnswer>;
}

export class Retention {
  readonly #ways: RetentionWays;
  readonly #part = byId("retention", HTMLElement);
  readonly #choice = byId("keep-days", HTMLSelectElement);
  readonly #button = byId("keep-days-set", HTMLButtonElement);
  readonly #news = byId("keep-days-news", HTMLElement);

  constructor(ways: RetentionWays) {
    this.#ways = ways;
    this.#button.addEventListener("click", () => void this.#choose());
  }

  /** What holds now. Where it cannot be told, nothing is shown: reading goes on without it. */
  async draw(): Promise<void> {
    try {
      const answer = await this.#ways.retention();
      if (this.#ways.isOpen()) this.#show(answer);
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
    if (this.#button.disabled) return;
    this.#button.disabled = true;
    this.#news.textContent = "";
    try {
      const answer = await this.#ways.retention(this.#choice.value === "" ? null : Number(this.#choice.value));
      if (!this.#ways.isOpen()) return;
      this.#show(answer);
      this.#news.textContent = gettext("Your choice is saved.");
    } catch {
      if (this.#ways.isOpen()) this.#news.textContent = gettext("Your choice may not be saved. Press the button again.");
    } finally {
      this.#button.disabled = false;
      // A button that cannot be pressed loses the focus.
      if (document.activeElement === document.body) this.#button.focus();
    }
  }
}

/** Deleting the conversation and all that belongs to it: asked about first, then done. */

import { byId } from "../parts/dom.ts";
import { gettext } from "../parts/gettext.ts";

export class Erasure {
  readonly #question = byId("sure", HTMLElement);
  readonly #ask = byId("delete", HTMLButtonElement);
  readonly #keep = byId("keep", HTMLButtonElement);
  readonly #press = byId("erase", HTMLButtonElement);
  readonly #status = byId("erasing", HTMLElement);
  readonly #erase: () => Promise<void>;

  /** `erase` deletes it all and goes on to another step; what it throws is said here. */
  constructor(erase: () => Promise<void>) {
    this.#erase = erase;
    this.#ask.addEventListener("click", () => this.#asked(true));
    this.#keep.addEventListener("click", () => this.#asked(false));
    this.#press.addEventListener("click", () => void this.#pressed());
  }

  /** The question is not asked any more. */
  hide(): void {
    this.#question.hidden = true;
  }

  #asked(asked: boolean): void {
    this.#question.hidden = !asked;
    this.#ask.setAttribute("aria-expanded", String(asked));
    (asked ? this.#keep : this.#ask).focus();
  }

  async #pressed(): Promise<void> {
    if (this.#press.disabled) return;
    this.#press.disabled = true;
    this.#status.textContent = gettext("Deleting everything…");
    try {
      await this.#erase();
    } catch {
      this.#status.textContent = gettext("We could not reach the helpline, so it may not be deleted yet. Press the button again.");
    } finally {
      this.#press.disabled = false;
      // A button that cannot be pressed loses the focus; where all is gone, another heading has it by now.
      if (document.activeElement === document.body) this.#press.focus();
    }
  }
}

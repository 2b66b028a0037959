/** How much room is left in a box for words that will be sealed: shown with every letter, and said once nothing is typed for a moment. */

import { textFits } from "../../protocol/index.ts";
import { DelayedAnnouncement } from "../parts/delayed_announcement.ts";
import { element } from "../parts/element.ts";

/** From here on the room is counted, and a screen reader hears of it. */
const NEAR = 2_000;

export class TextRoom {
  readonly hint: HTMLElement;
  /** The same for a screen reader. */
  readonly spoken: HTMLElement;
  readonly #spoken = new DelayedAnnouncement();

  /** `id` is for the box's `aria-describedby`. */
  constructor(id: string) {
    this.hint = element("p", { class: "govuk-hint", id });
    this.spoken = this.#spoken.place;
    this.measure("");
  }

  measure(text: string): void {
    const { bytes, limit } = textFits(text);
    const left = limit - bytes;
    const words =
      left < 0
        ? `Too long by about ${-left} characters.`
        : left < NEAR
          ? `Room for about ${left} more characters.`
          : `At most about ${Math.floor(limit / 100) * 100} characters.`;
    this.hint.textContent = words;
    this.#spoken.put(left < NEAR ? words : "");
  }

  /** Says nothing more of a text that leaves the page. */
  forget(): void {
    this.#spoken.put("");
  }
}

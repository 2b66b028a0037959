/** “Someone came in”: nothing of the conversation is seen at once, and two of the eight words bring it back. */

import { element } from "../parts/element.ts";
import { gettext } from "../parts/gettext.ts";
import type { TwoWords } from "./two_words.ts";

export interface HiddenWays {
  /** The two of the eight words that are asked for. */
  readonly words: Pick<TwoWords, "places" | "are">;
  /** Closes the conversation: everything secret leaves the page. */
  readonly close: () => void;
}

const VEILED = "veiled";
/** Wrong tries, after which the conversation is closed. */
const MOST = 5;

export class HiddenPage {
  readonly #ways: HiddenWays;
  #cover: HTMLElement | null = null;
  #title = "";
  #wrong = 0;
  #back: HTMLElement | null = null;

  constructor(ways: HiddenWays) {
    this.#ways = ways;
  }

  get isHidden(): boolean {
    return this.#cover !== null;
  }

  /** At once, and without a word of what was there. */
  hide(): void {
    if (this.isHidden) return;
    document.documentElement.classList.add(VEILED);
    this.#back = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    this.#title = document.title;
    document.title = gettext("Page");
    const show = element("button", { class: "veil__show", type: "button" }, gettext("Show this page"));
    show.addEventListener("click", () => this.#ask(show));
    const heading = element("h1", { class: "veil__name" }, gettext("Page"));
    this.#cover = element("div", { class: "veil", role: "main" }, heading, show);
    document.body.append(this.#cover);
    show.focus();
    window.scrollTo(0, 0);
  }

  forget(): void {
    this.#cover?.remove();
    this.#cover = null;
    this.#wrong = 0;
    if (this.#title !== "") document.title = this.#title;
    this.#title = "";
    document.documentElement.classList.remove(VEILED);
  }

  #ask(show: HTMLButtonElement): void {
    const form = element("form", { class: "veil__form", autocomplete: "off" });
    const fields = this.#ways.words.places.map((place) => {
      const label = element("label", { class: "govuk-label", for: `hidden-${place}` }, gettext("Word {number}", { number: place }));
      const field = element("input", {
        class: "govuk-input govuk-input--width-10",
        id: `hidden-${place}`,
        type: "text",
        autocomplete: "off",
        autocapitalize: "none",
        spellcheck: "false",
        translate: "no",
        "data-lpignore": "true",
        "data-1p-ignore": "true",
        "data-bwignore": "true",
        "data-form-type": "other",
      });
      return [label, field] as const;
    });
    const fault = element("p", { class: "govuk-error-message", role: "alert" });
    const on = element("button", { class: "govuk-button", type: "submit" }, gettext("Go on"));
    const close = element("button", { class: "govuk-button govuk-button--secondary", type: "button" }, gettext("Close it instead"));
    close.addEventListener("click", () => this.#close());
    const leave = element("button", { class: "govuk-button govuk-button--secondary", type: "button" }, gettext("Exit this page"));
    leave.addEventListener("click", () => document.getElementById("exit")?.click());
    const buttons = element("p", { class: "button-group" }, on, close, leave);
    form.append(element("p", {}, gettext("Type these two of your eight words.")), fault, ...fields.flat(), buttons);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#ways.words.are(fields.map(([, field]) => field.value))) return this.#show();
      this.#wrong += 1;
      if (this.#wrong >= MOST) return this.#close();
      fault.textContent = gettext("These are not the two words. Look at your paper and type them again.");
      fields[0]?.[1].focus();
    });
    show.replaceWith(form);
    fields[0]?.[1].focus();
  }

  #show(): void {
    this.forget();
    this.#back?.focus();
  }

  #close(): void {
    this.forget();
    this.#ways.close();
  }
}

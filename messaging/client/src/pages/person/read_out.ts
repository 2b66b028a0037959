/** What a screen reader says of who comes and goes: politely, nothing while the page is hidden, and nothing where the person does not want it. */

import { element } from "../parts/element.ts";
import { gettext } from "../parts/gettext.ts";

export class ReadOut {
  readonly place = element("p", { class: "govuk-visually-hidden", role: "status" });
  readonly button = element(
    "button",
    { class: "govuk-button govuk-button--secondary", type: "button", "aria-pressed": "false" },
    gettext("Do not read this out"),
  );
  readonly #isHidden: () => boolean;
  #isQuiet = false;
  #told = "";

  constructor(isHidden: () => boolean) {
    this.#isHidden = isHidden;
    this.button.addEventListener("click", () => {
      this.#isQuiet = !this.#isQuiet;
      this.button.setAttribute("aria-pressed", String(this.#isQuiet));
      if (this.#isQuiet) this.place.textContent = "";
    });
  }

  /** Says it; what was said last is not said again, and "" is nothing to say. `more` is said with it, and not remembered. */
  say(words: string, more = ""): void {
    if (this.#isQuiet || this.#isHidden() || words === "" || (words === this.#told && more === "")) return;
    this.#told = words;
    this.place.textContent = more === "" ? words : `${more} ${words}`;
  }
}

/** The button that deletes what is kept to finish later, in the form in which it stands (PROTOCOL §7.12). */

import { part } from "../parts/dom.ts";
import { showFaults } from "../parts/errors.ts";
import { gettext } from "../parts/gettext.ts";
import { whyNotOpened } from "./messages_for_errors.ts";
import { callUs } from "./page.ts";

export class DropButton {
  readonly #form: HTMLFormElement;
  readonly #drop: (() => Promise<void>) | undefined;
  readonly #dropped: () => void;

  /** Without `drop` it is never offered. `dropped` hears that nothing is kept any more; what stands in the box stays there. */
  constructor(form: HTMLFormElement, drop: (() => Promise<void>) | undefined, dropped: () => void) {
    this.#form = form;
    this.#drop = drop;
    this.#dropped = dropped;
    part(form, "drop", HTMLButtonElement).addEventListener("click", () => void this.#press());
  }

  /** Whether there is something that it could delete. */
  set offered(kept: boolean) {
    part(this.#form, "drop", HTMLElement).hidden = !kept || this.#drop === undefined;
    part(this.#form, "dropped", HTMLElement).hidden = true;
  }

  async #press(): Promise<void> {
    try {
      await this.#drop?.();
      this.#dropped();
      this.offered = false;
      part(this.#form, "kept", HTMLElement).hidden = true;
      const said = part(this.#form, "dropped", HTMLElement);
      said.hidden = false;
      said.focus();
    } catch (error) {
      showFaults(this.#form, part(this.#form, "errors", HTMLElement), gettext("That did not work"), [{ field: null, text: whyNotOpened(error, callUs()) }]);
    }
  }
}

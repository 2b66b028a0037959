/** What was typed when the conversation turned out to be deleted: it can still be read and copied. */

import { byId } from "../parts/dom.ts";

export class LeftText {
  readonly #box = byId("gone-text", HTMLTextAreaElement);

  get holds(): boolean {
    return this.#box.value !== "";
  }

  keep(typed: string): void {
    byId("gone-elsewhere", HTMLElement).hidden = false;
    this.#box.value = typed.trim() === "" ? "" : typed;
    byId("gone-left", HTMLElement).hidden = !this.holds;
  }

  forget(): void {
    this.#box.value = "";
  }
}

/** What must be seen at once, wherever the page is scrolled to, and is said by a screen reader: it stays at the top of the window. */

import { type Child, element } from "../parts/element.ts";
import { Connection } from "./connection.ts";

export class Alarms {
  readonly place: HTMLElement;
  /** Of the lists and the session. */
  readonly connection = new Connection();
  readonly #soon = element("div", { role: "alert" });
  readonly #kept = element("div", { role: "status" });

  /** `more` are other lines of this kind. */
  constructor(...more: readonly Child[]) {
    this.place = element("div", { class: "desk-alarms" }, this.#soon, this.#kept, this.connection.place, ...more);
  }

  /** A minute before the desk locks by itself, and until someone is back. */
  locks(soon: boolean): void {
    this.#soon.replaceChildren(
      ...(soon ? [line("Nothing has happened here for nine minutes. The desk will lock in one minute. To keep it open, move the mouse or press a key.")] : []),
    );
  }

  /** Whether what is typed can be kept in the browser. */
  kept(isKept: boolean): void {
    this.#kept.replaceChildren(
      ...(isKept ? [] : [line("You have typed more than this browser can save. It stays here only while this page is open and unlocked.")]),
    );
  }
}

function line(text: string): HTMLElement {
  return element("p", { class: "desk-message desk-message--error" }, text);
}

/** Keys for those who work without a mouse: never while something is typed, never with Ctrl, Alt or the like, and they can be switched off. */

import { element } from "../parts/element.ts";
import { button } from "./dom.ts";

/** What the keys do; each tells whether it could. */
export interface Keys {
  move(by: 1 | -1): boolean;
  reply(): boolean;
  offer(): boolean;
  turn(): boolean;
  unfold(name: "notes" | "snooze"): boolean;
}

const HELP: readonly (readonly [string, string])[] = [
  ["j", "Next conversation in the lists"],
  ["k", "Previous conversation in the lists"],
  ["Enter", "Open it"],
  ["r", "Write the reply"],
  ["t", "Go to a live talk that is offered"],
  ["o", "Go to the other live talk, and into its reply"],
  ["F8", "The same, also while you are typing"],
  ["n", "Write a note for colleagues"],
  ["s", "Snooze"],
  ["?", "Show these keys"],
];
const TURN = "F8";
/** The one thing the desk keeps in the browser: that someone wants no such keys. */
const OFF = "desk-keys-off";

export class Shortcuts {
  readonly dialog: HTMLDialogElement;
  readonly open: HTMLButtonElement;
  readonly #keys: Keys;
  readonly #on = element("input", { type: "checkbox", class: "govuk-checkboxes__input", id: "keys-on" });
  readonly #said = element("p", { role: "status", class: "govuk-visually-hidden" });

  constructor(keys: Keys) {
    this.#keys = keys;
    this.#on.checked = window.localStorage.getItem(OFF) === null;
    this.#on.addEventListener("change", () => {
      if (this.#on.checked) window.localStorage.removeItem(OFF);
      else window.localStorage.setItem(OFF, "1");
      this.#said.textContent = this.#on.checked ? "The shortcut keys are on." : "The shortcut keys are off.";
    });
    this.open = button("Keys", "quiet", () => this.dialog.showModal(), { "aria-haspopup": "dialog" });
    this.dialog = element(
      "dialog",
      { class: "desk-keys", "aria-labelledby": "keys-title" },
      element("h2", { id: "keys-title", class: "govuk-heading-m" }, "Keys"),
      element("dl", {}, ...HELP.flatMap(([key, words]) => [element("dt", {}, element("kbd", {}, key)), element("dd", {}, words)])),
      element(
        "div",
        { class: "govuk-checkboxes govuk-checkboxes--small govuk-form-group" },
        element(
          "div",
          { class: "govuk-checkboxes__item" },
          this.#on,
          element("label", { class: "govuk-label govuk-checkboxes__label", for: "keys-on" }, "Shortcut keys, when you are not typing"),
        ),
      ),
      this.#said,
      button("Close", "secondary", () => this.dialog.close()),
    );
    document.addEventListener("keydown", this.#pressed);
  }

  stop(): void {
    document.removeEventListener("keydown", this.#pressed);
    if (this.dialog.open) this.dialog.close();
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (!this.#on.checked || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    // This one is no letter: it may be pressed in the middle of a word.
    const isTurn = event.key === TURN && !event.shiftKey;
    if (this.dialog.open || (isTyping(event.target) && !isTurn)) return;
    if (this.#does(event.key)) event.preventDefault();
  };

  #does(key: string): boolean {
    switch (key) {
      case "j":
        return this.#keys.move(1);
      case "k":
        return this.#keys.move(-1);
      case "r":
        return this.#keys.reply();
      case "t":
        return this.#keys.offer();
      case "o":
      case TURN:
        return this.#keys.turn();
      case "n":
        return this.#keys.unfold("notes");
      case "s":
        return this.#keys.unfold("snooze");
      case "?":
        this.dialog.showModal();
        return true;
      default:
        return false;
    }
  }
}

/** Whether the key goes into a field; on a select it would choose. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio])"));
}

/** The form that a reply is written in: its field, what kind of reply it is, and what it says of what stands in it. */

import type { DeskContent, Thread } from "../../protocol/index.ts";
import { element } from "../parts/element.ts";
import { Choices, type Keeping } from "./choices.ts";
import { button } from "./dom.ts";
import { firstUnopened, hasWarnings, lastWriter } from "./message_list.ts";
import { PRIVATE } from "./private_fields.ts";
import { TextRoom } from "./text_room.ts";

type Kind = "text" | "handover" | "closing" | "again";

export class ReplyBox {
  readonly form: HTMLFormElement;
  readonly send = button("Send, signed", "", null);
  readonly #area: HTMLTextAreaElement;
  readonly #kind: HTMLSelectElement;
  readonly #room = new TextRoom("reply-room");
  readonly #fault = element("p", { class: "govuk-error-message", id: "reply-fault" });
  readonly #knows = element("input", { type: "checkbox", class: "govuk-checkboxes__input", id: "reply-knows" });
  readonly #warned: HTMLElement;
  readonly #typed: (text: string) => void;
  /** Where one of the person's messages could not be opened. */
  readonly #writeAgain = element("option", { value: "again", hidden: true, disabled: true }, "Asks them to write again what I cannot open");
  #since: number | null = null;
  #chosen = false;

  readonly #choices: Choices;

  /**
   * `where` is the conversation's short name, which stands at the box; `status` stands below the button; `typed` hears of every change of the
   * text; what is chosen is kept in `keeping`.
   */
  constructor(where: string, status: HTMLElement, keeping: Keeping, typed: (text: string) => void, press: () => void) {
    this.#typed = typed;
    this.#choices = new Choices(keeping);
    this.#area = element("textarea", { id: "reply", class: "govuk-textarea", rows: 8, "aria-describedby": "reply-fault reply-room", ...PRIVATE });
    this.#kind = element(
      "select",
      { id: "reply-kind", class: "govuk-select" },
      element("option", { value: "text" }, "A reply"),
      element("option", { value: "handover" }, "A reply that says I am taking over"),
      element("option", { value: "closing" }, "A closing message"),
      this.#writeAgain,
    );
    this.#chosen = this.#choices.read(this.#kind.id) !== "";
    this.#choices.keep(this.#kind);
    this.#kind.addEventListener("change", () => (this.#chosen = true));
    this.#warned = element(
      "div",
      { class: "govuk-checkboxes govuk-checkboxes--small govuk-form-group", hidden: true },
      element(
        "div",
        { class: "govuk-checkboxes__item" },
        this.#knows,
        element("label", { class: "govuk-label govuk-checkboxes__label", for: "reply-knows" }, "I have read the warnings above, and I want to send anyway"),
      ),
    );
    this.form = element(
      "form",
      { class: "desk-reply", novalidate: true, "aria-label": "Reply" },
      element(
        "div",
        { class: "govuk-form-group" },
        element("label", { class: "govuk-label govuk-label--s", for: "reply" }, `Your reply in ${where}`),
        this.#fault,
        this.#area,
        this.#room.hint,
        this.#room.spoken,
      ),
      element("div", { class: "govuk-form-group" }, element("label", { class: "govuk-label", for: "reply-kind" }, "This is"), this.#kind),
      this.#warned,
      this.send,
      status,
    );
    this.#area.addEventListener("input", () => this.#changed());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      press();
    });
  }

  get text(): string {
    return this.#area.value;
  }

  set text(text: string) {
    this.#area.value = text;
    this.#room.measure(text);
  }

  /** What is to be sealed. */
  get content(): DeskContent {
    const [type, text] = [this.#kind.value as Kind, this.text];
    return type === "again" ? { type, text, since: this.#since ?? 1 } : { type, text };
  }

  get isEmpty(): boolean {
    return this.#area.value.trim() === "";
  }

  /** Whether the text stands still. */
  get isHeld(): boolean {
    return this.#area.readOnly;
  }

  /** Whether there are warnings that nobody has said to have read. */
  get mustKnow(): boolean {
    return !this.#warned.hidden && !this.#knows.checked;
  }

  focus(): void {
    this.#area.focus();
  }

  focusKnows(): void {
    this.#knows.focus();
  }

  /** Fits it to a thread that was read anew. */
  fit(thread: Thread, myName: string): void {
    const before = lastWriter(thread);
    this.#since = firstUnopened(thread);
    this.#writeAgain.hidden = this.#writeAgain.disabled = this.#since === null;
    if (this.#since === null && this.#kind.value === "again") this.#chosen = false;
    if (!this.#chosen && !this.isHeld) this.#kind.value = before !== null && before !== myName ? "handover" : "text";
    this.#warned.hidden = !hasWarnings(thread);
  }

  /** Puts words where the cursor is, to be gone over; not while the text stands still. */
  insert(text: string): void {
    if (this.isHeld) return;
    this.#area.setRangeText(text, this.#area.selectionStart, this.#area.selectionEnd, "end");
    this.#changed();
    this.focus();
  }

  /** While the server may or may not have it, the text stands still: what is shown is what was sealed. */
  hold(still: boolean): void {
    this.#area.readOnly = still;
    this.#kind.disabled = still;
  }

  /** For the next reply. */
  empty(): void {
    this.#area.value = "";
    this.#chosen = false;
    this.#choices.forget();
    this.#knows.checked = false;
    this.#changed();
  }

  /** It was sent, though its page is closed: what kind it was is kept no more. */
  forgetKind(): void {
    this.#choices.forget();
  }

  /** Drops what is typed out of the page, and tells nobody. */
  clear(): void {
    this.#area.value = "";
    this.#room.forget();
  }

  /** What is to be mended; "" takes the mark away. */
  say(text: string): void {
    this.#fault.replaceChildren(...(text === "" ? [] : [element("span", { class: "govuk-visually-hidden" }, "Error: "), text]));
    if (text === "") this.#area.removeAttribute("aria-invalid");
    else this.#area.setAttribute("aria-invalid", "true");
  }

  #changed(): void {
    this.#room.measure(this.#area.value);
    if (!this.isEmpty) this.say("");
    this.#typed(this.#area.value);
  }
}

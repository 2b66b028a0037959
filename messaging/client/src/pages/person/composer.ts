/** Writing a message: pointing out what may identify someone, sending, and keeping the draft whatever happens. */

import { textFits } from "../../protocol/index.ts";
import { part } from "../parts/dom.ts";
import { clearFaults, type Fault, showFaults } from "../parts/errors.ts";
import { gettext, languages } from "../parts/gettext.ts";
import { type Danger, noticeDanger } from "./danger.ts";
import { pointOutDanger } from "./danger_panel.ts";
import { DropButton } from "./drop_button.ts";
import { listFindings } from "./findings_list.ts";
import { type Finding, findIdentifying } from "./identifying.ts";
import { keepingWords, sayBegun, sayKept, whyNotKept } from "./kept_note.ts";
import { MessageLength, tooLongInWords } from "./message_length.ts";
import { whyNotSent } from "./messages_for_errors.ts";
import { callUs, workingWords } from "./page.ts";

export interface Composing {
  readonly form: HTMLFormElement;
  readonly text: HTMLTextAreaElement;
  /** Faults of the form's other fields. */
  readonly faults: () => Fault[];
  /** Sends; when it throws, the draft stays. Null for a message that goes on to another step before it is sent. */
  readonly deliver: ((text: string) => Promise<void>) | null;
  /** Takes a message that goes on to another step. */
  readonly goOn?: () => void;
  /** Keeps what is begun and is not sent, and gives the date on which it is deleted; or null where the form has gone on to what must come first. */
  readonly keep: (text: string) => Promise<string | null>;
  /** Deletes what is kept, unless the page has another place for that. */
  readonly drop?: () => Promise<void>;
  /** Whether a message that failed may have arrived: then it must not be changed. */
  readonly mustStay: () => boolean;
}

export class Composer {
  readonly #is: Composing;
  readonly #send: HTMLButtonElement;
  readonly #label: string;
  readonly #room: MessageLength;
  readonly #drop: DropButton;
  #busy = false;
  #shut = false;
  /** What stood in the form when it was last found to be ready. */
  #looked = "";
  /** What stood in the form when it was last kept. */
  #kept = "";

  constructor(composing: Composing) {
    this.#is = composing;
    const { form, text } = composing;
    form.reset();
    this.#send = part(form, "send", HTMLButtonElement);
    this.#label = this.#send.textContent ?? "";
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#submit();
    });
    part(form, "change", HTMLButtonElement).addEventListener("click", () => {
      this.#look(false);
      text.focus();
    });
    part(form, "anyway", HTMLButtonElement).addEventListener("click", () => {
      this.#look(false);
      void this.#deliver();
    });
    const keep = part(form, "keep", HTMLButtonElement);
    keep.addEventListener("click", () => void this.#keep(keep));
    this.#drop = new DropButton(form, composing.drop, () => (this.#kept = ""));
    part(form, "keep-how", HTMLElement).textContent = keepingWords();
    // What is said of the text that was kept is not true of another.
    form.addEventListener("input", () => {
      if (this.unkept) part(form, "kept", HTMLElement).hidden = true;
    });
    this.#room = new MessageLength(form, text);
  }

  /** Whether there is a message that is not sent. */
  get typed(): boolean {
    return this.#is.text.value.trim() !== "";
  }

  /** Whether there is a message that is neither sent nor kept. */
  get unkept(): boolean {
    return this.typed && this.#kept !== this.#content();
  }

  /** What stands in the form now is kept, until this date where it can be deleted here. */
  takeAsKept(until?: string): void {
    this.#kept = this.#content();
    this.#room.draw();
    this.#drop.offered = true;
    if (until !== undefined) sayBegun(part(this.#is.form, "kept", HTMLElement), until);
  }

  /** What was typed. Half of a surrogate pair cannot be written as UTF-8; it becomes a replacement character here, where the person can see it. */
  get whole(): string {
    return new TextDecoder().decode(new TextEncoder().encode(this.#is.text.value));
  }

  /** Whether what stands in the form now was looked at, and may be sent. */
  get settled(): boolean {
    return this.#looked !== "" && this.#looked === this.#content();
  }

  /** Opens or shuts the form. */
  set ready(ready: boolean) {
    part(this.#is.form, "fields", HTMLFieldSetElement).disabled = !ready;
    this.settle();
  }

  /** While it is shut, nothing new can be written or sent; a draft stays where it is, to be read and copied. */
  set shut(shut: boolean) {
    this.#shut = shut;
    if (shut) this.#look(false);
    this.settle();
  }

  /** Says why sending takes longer: nothing is asked of the person. */
  sayWorking(): void {
    part(this.#is.form, "status", HTMLElement).textContent = workingWords();
  }

  /** Forgets the draft. */
  clear(): void {
    this.#is.form.reset();
    clearFaults(this.#is.form, part(this.#is.form, "errors", HTMLElement));
    part(this.#is.form, "findings", HTMLElement).replaceChildren();
    this.#look(false);
    this.#looked = this.#kept = "";
    part(this.#is.form, "kept", HTMLElement).hidden = true;
    this.#drop.offered = false;
    this.settle();
    this.#send.textContent = this.#label;
    this.#room.draw();
  }

  async #submit(): Promise<void> {
    const { text } = this.#is;
    if (this.#busy || this.#send.disabled) return;
    if (this.#is.mustStay()) return this.#deliver();
    if (this.#refused([...this.#is.faults(), ...this.#textFaults()])) return;
    const findings = findIdentifying(text.value, languages()[0]);
    const dangers = noticeDanger(text.value);
    if (findings.length + dangers.length > 0) return this.#point(findings, dangers);
    return this.#deliver();
  }

  #textFaults(): Fault[] {
    const { text } = this.#is;
    const { bytes, limit } = textFits(text.value);
    if (text.value.trim() === "") return [{ field: text.id, text: gettext("Enter your message.") }];
    if (bytes <= limit) return [];
    return [{ field: text.id, text: `${tooLongInWords(text.value)} ${gettext("Make it shorter, and send the rest in a second message.")}` }];
  }

  /** Shows the faults, where there are any, and takes those before away. */
  #refused(faults: readonly Fault[]): boolean {
    const { form } = this.#is;
    const errors = part(form, "errors", HTMLElement);
    if (faults.length > 0) showFaults(form, errors, gettext("There is a problem"), faults);
    else clearFaults(form, errors);
    return faults.length > 0;
  }

  /** Only when it is asked for: nothing is kept by itself. */
  async #keep(button: HTMLButtonElement): Promise<void> {
    const [{ form }, content] = [this.#is, this.#content()];
    if (this.#busy || this.#refused(this.#textFaults())) return;
    const status = part(form, "status", HTMLElement);
    this.#busy = button.disabled = true;
    status.textContent = gettext("Locking what you wrote, and keeping it…");
    try {
      const until = await this.#is.keep(this.whole);
      if (until === null) return;
      this.#kept = content;
      this.#drop.offered = true;
      sayKept(part(form, "kept", HTMLElement), until);
    } catch (error) {
      showFaults(form, part(form, "errors", HTMLElement), gettext("It is not kept yet"), [{ field: null, text: whyNotKept(error) }]);
    } finally {
      status.textContent = "";
      this.#busy = false;
      this.settle();
    }
  }

  /** All that is sent of the form. */
  #content(): string {
    const chosen = this.#is.form.querySelector<HTMLInputElement>("input[type=radio]:checked");
    return this.typed ? `${chosen?.value ?? ""}\n${this.#is.text.value}` : "";
  }

  /** What may identify someone, and what may mean danger, is pointed out here, on the device, and the person decides. */
  #point(findings: readonly Finding[], dangers: readonly Danger[]): void {
    pointOutDanger(this.#is.form, dangers, this.#is.deliver === null);
    part(this.#is.form, "identifying", HTMLElement).hidden = findings.length === 0;
    listFindings(part(this.#is.form, "findings", HTMLElement), findings);
    this.#look(true);
  }

  #look(shown: boolean): void {
    const panel = part(this.#is.form, "look", HTMLElement);
    panel.hidden = !shown;
    part(this.#is.form, "send-row", HTMLElement).hidden = shown;
    if (!shown) return;
    part(panel, "look-heading", HTMLElement).focus();
    panel.scrollIntoView({ block: "center" });
  }

  async #deliver(): Promise<void> {
    const { form, deliver, goOn } = this.#is;
    const status = part(form, "status", HTMLElement);
    const errors = part(form, "errors", HTMLElement);
    this.#looked = this.#content();
    if (deliver === null) {
      clearFaults(form, errors);
      return goOn?.();
    }
    this.#busy = true;
    this.settle();
    clearFaults(form, errors);
    status.textContent = gettext("Locking your message and sending it…");
    try {
      await deliver(this.whole);
      status.textContent = "";
    } catch (error) {
      status.textContent = "";
      this.#send.textContent = gettext("Try again");
      showFaults(form, errors, gettext("Your message has not been sent yet"), [{ field: null, text: whyNotSent(error, callUs()) }]);
    } finally {
      this.#busy = false;
      this.settle();
    }
  }

  /** Whether it can be written in, and sent. What may have arrived can be sent again as it is, also while nothing new can. */
  settle(): void {
    const [stays, { disabled }] = [this.#is.mustStay(), part(this.#is.form, "fields", HTMLFieldSetElement)];
    this.#hold(this.#busy || this.#shut || stays);
    part(this.#is.form, "keep", HTMLButtonElement).disabled = this.#busy || stays || this.#shut || disabled;
    this.#send.disabled = this.#busy || (this.#shut && !stays) || disabled;
  }

  /** Shuts the fields without greying them: what was written can still be read and copied. */
  #hold(held: boolean): void {
    this.#is.text.readOnly = held;
    for (const choice of this.#is.form.querySelectorAll<HTMLInputElement>("input[type=radio]")) choice.disabled = held;
  }
}

/** Writing a message: pointing out what may identify someone, sending, and keeping the draft whatever happens. */

import { textFits } from "../../protocol/index.ts";
import { part } from "../parts/dom.ts";
import { element } from "../parts/element.ts";
import { clearFaults, type Fault, showFaults } from "../parts/errors.ts";
import { gettext, languages } from "../parts/gettext.ts";
import { type Danger, noticeDanger } from "./danger.ts";
import { pointOutDanger } from "./danger_panel.ts";
import { type Finding, findIdentifying } from "./identifying.ts";
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
  /** Whether a message that failed may have arrived: then it must not be changed. */
  readonly mustStay: () => boolean;
}

const KINDS: Readonly<Record<Finding["kind"], () => string>> = {
  email: () => gettext("this looks like an email address"),
  phone: () => gettext("this looks like a phone number"),
  postcode: () => gettext("this looks like a postcode"),
  name: () => gettext("this looks like a name"),
  address: () => gettext("this looks like an address"),
  link: () => gettext("this looks like an account or a link"),
};

export class Composer {
  readonly #is: Composing;
  readonly #send: HTMLButtonElement;
  readonly #label: string;
  readonly #room: MessageLength;
  #busy = false;
  #shut = false;
  /** What stood in the form when it was last found to be ready. */
  #looked = "";

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
    this.#room = new MessageLength(form, text);
  }

  /** Whether there is a message that is not sent. */
  get typed(): boolean {
    return this.#is.text.value.trim() !== "";
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
    this.#looked = "";
    this.settle();
    this.#send.textContent = this.#label;
    this.#room.draw();
  }

  async #submit(): Promise<void> {
    const { form, text } = this.#is;
    if (this.#busy || this.#send.disabled) return;
    if (this.#is.mustStay()) return this.#deliver();
    const faults = this.#is.faults();
    const { bytes, limit } = textFits(text.value);
    if (text.value.trim() === "") faults.push({ field: text.id, text: gettext("Enter your message.") });
    else if (bytes > limit) {
      const over = gettext("Make it shorter, and send the rest in a second message.");
      faults.push({ field: text.id, text: `${tooLongInWords(text.value)} ${over}` });
    }
    if (faults.length > 0) return showFaults(form, part(form, "errors", HTMLElement), gettext("There is a problem"), faults);
    clearFaults(form, part(form, "errors", HTMLElement));
    const findings = findIdentifying(text.value, languages()[0]);
    const dangers = noticeDanger(text.value);
    if (findings.length + dangers.length > 0) return this.#point(findings, dangers);
    return this.#deliver();
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
    const list = part(this.#is.form, "findings", HTMLElement);
    list.replaceChildren();
    for (const finding of findings.slice(0, 12)) {
      const item = element("li");
      const mark = element("mark", {}, finding.text);
      mark.dir = "auto";
      item.append(mark, `: ${KINDS[finding.kind]()}`);
      list.append(item);
    }
    this.#look(true);
  }

  #look(shown: boolean): void {
    const panel = part(this.#is.form, "look", HTMLElement);
    panel.hidden = !shown;
    part(this.#is.form, "send-row", HTMLElement).hidden = shown;
    if (!shown) return;
    const heading = panel.querySelector<HTMLElement>("h2");
    if (heading === null) return;
    heading.tabIndex = -1;
    heading.focus();
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
    const stays = this.#is.mustStay();
    this.#hold(this.#busy || this.#shut || stays);
    this.#send.disabled = this.#busy || (this.#shut && !stays) || part(this.#is.form, "fields", HTMLFieldSetElement).disabled;
  }

  /** Shuts the fields without greying them, so that what was written can still be read and copied. */
  #hold(held: boolean): void {
    this.#is.text.readOnly = held;
    for (const choice of this.#is.form.querySelectorAll<HTMLInputElement>("input[type=radio]")) choice.disabled = held;
  }
}

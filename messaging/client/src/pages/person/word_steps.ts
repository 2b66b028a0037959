/** The eight words: shown, then two of them asked for, and then the message is sent. They stay the same until then, unless someone asks for new ones. */

import { makeWords, type Progress, wordsIn } from "../../protocol/index.ts";
import { byId, part } from "../parts/dom.ts";
import { element } from "../parts/element.ts";
import { clearFaults, type Fault, showFaults, TYPED } from "../parts/errors.ts";
import { gettext } from "../parts/gettext.ts";
import { sayKept, whyNotKept } from "./kept_note.ts";
import { KeyProgress } from "./key_progress.ts";
import { whyNoKey, whyNotSent } from "./messages_for_errors.ts";
import { callUs, workingWords } from "./page.ts";
import { isTheWord, twoPlaces } from "./word_input.ts";

const FIELDS = ["first", "second"] as const;

export interface WordWays {
  /** Goes on to the next step. */
  readonly on: () => void;
  /** Goes back to the words. */
  readonly back: () => void;
  /** There are words, and they stand on the page. */
  readonly made: (words: readonly string[]) => void;
  /** Makes the keys once two of the words were given back; throws when none can be made of them. False when there are other words by now. */
  readonly keys: (words: readonly string[], progress: Progress) => Promise<boolean>;
  /** Sends the message; when it throws, everything stays. */
  readonly send: () => Promise<void>;
  /** Keeps the message instead; the date on which it is deleted. */
  readonly keep: () => Promise<string>;
  /** Whether it is to be kept, and not sent. */
  readonly later: () => boolean;
  /** Whether the message may have arrived: then the words that open it are these. */
  readonly mustStay: () => boolean;
  /** The words before are worth nothing any more. */
  readonly renewed: () => void;
}

export class WordSteps {
  readonly #ways: WordWays;
  readonly #form = byId("check-form", HTMLFormElement);
  readonly #list = byId("words", HTMLElement);
  readonly #sure = byId("afresh-sure", HTMLElement);
  readonly #send = part(this.#form, "send", HTMLButtonElement);
  readonly #keep = byId("keep-instead", HTMLButtonElement);
  readonly #kept = byId("kept-later", HTMLElement);
  readonly #status = part(this.#form, "status", HTMLElement);
  readonly #label = this.#send.textContent ?? "";
  readonly #fields = FIELDS.map((field) => byId(`check-${field}`, HTMLInputElement));
  #words: string[] = [];
  #places: number[] = [];

  constructor(ways: WordWays) {
    this.#ways = ways;
    byId("print", HTMLButtonElement).addEventListener("click", () => window.print());
    byId("copy", HTMLButtonElement).addEventListener("click", () => void this.#copy());
    byId("kept", HTMLButtonElement).addEventListener("click", () => this.#ask());
    byId("look-again", HTMLButtonElement).addEventListener("click", () => this.#ways.back());
    const afresh = byId("afresh", HTMLButtonElement);
    const sure = (asked: boolean): void => {
      this.#sure.hidden = !asked;
      afresh.setAttribute("aria-expanded", String(asked));
      (asked ? byId("afresh-no", HTMLButtonElement) : afresh).focus();
    };
    afresh.addEventListener("click", () => sure(this.#sure.hidden !== false));
    byId("afresh-no", HTMLButtonElement).addEventListener("click", () => sure(false));
    byId("afresh-yes", HTMLButtonElement).addEventListener("click", () => {
      sure(false);
      this.drop();
      this.#ways.renewed();
      this.begin();
      this.shown(true);
      byId("words-heading", HTMLElement).focus();
      window.scrollTo(0, 0);
    });
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#check(this.#ways.later());
    });
    this.#keep.addEventListener("click", () => void this.#check(true));
  }

  /** Whether there are words that someone may have on paper. */
  get made(): boolean {
    return this.#words.length > 0;
  }

  /** The words of the moment. */
  get all(): readonly string[] {
    return this.#words;
  }

  /** Whether these are the words of the moment. */
  are(words: readonly string[]): boolean {
    return this.#words === words;
  }

  /** Whether two of them were asked for. */
  get asked(): boolean {
    return this.#places.length > 0;
  }

  /** Whether something stands in the boxes of the two words. */
  get typed(): boolean {
    return this.#fields.some((field) => field.value.trim() !== "");
  }

  /** Makes the words, once: whoever comes back to them finds the same. */
  begin(): void {
    if (this.made) return;
    this.#words = makeWords();
    this.#ways.made(this.#words);
  }

  /** Puts the words on the page, or takes them off it: they stand there only while their step is shown. */
  shown(shown: boolean): void {
    this.#list.replaceChildren(...(shown ? this.#words.map((word) => element("li", {}, word)) : []));
    this.#kept.hidden = true;
    const later = this.#ways.later();
    byId("check-lead", HTMLElement).textContent = later
      ? gettext("Look at what you wrote down, and type two of the words. Then your message is kept for you, and not sent.")
      : gettext("Look at what you wrote down, and type two of the words. Then your message is sent.");
    this.#send.textContent = later ? gettext("Keep it") : this.#label;
    this.#keep.hidden = later;
    byId("afresh", HTMLElement).hidden = this.#ways.mustStay();
    if (!shown) byId("copied", HTMLElement).textContent = "";
  }

  /** Forgets the words, wherever they stand on the page. */
  drop(): void {
    this.#words = [];
    this.#places = [];
    this.shown(false);
    this.#sure.hidden = true;
    this.#send.textContent = this.#label;
    this.#form.reset();
    clearFaults(this.#form, part(this.#form, "errors", HTMLElement));
  }

  /** Says why sending takes longer: nothing is asked of the person. */
  sayWorking(): void {
    this.#status.textContent = workingWords();
  }

  async #copy(): Promise<void> {
    const copied = byId("copied", HTMLElement);
    try {
      await navigator.clipboard.writeText(this.#words.join(" "));
      copied.textContent = gettext("Copied. Paste the words somewhere safe now. Then copy something else, so that the words are not left behind.");
    } catch {
      copied.textContent = gettext("Your browser did not let us copy. Write the words on paper.");
    }
  }

  /** Asks for two of them; always for the same two, so that what is typed stays right after a step back. */
  #ask(): void {
    if (!this.asked) {
      this.#places = twoPlaces();
      this.#form.reset();
      clearFaults(this.#form, part(this.#form, "errors", HTMLElement));
    }
    FIELDS.forEach((field, index) => {
      const label = this.#form.querySelector(`label[for="check-${field}"]`);
      if (label !== null) label.textContent = gettext("Word number {number}", { number: (this.#places[index] ?? 0) + 1 });
    });
    part(this.#form, "fields", HTMLFieldSetElement).disabled = false;
    this.#send.disabled = false;
    this.#ways.on();
  }

  async #check(later: boolean): Promise<void> {
    const errors = part(this.#form, "errors", HTMLElement);
    const faults = FIELDS.flatMap((field, index) => this.#fault(field, this.#places[index] ?? 0));
    if (faults.length > 0) return showFaults(this.#form, errors, gettext("There is a problem"), faults);
    clearFaults(this.#form, errors);
    this.#send.disabled = this.#keep.disabled = true;
    this.#status.textContent = gettext("Good. Making a key from your words. This takes a few seconds…");
    const progress = new KeyProgress(this.#status);
    let keys = false;
    try {
      // The page is painted first: making the key may hold it up.
      await new Promise((done) => setTimeout(done, 50));
      if (!(await this.#ways.keys(this.#words, progress.tell))) return;
      keys = true;
      progress.end();
      this.#status.textContent = later ? gettext("Locking what you wrote, and keeping it…") : gettext("Locking your message and sending it…");
      if (later) sayKept(this.#kept, await this.#ways.keep());
      else await this.#ways.send();
    } catch (error) {
      if (!keys) showFaults(this.#form, errors, gettext("That did not work"), [{ field: null, text: whyNoKey(error, callUs()) }]);
      else if (later) showFaults(this.#form, errors, gettext("It is not kept yet"), [{ field: null, text: whyNotKept(error) }]);
      else {
        this.#send.textContent = gettext("Try again");
        showFaults(this.#form, errors, gettext("Your message has not been sent yet"), [{ field: null, text: whyNotSent(error, callUs()) }]);
      }
    } finally {
      progress.end();
      this.#send.disabled = false;
      this.#keep.disabled = this.#ways.mustStay();
      this.#status.textContent = "";
    }
  }

  #fault(field: string, place: number): Fault[] {
    const { value } = byId(`check-${field}`, HTMLInputElement);
    if (isTheWord(value, this.#words[place] ?? "")) return [];
    const id = `check-${field}`;
    const typed = wordsIn(value).join(" ");
    if (typed === "") return [{ field: id, text: gettext("Enter word number {number}.", { number: place + 1 }) }];
    const values = { number: place + 1, word: TYPED };
    return [{ field: id, text: gettext("Enter word number {number} as you wrote it down. “{word}” is not the word we showed you.", values), typed }];
  }
}

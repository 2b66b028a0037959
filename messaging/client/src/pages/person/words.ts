/** The eight words: shown once, then two of them asked for; whoever has not kept them gets new ones. */

import { makeWords } from "../../protocol/index.ts";
import { byId, element, part } from "../parts/dom.ts";
import { clearFaults, showFaults, type Fault } from "../parts/errors.ts";
import { say } from "../parts/say.ts";

const FIELDS = ["first", "second"] as const;

/** Two different places of eight, in order; from the operating system's randomness like everything else here. */
function twoPlaces(): number[] {
  const [one = 0, other = 0] = crypto.getRandomValues(new Uint8Array(2));
  const first = one % 8;
  return [first, (first + 1 + (other % 7)) % 8].sort((left, right) => left - right);
}

export class WordSteps {
  readonly #show: (step: string) => void;
  readonly #kept: (words: readonly string[]) => Promise<void>;
  readonly #form = byId("check-form", HTMLFormElement);
  #words: string[] = [];
  #places: number[] = [];

  constructor(show: (step: string) => void, kept: (words: readonly string[]) => Promise<void>) {
    this.#show = show;
    this.#kept = kept;
    byId("print", HTMLButtonElement).addEventListener("click", () => window.print());
    byId("copy", HTMLButtonElement).addEventListener("click", () => void this.#copy());
    byId("kept", HTMLButtonElement).addEventListener("click", () => this.#ask());
    byId("afresh", HTMLButtonElement).addEventListener("click", () => this.begin());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#check();
    });
  }

  /** Makes new words and shows them. */
  begin(): void {
    this.#words = makeWords();
    byId("words", HTMLElement).replaceChildren(...this.#words.map((word) => element("li", word)));
    byId("copied", HTMLElement).textContent = "";
    this.#show("words");
  }

  /** Forgets the words, wherever they stand on the page. */
  drop(): void {
    this.#words = [];
    byId("words", HTMLElement).replaceChildren();
    this.#form.reset();
  }

  async #copy(): Promise<void> {
    const copied = byId("copied", HTMLElement);
    try {
      await navigator.clipboard.writeText(this.#words.join(" "));
      copied.textContent = say("Copied. Paste them somewhere safe now, then copy something else, so that they do not stay behind.");
    } catch {
      copied.textContent = say("Your browser did not let us copy. Please write the words on paper.");
    }
  }

  #ask(): void {
    // Shown once: from here on they are on paper, or they are new ones.
    byId("words", HTMLElement).replaceChildren();
    this.#places = twoPlaces();
    this.#form.reset();
    clearFaults(this.#form, part(this.#form, "errors", HTMLElement));
    FIELDS.forEach((field, index) => {
      const label = this.#form.querySelector(`label[for="check-${field}"]`);
      if (label !== null) label.textContent = say("Word number {number}", { number: (this.#places[index] ?? 0) + 1 });
    });
    part(this.#form, "fields", HTMLFieldSetElement).disabled = false;
    part(this.#form, "send", HTMLButtonElement).disabled = false;
    this.#show("check");
  }

  async #check(): Promise<void> {
    const errors = part(this.#form, "errors", HTMLElement);
    const faults = FIELDS.flatMap((field, index) => this.#fault(field, this.#places[index] ?? 0));
    if (faults.length > 0) return showFaults(this.#form, errors, say("There is a problem"), faults);
    clearFaults(this.#form, errors);
    const send = part(this.#form, "send", HTMLButtonElement);
    const status = part(this.#form, "status", HTMLElement);
    send.disabled = true;
    status.textContent = say("Good. One moment: your words become a key. This takes a few seconds…");
    // The page is painted first: making the key may hold it up.
    await new Promise((done) => setTimeout(done, 50));
    try {
      await this.#kept(this.#words);
      this.drop();
    } catch {
      showFaults(this.#form, errors, say("That did not work"), [{ field: null, text: say("Your browser could not make the key. Close other pages and try again.") }]);
    } finally {
      send.disabled = false;
      status.textContent = "";
    }
  }

  #fault(field: string, place: number): Fault[] {
    const typed = byId(`check-${field}`, HTMLInputElement).value.trim().toLowerCase();
    if (typed === this.#words[place]) return [];
    const id = `check-${field}`;
    if (typed === "") return [{ field: id, text: say("Enter word number {number}.", { number: place + 1 }) }];
    const values = { number: place + 1, word: typed.slice(0, 20) };
    return [{ field: id, text: say("Enter word number {number} as you wrote it down. “{word}” is not the word that we showed.", values) }];
  }
}

/** How much room a message has: told before anyone types, shown while they do, and said a second after they stop. */

import { textFits } from "../../protocol/index.ts";
import { part } from "../parts/dom.ts";
import { gettext, languages } from "../parts/gettext.ts";

const NEARLY = 0.75;
/** Typing has stopped when nothing came for so many milliseconds: a screen reader is not to be talked over. */
const STOPPED = 1000;

export class MessageLength {
  readonly #text: HTMLTextAreaElement;
  readonly #shown: HTMLElement;
  readonly #said: HTMLElement;
  #timer = 0;

  /** `form` has the parts `count`, which is seen, and `count-said`, which is heard. */
  constructor(form: HTMLFormElement, text: HTMLTextAreaElement) {
    this.#text = text;
    this.#shown = part(form, "count", HTMLElement);
    this.#said = part(form, "count-said", HTMLElement);
    this.#shown.id = `${text.id}-room`;
    // Whoever enters the field hears how much goes into it.
    text.setAttribute("aria-describedby", `${text.getAttribute("aria-describedby") ?? ""} ${this.#shown.id}`.trim());
    text.addEventListener("input", () => this.draw());
    this.draw();
  }

  /** Says and shows what holds for the text as it stands. */
  draw(): void {
    const { bytes, limit } = textFits(this.#text.value);
    this.#shown.classList.toggle("is-over", bytes > limit);
    this.#shown.textContent = roomInWords(this.#text.value);
    window.clearTimeout(this.#timer);
    // Far from the end there is nothing to say while someone writes.
    if (bytes <= limit * NEARLY) this.#said.textContent = "";
    else this.#timer = window.setTimeout(() => (this.#said.textContent = this.#shown.textContent), STOPPED);
  }
}

/** What there is room for beside this text, in letters such as it has: one letter takes one to six bytes. PURE but for the page's language. */
export function roomInWords(text: string): string {
  const { bytes, limit } = textFits(text);
  const letters = [...text].length;
  if (bytes > limit) return tooLongInWords(text);
  const each = letters === 0 ? 1 : bytes / letters;
  if (bytes <= limit * NEARLY) return gettext("There is room for about {count} letters in total.", { count: down(limit / each) });
  const left = Math.floor((limit - bytes) / each);
  if (left === 1) return gettext("There is room for about one more letter.");
  return gettext("There is room for about {count} more letters.", { count: down(left) });
}

/** By how much this text is too long: as many letters of its end as have to go. */
export function tooLongInWords(text: string): string {
  const over = overBy(text);
  // One letter has a sentence of its own; the other one must fit every other number.
  if (over === 1) return gettext("Your message is about one letter too long.");
  return gettext("Your message is about {count} letters too long.", { count: up(over) });
}

/** How many letters of the end have to go before the rest fits; 0 when it fits as it is. PURE. */
export function overBy(text: string): number {
  const letters = [...text];
  const fits = (count: number): boolean => {
    const { bytes, limit } = textFits(letters.slice(0, count).join(""));
    return bytes <= limit;
  };
  let [some, many] = [0, letters.length];
  while (some < many) {
    const middle = Math.ceil((some + many) / 2);
    if (fits(middle)) some = middle;
    else many = middle - 1;
  }
  return letters.length - some;
}

function up(count: number): string {
  return (count > 100 ? Math.ceil(count / 10) * 10 : count).toLocaleString(languages());
}

function down(count: number): string {
  const step = count > 1000 ? 100 : count > 100 ? 10 : 1;
  return (Math.floor(count / step) * step).toLocaleString(languages());
}

/** What is wrong with typed words, told on the device: the word is named, and nothing is sent to find out. PURE but for the page's language. */

import { BadWords, lowered, parseWords, wordsIn } from "../../protocol/index.ts";
import { TYPED } from "../parts/errors.ts";
import { gettext } from "../parts/gettext.ts";

const COUNT = 8;

/** What is wrong, and what was typed of it: `text` has TYPED where that stands. */
export interface TypedFault {
  readonly text: string;
  readonly typed?: string;
}

/** Two different places of eight, in order; from the operating system's randomness like everything else here. */
export function twoPlaces(): number[] {
  const [one = 0, other = 0] = crypto.getRandomValues(new Uint8Array(2));
  const first = one % 8;
  return [first, (first + 1 + (other % 7)) % 8].sort((left, right) => left - right);
}

/** Whether `text` is this one word of the list, read as the eight are read (PROTOCOL §2.8). */
export function isTheWord(text: string, word: string): boolean {
  const typed = wordsIn(text);
  return typed.length === 1 && lowered(typed[0] ?? "") === word;
}

/** The eight words, or the sentence that says what to mend. */
export function readWords(text: string): { readonly words: string[] } | { readonly fault: TypedFault } {
  const typed = wordsIn(text);
  if (typed.length === 0) return { fault: { text: gettext("Enter your eight words.") } };
  try {
    return { words: parseWords(text) };
  } catch (error) {
    if (!(error instanceof BadWords)) throw error;
    const { index } = error;
    if (index !== null) {
      const values = { number: index + 1, word: TYPED };
      return {
        fault: {
          text: gettext("Enter word {number} again: “{word}” is not in the list of words. Check how it is spelled.", values),
          typed: typed[index] ?? "",
        },
      };
    }
    if (typed.length === 1) return { fault: { text: gettext("Enter eight words. You have entered one.") } };
    if (typed.length !== COUNT) return { fault: { text: gettext("Enter eight words. You have entered {count}.", { count: typed.length }) } };
    return {
      fault: { text: gettext("Enter the eight words again. Each of them is in the list, but they do not belong together. Check every word, and the order.") },
    };
  }
}

/** What is wrong with typed words, told on the device: the word is named, and nothing is sent to find out. PURE. */

import { BadWords, parseWords } from "../../protocol/index.ts";
import { say } from "../parts/say.ts";

const COUNT = 8;
// The paper has the words with their numbers, and who copies it may type those too. No word has a digit.
const NUMBER = /^[1-8][.):]?$/u;

/** The eight words, or the sentence that says what to mend. */
export function readWords(text: string): { readonly words: string[] } | { readonly fault: string } {
  // The same separators as PROTOCOL §2.8, to name the word as it was typed.
  const typed = text.split(/[\s,\-\u2010-\u2015]+/u).filter((word) => word !== "" && !NUMBER.test(word));
  if (typed.length === 0) return { fault: say("Enter your eight words.") };
  try {
    return { words: parseWords(typed.join(" ")) };
  } catch (error) {
    if (!(error instanceof BadWords)) throw error;
    const { index } = error;
    if (index !== null) {
      const values = { number: index + 1, word: (typed[index] ?? "").slice(0, 20) };
      return { fault: say("Enter word {number} again: “{word}” is not in the list of words. Check how it is spelled.", values) };
    }
    if (typed.length === 1) return { fault: say("Enter eight words. This is one.") };
    if (typed.length !== COUNT) return { fault: say("Enter eight words. These are {count}.", { count: typed.length }) };
    return { fault: say("Enter the eight words again: each of them is in the list, but they do not belong together. Check every word, and the order.") };
  }
}

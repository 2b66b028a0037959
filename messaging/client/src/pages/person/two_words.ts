/** Two of the eight words, which an open conversation keeps: they bring it back when its page was hidden. The others are forgotten. */

import { isTheWord, twoPlaces } from "./word_input.ts";

export class TwoWords {
  /** Which two, from 1. */
  readonly places: readonly number[] = twoPlaces().map((place) => place + 1);
  #words: readonly string[] = [];

  keep(words: readonly string[]): void {
    this.#words = this.places.map((place) => words[place - 1] ?? "");
  }

  /** Whether these are the two. */
  are(typed: readonly string[]): boolean {
    return this.#words.length > 0 && this.#words.every((word, place) => isTheWord(typed[place] ?? "", word));
  }

  forget(): void {
    this.#words = [];
  }
}

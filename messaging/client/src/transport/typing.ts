/** Whether someone types, as both sides' pulses say it (PROTOCOL §12): for two beats after a letter. */

import { TYPING } from "../protocol/pulses.ts";

/** Milliseconds between two beats. */
export const BEAT = 2_000;
const TYPED = 2;

export class Typing {
  #at = Number.NEGATIVE_INFINITY;

  /** A letter was typed. */
  readonly note = (): void => {
    this.#at = performance.now();
  };

  /** TYPING, or 0. */
  get flag(): number {
    return performance.now() - this.#at < TYPED * BEAT ? TYPING : 0;
  }
}

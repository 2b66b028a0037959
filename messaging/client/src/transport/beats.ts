/**
 * A page's beats (PROTOCOL §12.7): counted by the clock from when it began, whether anything could be sent or not.
 *
 * Each is late by chance. They are put once for each line, by when the hub says something, and by nothing that happens on a page.
 */

import { chanceUpTo } from "./live_frames.ts";

/** By up to so much of itself each beat is late, by chance: typing moves a page's timers by far less. */
const LATE = 1 / 20;
/** So much of a beat before the hub says something, a beat begins: what goes then is there when the other side is told to look. */
const BEFORE = 1 / 5;

export class Beats {
  readonly #length: number;
  readonly #began = [performance.now(), Date.now()] as const;
  #put = 0;
  #last = 0;
  #due = 0;

  /** `length` is in milliseconds. */
  constructor(length: number) {
    this.#length = length;
  }

  /** The number of the beat that it is now. */
  get now(): number {
    return Math.max(this.#last, Math.floor(this.#since / this.#length) + 1);
  }

  /** The number of the beat that has begun last; 0 before the first. */
  get last(): number {
    return this.#last;
  }

  /** Milliseconds until the next begins. */
  get wait(): number {
    return Math.max(1, this.#due - this.#since);
  }

  /** Some browsers stop one of the two clocks while a device sleeps. */
  get #since(): number {
    return Math.max(performance.now() - this.#began[0], Date.now() - this.#began[1]) - this.#put;
  }

  /** Begins the beat that is due: true once for each. */
  begin(): boolean {
    if (this.#since < this.#due) return false;
    this.#last = this.now;
    this.#due = (this.#last + chanceUpTo(LATE)) * this.#length;
    return true;
  }

  /** The hub says something at this moment of each beat. The next is put off, by less than one, so that it begins before that. */
  put(): void {
    const past = (this.#since / this.#length) % 1;
    this.#put += ((past - BEFORE + 1) % 1) * this.#length;
  }
}

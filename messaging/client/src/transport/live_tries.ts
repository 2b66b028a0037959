/** When a line that is lost is tried again, and how long one try may take. No part of it touches a page. */

import { spread } from "./live_frames.ts";

/** How often the patience is doubled at most. */
const DOUBLED = 3;

export interface TryPace {
  /** Milliseconds until it is tried again: between half of it and all of it, the first time; `most` afterwards. */
  readonly again: number;
  readonly most: number;
  /**
   * For one try. Twice as much the next time, where the site answers and the socket does not: the service may be far away. A network that is dead
   * is given up soon each time, for the next try may find it alive.
   */
  readonly patience: number;
}

export class Tries {
  readonly #connect: () => void;
  readonly #pace: TryPace;
  #count = 0;
  #patience: number;
  #began = 0;
  #isAnswered = false;
  /** Before then it is not tried, whatever wakes: the hub said so. */
  #notBefore = 0;
  #giveUp: ReturnType<typeof setTimeout> | undefined;
  #next: ReturnType<typeof setTimeout> | undefined;

  constructor(connect: () => void, pace: TryPace) {
    [this.#connect, this.#pace, this.#patience] = [connect, pace, pace.patience];
  }

  /** A try begins; `gaveUp` is called when it has taken too long. How long it may take; null where it is too early to try. */
  begin(gaveUp: () => void): number | null {
    this.stop();
    const early = this.#notBefore - performance.now();
    if (early > 0) {
      this.#in(early);
      return null;
    }
    const patience = this.#patience;
    [this.#began, this.#isAnswered] = [performance.now(), false];
    this.#giveUp = setTimeout(() => {
      this.#patience = this.#isAnswered ? Math.min(2 * patience, this.#pace.patience * 2 ** DOUBLED) : this.#pace.patience;
      gaveUp();
    }, patience);
    return patience;
  }

  /** The site has answered something while this try lasts. */
  answered(): void {
    this.#isAnswered = true;
  }

  /** Whether the try at hand is so young that nothing is won by another. */
  isFresh(milliseconds: number): boolean {
    return this.#giveUp !== undefined && performance.now() - this.#began < milliseconds;
  }

  succeeded(): void {
    this.#count = 0;
    this.#clear();
  }

  /** It is tried again after so many seconds, which the hub has told, or after a while. */
  failed(seconds: number | null): void {
    this.stop();
    if (seconds !== null) this.#notBefore = performance.now() + seconds * 1000;
    this.#in(seconds === null ? spread(this.#count === 0 ? this.#pace.again : this.#pace.most) : seconds * 1000 + spread(this.#pace.again / 2));
    this.#count += 1;
  }

  stop(): void {
    clearTimeout(this.#next);
    this.#clear();
  }

  #clear(): void {
    clearTimeout(this.#giveUp);
    this.#giveUp = undefined;
  }

  #in(milliseconds: number): void {
    this.#next = setTimeout(this.#connect, milliseconds);
  }
}

/** Notices that nobody touches the page: asks once, then stops waiting, then closes what is open. */

import { ASK_AFTER, CLOSE_AFTER, STOP_AFTER } from "./live_words.ts";

export interface IdleWays {
  readonly ask: () => void;
  readonly stop: () => void;
  readonly close: () => void;
  /** Someone touched the page. */
  readonly back: () => void;
}

const EVENTS = ["keydown", "pointerdown", "input"] as const;
const MINUTE = 60_000;
const LOOKS = 5_000;

export class IdleWatch {
  readonly #ways: IdleWays;
  #since = Date.now();
  #done = 0;
  readonly #timer = window.setInterval(() => this.#look(), LOOKS);
  readonly #touched = (): void => {
    this.#since = Date.now();
    if (this.#done > 0) this.#ways.back();
    this.#done = 0;
  };

  constructor(ways: IdleWays) {
    this.#ways = ways;
    for (const event of EVENTS) document.addEventListener(event, this.#touched, { capture: true, passive: true });
  }

  stop(): void {
    window.clearInterval(this.#timer);
    for (const event of EVENTS) document.removeEventListener(event, this.#touched, { capture: true });
  }

  /** By the clock, for a page that was asleep is not asked how long it slept. */
  #look(): void {
    const minutes = (Date.now() - this.#since) / MINUTE;
    const steps = [
      [ASK_AFTER, this.#ways.ask],
      [STOP_AFTER, this.#ways.stop],
      [CLOSE_AFTER, this.#ways.close],
    ] as const;
    for (const [place, [after, act]] of steps.entries()) {
      if (this.#done !== place || minutes < after) continue;
      this.#done = place + 1;
      act();
    }
  }
}

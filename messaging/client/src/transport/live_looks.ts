/**
 * The looks of a live line: one at a time, for the answers of two could overtake each other. What was asked for meanwhile is looked at
 * afterwards, once; one that failed is made again. No part of it touches a page.
 */

import { spread } from "./live_frames.ts";

export interface LookWays {
  /** Reads by the ordinary interface; what it throws means that nothing could be read. False where nobody was asked. */
  readonly look: () => Promise<unknown>;
  /** The site has answered. */
  readonly answered: () => void;
  /** Whether the line tells when to look; while it does not, it is looked every `poll`. */
  readonly told: () => boolean;
  /** Whether the last look was answered, and in time; called when that changes. */
  readonly reached: (isReached: boolean) => void;
}

export class Looks {
  readonly #ways: LookWays;
  readonly #poll: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking = false;
  #again = false;
  #reached = true;
  #stopped = true;

  /** `poll` in milliseconds. */
  constructor(ways: LookWays, poll: number) {
    [this.#ways, this.#poll] = [ways, poll];
  }

  start(): void {
    this.#stopped = false;
    this.wait();
  }

  stop(): void {
    this.#stopped = true;
    this.#again = false;
    clearTimeout(this.#timer);
  }

  /** Looks now; where it looks already, once more afterwards. */
  now(): void {
    if (this.#stopped) return;
    if (this.#looking) {
      this.#again = true;
      return;
    }
    this.#looking = true;
    this.wait();
    void this.#look();
  }

  async #look(): Promise<void> {
    const isReached = await this.#ways.look().then(
      (asked) => {
        if (asked !== false) this.#ways.answered();
        return true;
      },
      () => false,
    );
    this.#looking = false;
    if (this.#stopped) return;
    if (!isReached) this.wait();
    this.#say(isReached);
    const again = this.#again;
    this.#again = false;
    if (again) this.now();
  }

  #say(isReached: boolean): void {
    if (isReached === this.#reached) return;
    this.#reached = isReached;
    this.#ways.reached(isReached);
  }

  /** Counts the time to the next look from now. Not all pages that a hub lost ask in the same moment. */
  wait(): void {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    this.#timer = setTimeout(
      () => {
        // One that has lasted so long may yet be answered; until then nothing is known.
        if (this.#looking) this.#say(false);
        if (this.#ways.told() && this.#reached) return;
        this.now();
        this.wait();
      },
      this.#poll * 0.7 + spread(this.#poll * 0.4),
    );
  }
}

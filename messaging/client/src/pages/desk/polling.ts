/**
 * Asks the server when the bell rings, and every few seconds while there is no bell; less often while nobody sees the page, and at once when
 * someone sees it again, or the device has a network again.
 */

import type { Bell } from "../../transport/index.ts";

const EVERY = 5_000;
const EVERY_UNSEEN = 30_000;
/** What the bell tells of needs no asking; the clock changes a little besides. */
const EVERY_TOLD = 30_000;
/** Between two rings that are heeded: a server that is slow to answer is asked less often. */
const GAP = 300;
const SLOWER = 4;

export class Polling {
  readonly #ask: () => Promise<void>;
  readonly #bell: Bell | null;
  readonly #hurries: () => boolean;
  #deafen: (() => void) | undefined;
  #timer = 0;
  #running = false;
  #asking = 0;
  #again = false;
  #heeds = 0;

  /** `ask` throws nothing; it looks at `isRunning` after it has waited. While it `hurries`, it asks as if there were no bell. */
  constructor(ask: () => Promise<void>, bell: Bell | null = null, hurries: () => boolean = () => false) {
    [this.#ask, this.#bell, this.#hurries] = [ask, bell, hurries];
  }

  get isRunning(): boolean {
    return this.#running;
  }

  /** Begins; again changes nothing. Resolves when it has asked for the first time. */
  async start(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    document.addEventListener("visibilitychange", this.#seen);
    window.addEventListener("online", this.#seen);
    this.#deafen = this.#bell?.listen({ rung: () => this.#rung(), silent: () => this.#wait(this.#every) });
    await this.now();
  }

  stop(): void {
    this.#running = false;
    window.clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#seen);
    window.removeEventListener("online", this.#seen);
    this.#deafen?.();
    this.#deafen = undefined;
  }

  /** Asks at once, and counts the seconds from then. */
  async now(): Promise<void> {
    window.clearTimeout(this.#timer);
    if (!this.#running) return;
    const began = performance.now();
    this.#asking += 1;
    await this.#ask();
    this.#asking -= 1;
    const ended = performance.now();
    this.#heeds = ended + Math.max(GAP, SLOWER * (ended - began));
    if (this.#asking === 0) this.#wait(this.#again ? this.#heeds - ended : this.#every);
  }

  get #every(): number {
    if (document.hidden) return EVERY_UNSEEN;
    return this.#bell?.isLive && !this.#hurries() ? EVERY_TOLD : EVERY;
  }

  #wait(milliseconds: number): void {
    window.clearTimeout(this.#timer);
    this.#again = false;
    if (this.#running) this.#timer = window.setTimeout(() => void this.now(), Math.max(0, milliseconds));
  }

  /** What is rung while it asks may have come too late for that answer. */
  #rung(): void {
    if (this.#asking > 0) this.#again = true;
    else this.#wait(this.#heeds - performance.now());
  }

  readonly #seen = (): void => {
    if (!document.hidden) void this.now();
  };
}

/** Asks the server every few seconds, less often while nobody sees the page, and at once when someone sees it again. */

const EVERY = 5_000;
const EVERY_UNSEEN = 30_000;

export class Polling {
  readonly #ask: () => Promise<void>;
  #timer = 0;
  #running = false;

  /** `ask` throws nothing; it looks at `isRunning` after it has waited. */
  constructor(ask: () => Promise<void>) {
    this.#ask = ask;
  }

  get isRunning(): boolean {
    return this.#running;
  }

  /** Begins; again changes nothing. Resolves when it has asked for the first time. */
  async start(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    document.addEventListener("visibilitychange", this.#seen);
    await this.now();
  }

  stop(): void {
    this.#running = false;
    window.clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#seen);
  }

  /** Asks at once, and counts the seconds from then. */
  async now(): Promise<void> {
    window.clearTimeout(this.#timer);
    if (!this.#running) return;
    await this.#ask();
    window.clearTimeout(this.#timer);
    if (this.#running) this.#timer = window.setTimeout(() => void this.now(), document.hidden ? EVERY_UNSEEN : EVERY);
  }

  readonly #seen = (): void => {
    if (!document.hidden) void this.now();
  };
}

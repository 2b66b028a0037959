/** The desk's bell (PROTOCOL §12.7): a line that says nothing but that a list has something new. It stands while someone listens. */

import { decode } from "../protocol/encoding.ts";
import { LiveLine } from "./live.ts";
import { liveAddress } from "./live_address.ts";

export interface BellListener {
  /** A list may have changed. */
  readonly rung: () => void;
  /** Nobody rings any more, until the bell is back. */
  readonly silent: () => void;
}

/** Milliseconds: the page answers the hub's signs of life, which come every ten seconds. A minute without a bell is the polling's to bridge. */
const PACE = { beat: 4_000, poll: 60_000 };
const NOTHING = new Uint8Array(256);

export class Bell {
  readonly #ticket: (patience: number) => Promise<string>;
  readonly #listeners = new Set<BellListener>();
  #line: LiveLine | null = null;

  /** `ticket` asks the desk's interface for one, within so many milliseconds. */
  constructor(ticket: (patience: number) => Promise<string>) {
    this.#ticket = ticket;
  }

  /** Whether everything new is rung. */
  get isLive(): boolean {
    return this.#line?.state === "live";
  }

  /** Returns what ends it. */
  listen(listener: BellListener): () => void {
    this.#listeners.add(listener);
    this.#line ??= this.#begun();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#line?.stop();
      this.#line = null;
    };
  }

  #begun(): LiveLine {
    const line = new LiveLine(
      liveAddress(),
      {
        ticket: async (patience) => decode(await this.#ticket(patience)),
        pulse: () => Promise.resolve(crypto.getRandomValues(NOTHING.slice())),
        heard: () => Promise.resolve(),
        look: () => {
          this.#tell((listener) => listener.rung());
          return Promise.resolve(false);
        },
        became: (state) => state !== "live" && this.#tell((listener) => listener.silent()),
      },
      PACE,
    );
    line.start();
    return line;
  }

  #tell(say: (listener: BellListener) => void): void {
    for (const listener of [...this.#listeners]) say(listener);
  }
}

/** The key of the eight words, made twice before anything is sent with it: once while the words are on the screen, and once more when they were given back. */

import { deriveInbox, forget, type InboxKeys, type Site, sameInbox } from "../../protocol/index.ts";

type Derive = (site: Site, words: readonly string[]) => Promise<InboxKeys>;
/** The words are painted first, and whoever presses something at once is not held up. */
const AFTER = 1_000;

/** Two keys came out of the same words: neither can be relied on. */
export class NotTheSameKey extends Error {}

export class DerivedTwice {
  readonly #derive: Derive;
  readonly #after: number;
  #words = "";
  #first: Promise<InboxKeys | null> = Promise.resolve(null);

  constructor(derive: Derive = deriveInbox, after: number = AFTER) {
    this.#derive = derive;
    this.#after = after;
  }

  /** Makes the key for the first time, soon; the same words again change nothing. */
  begin(site: Site, words: readonly string[]): void {
    const typed = words.join(" ");
    if (typed === this.#words) return;
    this.drop();
    this.#words = typed;
    this.#first = new Promise((done) => setTimeout(done, this.#after)).then(() => (this.#words === typed ? this.#once(site, words) : null));
  }

  /** Makes it again, and compares; throws NotTheSameKey, and what the derivation throws. Then nothing of either is left. */
  async again(site: Site, words: readonly string[]): Promise<InboxKeys> {
    const first = (this.#words === words.join(" ") ? await this.#first : null) ?? (await this.#derive(site, words));
    this.#words = "";
    this.#first = Promise.resolve(null);
    let second: InboxKeys | null = null;
    try {
      second = await this.#derive(site, words);
    } finally {
      if (second === null) forget(first);
    }
    const same = sameInbox(first, second);
    forget(first);
    if (same) return second;
    forget(second);
    throw new NotTheSameKey("the same words came to two keys");
  }

  /** Forgets the words and what was made of them. */
  drop(): void {
    this.#words = "";
    void this.#first.then((keys) => keys !== null && forget(keys));
    this.#first = Promise.resolve(null);
  }

  /** Null when it did not work, which the second time will say. */
  async #once(site: Site, words: readonly string[]): Promise<InboxKeys | null> {
    try {
      return await this.#derive(site, words);
    } catch {
      return null;
    }
  }
}

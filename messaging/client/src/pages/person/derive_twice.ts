/** The key of the eight words, made twice before anything is sent with it; both while the words are on the screen, so that nobody waits for either. */

import { deriveInbox, forget, type InboxKeys, type Progress, type Site, sameInbox } from "../../protocol/index.ts";

type Derive = (site: Site, words: readonly string[], progress?: Progress) => Promise<InboxKeys>;
/** Before each of the two the page is painted, and whoever presses something is not held up. */
const AFTER = 1_000;
const NONE: Promise<InboxKeys | null> = Promise.resolve(null);

/** Two keys came out of the same words: neither can be relied on. */
export class NotTheSameKey extends Error {}

export class DerivedTwice {
  readonly #derive: Derive;
  readonly #after: number;
  #words = "";
  #first = NONE;
  #second = NONE;
  #progress: Progress | undefined;

  constructor(derive: Derive = deriveInbox, after: number = AFTER) {
    this.#derive = derive;
    this.#after = after;
  }

  /** Makes the key for the first time, soon, and then once more; the same words again change nothing. */
  begin(site: Site, words: readonly string[]): void {
    const typed = words.join(" ");
    if (typed === this.#words) return;
    this.drop();
    this.#words = typed;
    const once = async (made: 0 | 1): Promise<InboxKeys | null> => {
      if (this.#words !== typed) return null;
      try {
        return await this.#made(site, words, made);
      } catch {
        // The next time will say that it did not work.
        return null;
      }
    };
    const pause = (): Promise<unknown> => new Promise((done) => setTimeout(done, this.#after));
    this.#first = pause().then(() => once(0));
    this.#second = this.#first.then((first) => (first === null ? null : pause().then(() => once(1))));
  }

  /**
   * Has it made again, and compares; throws NotTheSameKey, and what the derivation throws. Then nothing of either is left. Where it takes long,
   * `progress` hears how much of both is done.
   */
  async again(site: Site, words: readonly string[], progress?: Progress): Promise<InboxKeys> {
    const [begun, also] = this.#words === words.join(" ") ? [this.#first, this.#second] : [NONE, NONE];
    this.#progress = progress;
    const first = (await begun) ?? (await this.#made(site, words, 0));
    let second: InboxKeys | null = null;
    try {
      second = (await also) ?? (await this.#made(site, words, 1));
    } finally {
      this.#words = "";
      this.#first = this.#second = NONE;
      this.#progress = undefined;
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
    for (const made of [this.#first, this.#second]) void made.then((keys) => keys !== null && forget(keys));
    this.#first = this.#second = NONE;
  }

  #made(site: Site, words: readonly string[], before: 0 | 1): Promise<InboxKeys> {
    return this.#derive(site, words, (done) => this.#progress?.((before + done) / 2));
  }
}

/** Throws NotTheSameKey unless the words lead to these keys once more. */
export async function demandAgain(site: Site, words: readonly string[], keys: InboxKeys, progress: Progress): Promise<void> {
  const again = await deriveInbox(site, [...words], progress);
  const same = sameInbox(again, keys);
  forget(again);
  if (!same) throw new NotTheSameKey("the same words came to two keys");
}

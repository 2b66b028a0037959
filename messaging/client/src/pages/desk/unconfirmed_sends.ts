/**
 * Sealed words that the server may have, though it did not say so: the very same bytes go again, and nothing in their place (PROTOCOL §5.3).
 *
 * They are kept with the drafts, so that another conversation, a locked desk or a page that is loaded again makes no second message of them.
 */

import { Problem } from "../../transport/index.ts";

/** Words, and the bytes that they were sealed as. */
export interface Sealed<Body> {
  readonly text: string;
  readonly body: Body;
}

/** Whether the server may have the bytes whose sending ended so. */
export function mayHaveArrived(error: unknown): boolean {
  return error instanceof Problem && (error.passing || error.type === "bad-answer" || error.status >= 500);
}

export class UnconfirmedSend<Body> {
  readonly #write: (kept: string) => void;
  #sealed: Sealed<Body> | null;

  /** `kept` is what was written before, "" for nothing. */
  constructor(kept: string, write: (kept: string) => void) {
    this.#write = write;
    this.#sealed = kept === "" ? null : (JSON.parse(kept) as Sealed<Body>);
  }

  get sealed(): Sealed<Body> | null {
    return this.#sealed;
  }

  keep(sealed: Sealed<Body>): Sealed<Body> {
    this.#sealed = sealed;
    this.#write(JSON.stringify(sealed));
    return sealed;
  }

  /** They are there, or were given up. */
  drop(): void {
    if (this.#sealed === null) return;
    this.#sealed = null;
    this.#write("");
  }

  /** Seals the words and sends them; the same words again are the same bytes for as long as the server may have them. Throws what both throw. */
  async deliver(text: string, seal: () => Promise<Body>, send: (body: Body) => Promise<unknown>): Promise<void> {
    const sealed = this.#sealed?.text === text ? this.#sealed : this.keep({ text, body: await seal() });
    try {
      await send(sealed.body);
    } catch (error) {
      if (!mayHaveArrived(error)) this.drop();
      throw error;
    }
    this.drop();
  }
}

/** Sealed bytes are kept until the server acknowledges them, and are sealed afresh only when it says that they no longer fit (PROTOCOL §5.3). PURE. */

import { Problem } from "../../transport/index.ts";
import { mayHaveArrived } from "./messages_for_errors.ts";

export interface Way<Body, Answer> {
  /** Seals the text as things stand now. */
  readonly seal: (text: string) => Promise<Body>;
  readonly send: (body: Body) => Promise<Answer>;
  /** Brings what the next sealing needs up to date; false when the person must look at something first. */
  readonly refresh: (problem: Problem) => Promise<boolean>;
}

const MOST = 3;

export class Delivery<Body, Answer> {
  readonly #way: Way<Body, Answer>;
  #kept: { readonly text: string; readonly body: Body } | null = null;
  #open = false;

  constructor(way: Way<Body, Answer>) {
    this.#way = way;
  }

  /** Whether the kept bytes may have arrived: until that is known no other text may take their place. */
  get open(): boolean {
    return this.#open;
  }

  /** Sends the text; throws what seal, send and refresh throw. */
  async deliver(text: string): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      if (this.#kept === null || (!this.#open && this.#kept.text !== text)) this.#kept = { text, body: await this.#way.seal(text) };
      try {
        const answer = await this.#way.send(this.#kept.body);
        this.forget();
        return answer;
      } catch (error) {
        this.#open = mayHaveArrived(error);
        if (!(error instanceof Problem) || !error.sealAfresh) throw error;
        this.forget();
        if (!(await this.#way.refresh(error)) || attempt >= MOST) throw error;
      }
    }
  }

  /** Drops the kept bytes. */
  forget(): void {
    this.#kept = null;
    this.#open = false;
  }
}

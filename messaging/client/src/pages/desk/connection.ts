/** Whether the lists are up to date: since when they are not and why, what to do, and nothing anew that stands there already. */

import { BadContinuation } from "../../protocol/index.ts";
import { now } from "../parts/clock.ts";
import { element } from "../parts/element.ts";
import { signInLink, wayOut } from "./account_links.ts";
import { button, Status } from "./dom.ts";
import { failureWords, isSignedOut, silenceWords } from "./messages_for_errors.ts";

const OUT = "You have been signed out.";
const NOT_YET = "You are not signed in yet, or you are signed in as someone else.";

export class Connection {
  readonly #status = new Status();
  /** Since when the lists are not up to date; "" while they are. */
  #since = "";
  #out = OUT;

  get place(): HTMLElement {
    return this.#status.place;
  }

  /** Whether the last look failed. */
  get isLost(): boolean {
    return this.#since !== "";
  }

  /** They are up to date. */
  clear(): void {
    this.#status.clear();
    this.#since = "";
    this.#out = OUT;
  }

  /** A look has failed; `signedInAgain` takes up the new session and looks again, and fails where there is none. */
  lost(error: unknown, signedInAgain: () => Promise<void>): void {
    this.#since ||= new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(now());
    if (error instanceof BadContinuation) return this.#status.warn(failureWords("The desk’s new keys were not loaded", error));
    const way = wayOut(error);
    if (way !== null) return this.#status.warnOnce(`${failureWords("The lists are not up to date", error)} What you typed is still here.`, way);
    if (!isSignedOut(error)) return this.#status.warnOnce(`The lists have not been up to date since ${this.#since}: ${silenceWords(error)}.`);
    const notYet = (): void => {
      this.#out = NOT_YET;
      this.lost(error, signedInAgain);
    };
    const back = button("I have signed in again: show the lists", "secondary", () => void signedInAgain().catch(notYet));
    this.#status.warnOnce(`${this.#out} What you typed is still here.`, element("p", {}, signInLink(), " ", back));
  }
}

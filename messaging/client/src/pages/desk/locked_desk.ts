/** The lists of a locked desk: they hold no content and need no vault (PROTOCOL §8.3), so a locked desk still hears that someone waits. */

import type { ConversationsAnswer } from "../../protocol/index.ts";
import { now } from "../parts/clock.ts";
import { element } from "../parts/element.ts";
import { signInLink, wayOut } from "./account_links.ts";
import { button } from "./dom.ts";
import { isSignedOut, silenceWords } from "./messages_for_errors.ts";
import { type DeskPage, renewSession } from "./page.ts";
import { Polling } from "./polling.ts";
import { showInTitle, type Waits, waitsIn } from "./waiting_counts.ts";

export class LockedDesk {
  readonly place = element("div", { role: "status", class: "desk-waits" });
  readonly #page: DeskPage;
  readonly #heard: (answer: ConversationsAnswer) => void;
  #said = "";
  /** Since when nothing was heard; "" while it is. */
  #since = "";
  readonly #polling: Polling;

  constructor(page: DeskPage, heard: (answer: ConversationsAnswer) => void) {
    this.#page = page;
    this.#heard = heard;
    this.#polling = new Polling(
      () => this.#look(),
      page.bell,
      () => this.#since !== "",
    );
  }

  /** Begins to look; again changes nothing. */
  start(): void {
    void this.#polling.start();
  }

  stop(): void {
    this.#polling.stop();
    this.#say("", false);
  }

  async #look(): Promise<void> {
    try {
      const answer = await this.#page.api.conversations(true);
      if (!this.#polling.isRunning) return;
      this.#since = "";
      this.#heard(answer);
      const waits = waitsIn(answer, this.#page.name);
      showInTitle(waits);
      this.#say(waitWords(waits), waits.flags.length > 0);
    } catch (error) {
      if (!this.#polling.isRunning) return;
      this.#lost(error);
    }
  }

  /** A desk that hears nothing says so: silence would be taken for "nobody waits". */
  #lost(error: unknown): void {
    showInTitle(null);
    this.#since ||= new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(now());
    const words = `Since ${this.#since}, this page has not known who is waiting`;
    if (!isSignedOut(error)) return this.#say(`${words}: ${silenceWords(error)}.`, true, wayOut(error));
    const back = button(
      "I have signed in again: show who is waiting",
      "secondary",
      () =>
        void renewSession(this.#page).then(
          () => this.#polling.now(),
          () => undefined,
        ),
    );
    this.#say(`${words}: you have been signed out.`, true, element("p", {}, signInLink(), " ", back));
  }

  #say(words: string, pressing: boolean, more: Node | null = null): void {
    if (words === this.#said) return;
    this.#said = words;
    this.place.replaceChildren(
      ...(words === "" ? [] : [element("div", { class: `desk-message${pressing ? " desk-message--error" : ""}` }, element("p", {}, words), more)]),
    );
  }
}

/** "One flag is up that no lead has opened. 3 conversations are waiting for you. 2 are waiting for any counsellor." */
export function waitWords({ mine, flags, decide, anybody }: Waits): string {
  const said: string[] = [];
  if (flags.length > 0) said.push(flags.length === 1 ? "One flag is up that no lead has opened." : `${flags.length} flags are up that no lead has opened.`);
  if (decide.length > 0)
    said.push(decide.length === 1 ? "One disclosure is waiting for your decision." : `${decide.length} disclosures are waiting for your decision.`);
  if (mine.length > 0) said.push(mine.length === 1 ? "1 conversation is waiting for you." : `${mine.length} conversations are waiting for you.`);
  if (anybody > 0) said.push(anybody === 1 ? "1 is waiting for any counsellor." : `${anybody} are waiting for any counsellor.`);
  return said.length === 0 ? "Nobody is waiting." : said.join(" ");
}

/** Who else looks at this conversation or types into it (PROTOCOL §8.7): a beat every few seconds, with no content, and a line that says so. */

import type { Doing } from "../../protocol/index.ts";
import { joined } from "../parts/dom.ts";
import { element } from "../parts/element.ts";
import { hasSignedOut } from "./drafts.ts";
import type { DeskPage } from "./page.ts";

const BEAT = 8_000;

export class Presence {
  readonly place = element("p", { class: "desk-here desk-quiet", role: "status", "aria-live": "polite" });
  readonly #page: DeskPage;
  readonly #conversation: string;
  #timer = 0;
  #typed = 0;
  #closed = false;

  constructor(page: DeskPage, conversation: string) {
    this.#page = page;
    this.#conversation = conversation;
  }

  start(): void {
    void this.#beat();
  }

  /** Something was typed into the reply: the next beat says so. At once, it would show on the line when someone begins to type. */
  typed(): void {
    this.#typed = Date.now();
  }

  close(): void {
    this.#closed = true;
    window.clearTimeout(this.#timer);
    // Nobody has to hear that it failed: without it, the last beat runs out, as it does after signing out.
    if (this.#timer !== 0 && !hasSignedOut()) void this.#page.api.presence(this.#conversation, "left").catch(() => undefined);
  }

  async #beat(): Promise<void> {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#beat(), BEAT);
    if (document.hidden) return;
    const doing: Doing = Date.now() - this.#typed < BEAT ? "types" : "views";
    try {
      const others = await this.#page.api.presence(this.#conversation, doing);
      if (!this.#closed) this.#say(others);
    } catch {
      // The lists say when there is no connection; this line only says nothing then.
      if (!this.#closed) this.#say([]);
    }
  }

  #say(others: readonly { readonly name: string; readonly doing: "views" | "types" }[]): void {
    const of = (doing: "views" | "types"): string[] => others.filter((one) => one.doing === doing).map((one) => one.name);
    const words = (names: string[], one: string, many: string): string => (names.length === 0 ? "" : `${joined(names)} ${names.length === 1 ? one : many}.`);
    const said = [words(of("types"), "is typing here", "are typing here"), words(of("views"), "is also looking at this", "are also looking at this")]
      .filter((text) => text !== "")
      .join(" ");
    if (this.place.textContent !== said) this.place.textContent = said;
  }
}

/** The lists on the page: drawn anew only when they changed, with the focus where it was. */

import type { ConversationsAnswer } from "../../protocol/index.ts";
import { now } from "../parts/clock.ts";
import { element } from "../parts/element.ts";
import { allLines } from "./conversation_lines.ts";
import { listPart } from "./conversation_list.ts";
import type { NotesSeen } from "./waiting_counts.ts";

export class ListsPanel {
  readonly place = element("div", { class: "desk-side" }, element("p", { class: "desk-none", "aria-busy": "true" }, "Loading conversations…"));
  readonly #choose: (conversation: string) => void;
  readonly #unfolded = new Set<string>();
  #chosen: string | null = null;
  #drawn = "";

  constructor(choose: (conversation: string) => void) {
    this.#choose = choose;
  }

  failed(): void {
    this.place.replaceChildren(element("p", { class: "desk-quiet" }, "The lists could not be loaded."));
  }

  /** `chosen` is the open conversation; `begun` are those in which something was typed and not sent. */
  draw(answer: ConversationsAnswer, chosen: string | null, begun: ReadonlySet<string>, notes: NotesSeen): void {
    this.#chosen = chosen;
    // A due time that passes changes what is shown, though nothing new came.
    const noted = allLines(answer)
      .filter((line) => notes.hasNew(line))
      .map((line) => line.conversation);
    const state = JSON.stringify([answer, chosen, [...begun], noted, Math.floor(now() / 60_000)]);
    if (state === this.#drawn) return;
    this.#drawn = state;
    const active = document.activeElement instanceof HTMLElement && this.place.contains(document.activeElement) ? document.activeElement : null;
    const fold = active?.closest("details")?.dataset.fold;
    const focused = active?.dataset.conversation;
    this.place.replaceChildren(listPart(answer, { chosen, unfolded: this.#unfolded, begun, notes, choose: this.#choose }));
    if (focused !== undefined) this.entry(focused)?.focus();
    else if (fold !== undefined) this.place.querySelector<HTMLElement>(`[data-fold="${fold}"] summary`)?.focus();
  }

  entry(conversation: string): HTMLElement | null {
    return this.#entries().find((one) => one.dataset.conversation === conversation) ?? null;
  }

  /** The focus goes to the next conversation in sight, or the one before. */
  move(by: 1 | -1): boolean {
    const entries = this.#entries().filter((one) => one.checkVisibility());
    const at = entries.findIndex(
      (one) => one === document.activeElement || (!this.place.contains(document.activeElement) && one.dataset.conversation === this.#chosen),
    );
    const next = entries[at === -1 ? (by === 1 ? 0 : entries.length - 1) : at + by];
    next?.focus();
    return next !== undefined;
  }

  #entries(): HTMLElement[] {
    return [...this.place.querySelectorAll<HTMLElement>("[data-conversation]")];
  }
}

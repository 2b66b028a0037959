/** What can be done with a conversation besides answering it: each folded, one unfolded at a time. */

import type { ColleaguesAnswer, ConversationAnswer, OpenDesk, Thread } from "../../protocol/index.ts";
import { busy, tree, type Child } from "./dom.ts";
import { closePart } from "./close.ts";
import { flagPart } from "./flags.ts";
import type { DeskPage } from "./page.ts";
import { blockPart, giveBackPart, handOverPart, takeOverPart } from "./reassign.ts";
import { snoozePart } from "./snooze.ts";

/** What the parts ask of the conversation they stand in. */
export interface Work {
  readonly page: DeskPage;
  readonly conversation: string;
  current(): { readonly desk: OpenDesk; readonly thread: Thread };
  colleagues(): ColleaguesAnswer | null;
  /** Keeps a note for the desk, typed in the box of that name; throws Problem or ProtocolError. */
  keepNote(text: string, what: string): Promise<void>;
  /** Reads the conversation again, says what was done, and moves the focus to where one goes on; `pressing` where something must be done at once. */
  done(words: string, pressing?: boolean): Promise<void>;
  failed(doing: string, error: unknown): void;
  /** Words that are not sent yet, by what they are for. */
  draft(what: string): string;
  drafted(what: string, text: string): void;
}

/** The parts that fit whoever looks and how the conversation stands. */
export function workPart(work: Work, answer: ConversationAnswer): HTMLElement {
  const mine = answer.assigned_to === work.page.name;
  const lead = work.colleagues()?.lead ?? false;
  const isOpen = answer.state === "assigned" || answer.state === "answered";
  return tree(
    "div",
    { class: "desk-work" },
    lead && !mine && takeOverPart(work),
    mine && isOpen && closePart(work, answer),
    mine && isOpen && snoozePart(work, answer),
    mine && isOpen && handOverPart(work),
    mine && giveBackPart(work, answer),
    flagPart(work, answer, lead),
    (mine || lead) && blockPart(work, answer),
  );
}

/** Unfolds a part and moves the focus into it; false where there is no such part now. */
export function unfoldIn(place: HTMLElement, name: string): boolean {
  const found = place.querySelector<HTMLDetailsElement>(`details[data-work="${name}"]`);
  if (found === null) return false;
  found.open = true;
  found.querySelector<HTMLElement>("div :is(button, input, select, textarea)")?.focus();
  return true;
}

/** One part, by the name under which a key unfolds it. */
export function fold(name: string, title: string, ...inside: readonly Child[]): HTMLDetailsElement {
  const summary = tree("summary", { class: "govuk-details__summary" }, tree("span", { class: "govuk-details__summary-text" }, title));
  return tree("details", { class: "govuk-details", name: "desk-work", "data-work": name }, summary, tree("div", { class: "govuk-details__text" }, ...inside));
}

/** Does something that a button was pressed for: says what was done, or what was not and why. */
export function act(work: Work, pressed: HTMLButtonElement, words: { readonly doing: string; readonly done: string; readonly failed: string }, what: () => Promise<unknown>): void {
  void busy(pressed, words.doing, async () => {
    try {
      await what();
      await work.done(words.done);
    } catch (error) {
      work.failed(words.failed, error);
    }
  });
}

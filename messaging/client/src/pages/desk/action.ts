/** One action on a conversation: what it asks of the conversation, its fold on the page, and how it is carried out. */

import type { ColleaguesAnswer, OpenDesk, Thread } from "../../protocol/index.ts";
import { type Child, element } from "../parts/element.ts";
import { busy } from "./dom.ts";
import type { DeskPage } from "./page.ts";

/** What an action asks of the conversation that it stands in. */
export interface ActionContext {
  readonly page: DeskPage;
  readonly conversation: string;
  current(): { readonly desk: OpenDesk; readonly thread: Thread };
  colleagues(): ColleaguesAnswer | null;
  isMine(): boolean;
  isLead(): boolean;
  /** Reads the conversation again; throws Problem or ProtocolError. */
  reload(): Promise<void>;
  /** Something changed that the lists show. */
  changed(): void;
  /** Keeps a note for the desk, typed in the box of that name; throws Problem or ProtocolError. */
  keepNote(text: string, what: string): Promise<void>;
  /** Reads the conversation again, says what was done, and moves the focus to where one goes on; `pressing` where something must be done at once. */
  done(words: string, pressing?: boolean): Promise<void>;
  failed(doing: string, error: unknown): void;
  /** Words that are not sent yet, by what they are for. */
  draft(what: string): string;
  drafted(what: string, text: string): void;
}

/** One part, by the name under which a key unfolds it. */
export function fold(name: string, title: string, ...inside: readonly Child[]): HTMLDetailsElement {
  const summary = element("summary", { class: "govuk-details__summary" }, element("span", { class: "govuk-details__summary-text" }, title));
  return element(
    "details",
    { class: "govuk-details", name: "desk-actions", "data-action": name },
    summary,
    element("div", { class: "govuk-details__text" }, ...inside),
  );
}

/** Does something that a button was pressed for: says what was done, or what was not and why. */
export function act(
  context: ActionContext,
  pressed: HTMLButtonElement,
  words: { readonly doing: string; readonly done: string; readonly failed: string },
  what: () => Promise<unknown>,
): void {
  void busy(pressed, words.doing, async () => {
    try {
      await what();
      await context.done(words.done);
    } catch (error) {
      context.failed(words.failed, error);
    }
  });
}

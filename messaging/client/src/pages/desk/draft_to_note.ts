/** Saves a reply that was started, in a conversation that a colleague has now, as a note for the desk alone (PROTOCOL §8.5). */

import { type OpenDesk, sealNoteOn } from "../../protocol/index.ts";
import { element } from "../parts/element.ts";
import { CHOSEN } from "./choices.ts";
import { busy, button, Status } from "./dom.ts";
import { failureWords } from "./messages_for_errors.ts";
import type { DeskPage } from "./page.ts";
import type { ReadThreads } from "./read_threads.ts";
import { UnconfirmedSend } from "./unconfirmed_sends.ts";

const BEGUN = "Started as a reply, and not sent:\n\n";

/**
 * Saves the reply that was started there as one note, however often it has to be tried, and drops the draft.
 *
 * Returns whether there was a reply to save: nothing else that was started there is touched. Throws Problem or ProtocolError.
 */
export async function sendAlong(
  page: DeskPage,
  desk: OpenDesk,
  conversation: string,
  drafts: ReadonlyMap<string, string>,
  threads: ReadThreads,
): Promise<boolean> {
  const text = drafts.get(conversation) ?? "";
  if (text.trim() === "") return false;
  // What the server may have as a reply is first looked for as one.
  if (drafts.has(`sealed-reply ${conversation}`)) throw new Error("it may have arrived");
  const pending = new UnconfirmedSend<string>(drafts.get(`sealed-along ${conversation}`) ?? "", (kept) =>
    threads.drafted(`sealed-along ${conversation}`, kept),
  );
  await pending.deliver(
    text,
    () => sealNoteOn(page.site, desk, conversation, BEGUN + text),
    (note) => page.api.writeNote(conversation, note),
  );
  threads.drafted(conversation, "");
  threads.drafted(`${CHOSEN}reply-kind ${conversation}`, "");
  return true;
}

/** A button below a reply that can no longer be sent; `send` saves the note and empties the reply. */
export class DraftToNote {
  readonly place = element("div");
  readonly #send: () => Promise<unknown>;
  #shown = "";

  constructor(send: () => Promise<unknown>) {
    this.#send = send;
  }

  /** `left` says that something stands in the reply of a conversation that is no longer mine. */
  show(left: boolean, holder: string | null): void {
    const state = left ? `left ${holder}` : "";
    if (state === this.#shown) return;
    this.#shown = state;
    this.place.replaceChildren(...(left ? this.#parts(holder) : []));
  }

  #parts(holder: string | null): HTMLElement[] {
    const status = new Status();
    const press: HTMLButtonElement = button("Save what I typed as a note", "secondary", () => {
      void busy(press, "Saving it…", () => this.#send().catch((error: unknown) => status.warn(failureWords("The note was not saved", error))));
    });
    const note = `You can save it as an encrypted note for ${holder ?? "the next counsellor"}. The person never sees it.`;
    const words = `What you typed was not sent. You cannot send it now, because the conversation is no longer yours. ${note}`;
    return [element("div", { class: "desk-along" }, element("p", {}, words), press, status.place)];
  }
}

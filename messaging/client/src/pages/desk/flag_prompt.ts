/** Whoever raised a flag is told that a lead has opened it: by opening the conversation, or by a press where it is open already (PROTOCOL §8.3). */

import type { FlagState } from "../../protocol/index.ts";
import { element } from "../parts/element.ts";
import type { ActionContext } from "./action.ts";
import { busy, button, type Status } from "./dom.ts";
import { failureWords } from "./messages_for_errors.ts";
import { isUnopened } from "./waiting_counts.ts";

/** What the prompt asks of the conversation that it stands in. */
export interface FlagPromptContext extends Pick<ActionContext, "page" | "conversation" | "isLead" | "reload" | "changed"> {
  /** The flag as it was last read; null before that. */
  flag(): FlagState | null;
  /** Where it is said that nobody could be told. */
  readonly status: Status;
  /** Moves the focus to where one goes on once the flag was seen. */
  focus(): void;
}

export class FlagPrompt {
  /** Apart from the folds of the actions, which must not close because it goes. */
  readonly place = element("div");
  readonly #context: FlagPromptContext;
  #opening = true;

  constructor(context: FlagPromptContext) {
    this.#context = context;
  }

  /** A press on the conversation has opened it, and what it says can be read: whoever raised the flag may know. */
  async opened(): Promise<void> {
    if (this.#waits) await this.#see();
    this.#opening = false;
    this.draw();
  }

  /** Asks for a press where a flag went up, or could not be noted as opened, while a lead has the conversation open; or asks no more. */
  draw(): void {
    const asks = this.#waits && !this.#opening;
    if (asks === this.place.childElementCount > 0) return;
    const seen: HTMLButtonElement = button("I have seen the flag", "", () => void busy(seen, "Saving…", () => this.#see().then(() => this.#context.focus())));
    this.place.replaceChildren(...(asks ? [seen] : []));
  }

  /** Whether this lead is waited for: a flag of someone else's that no lead has opened. */
  get #waits(): boolean {
    const flag = this.#context.flag();
    return flag !== null && this.#context.isLead() && isUnopened(flag) && flag.flag_by !== this.#context.page.name;
  }

  /** Notes that this lead has opened the flag, and shows it; said where it could not be noted. */
  async #see(): Promise<void> {
    const { page, conversation, status } = this.#context;
    try {
      await page.api.openFlag(conversation);
      await this.#context.reload();
      this.#context.changed();
    } catch (error) {
      status.warn(failureWords("Nobody has been told that you opened the flag", error));
    }
  }
}

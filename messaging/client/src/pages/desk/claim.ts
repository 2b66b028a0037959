/** Claiming a conversation that waits: the first gets it, the second is told by whom it was taken. */

import { Problem } from "../../transport/index.ts";
import type { ActionContext } from "./action.ts";
import { busy, button, type Status } from "./dom.ts";
import { failureWords, takenBy } from "./messages_for_errors.ts";

/** What it asks of the conversation it stands in. */
export interface ClaimContext extends Pick<ActionContext, "page" | "conversation" | "reload" | "changed"> {
  readonly status: Status;
  /** Moves the focus to where one goes on once it is claimed. */
  focus(): void;
}

export function claimPart({ page, conversation, status, reload, focus, changed }: ClaimContext): HTMLElement {
  const take: HTMLButtonElement = button("Take this conversation", "", () => {
    void busy(take, "Taking the conversation…", async () => {
      try {
        await page.api.claim(conversation);
        await reload();
        status.say("You have this conversation now.");
        focus();
      } catch (error) {
        if (error instanceof Problem && error.type === "taken") {
          await reload().catch(() => undefined);
          status.warn(`${takenBy(error)} took this conversation just before you. You do not need to do anything.`);
        } else status.warn(failureWords("You could not take the conversation", error));
      }
      changed();
    });
  });
  return take;
}

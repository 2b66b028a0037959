/** Taking a conversation that waits: the first gets it, the second is told by whom it was taken. */

import { Problem } from "../../transport/index.ts";
import { busy, button, type Status } from "./dom.ts";
import type { DeskPage } from "./page.ts";
import { failureWords, takenBy } from "./messages_for_errors.ts";

/** What it asks of the conversation it stands in. */
export interface Taking {
  readonly page: DeskPage;
  readonly conversation: string;
  readonly status: Status;
  load(): Promise<void>;
  focus(): void;
  changed(): void;
}

export function takePart({ page, conversation, status, load, focus, changed }: Taking): HTMLElement {
  const take: HTMLButtonElement = button("Take this conversation", "", () => {
    void busy(take, "Taking it…", async () => {
      try {
        await page.api.claim(conversation);
        await load();
        status.say("It is yours now.");
        focus();
      } catch (error) {
        if (error instanceof Problem && error.type === "taken") {
          await load().catch(() => undefined);
          status.warn(`${takenBy(error)} took this conversation just before you. There is nothing for you to do here.`);
        } else status.warn(failureWords("You could not take it", error));
      }
      changed();
    });
  });
  return take;
}

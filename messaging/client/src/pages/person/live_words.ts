/** What an open conversation says of the other side and of the line, in plain words. PURE but for the page's language. */

import { AWAY, LEAVING, MOMENT, type Presence, TYPING } from "../../protocol/pulses.ts";
import type { LineState } from "../../transport/live.ts";
import { gettext } from "../parts/gettext.ts";

/** `idle`: it has stopped, because nobody touched the page. `off`: the person stopped it. */
export type Standing = LineState | "idle" | "off";

/** Minutes without a tap or a key, after which the page asks, stops waiting, and closes the conversation. */
export const [ASK_AFTER, STOP_AFTER, CLOSE_AFTER] = [10, 12, 30];

/** The first sentence: what the page does while it stands there, and whether what it asked last was answered. */
export function waitingWords(standing: Standing, isReached: boolean): string {
  if (!isReached && (standing === "joining" || standing === "live" || standing === "polling"))
    return gettext("We cannot look for an answer at the moment. This page tries again every ten seconds, and nothing that you sent is lost.");
  switch (standing) {
    case "live":
      return gettext("You can wait here. We show the answer on this page.");
    case "joining":
      return gettext("You can wait here. We show the answer on this page.");
    case "polling":
      return gettext("There is no direct connection. You can still wait here: we look for an answer every ten seconds.");
    case "elsewhere":
      return gettext("This conversation is open on another page too. That page waits for the answer, and this one has stopped.");
    case "idle":
      return gettext("This page has stopped looking, because nobody used it for a while. Nothing is lost: your message waits for a counsellor.");
    default:
      return gettext("This page does not look for an answer now. Nothing is lost: your message waits for a counsellor.");
  }
}

/** The second: who is there at this moment; "" for nobody. */
export function presenceWords(there: Presence | null): string {
  if (there === null) return "";
  const name = there.displayName;
  if (there.flags & LEAVING) return gettext("{name} has to go. It goes on as a message: what you write now is answered later.", { name });
  if (there.flags & AWAY) return gettext("{name} is away for a moment.", { name });
  if (there.flags & MOMENT) return gettext("{name} needs a moment, and will be back.", { name });
  if (there.flags & TYPING) return gettext("{name} is writing.", { name });
  return gettext("{name} is here.", { name });
}

/** Another counsellor is there than before. */
export function changedWords(name: string, before: string): string {
  return gettext("Your counsellor has changed. {name} is here now, in place of {before}.", { name, before });
}

/** How long it waits without anyone there. */
export function untilWords(): string {
  return gettext(
    "If nobody touches this page, it asks after {ask} minutes and stops looking after {stop}. After {close} minutes it closes your conversation.",
    {
      ask: ASK_AFTER,
      stop: STOP_AFTER,
      close: CLOSE_AFTER,
    },
  );
}

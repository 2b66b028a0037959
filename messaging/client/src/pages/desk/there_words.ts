/** What the desk's page says of the person's page, in plain words. PURE. */

import { AWAY, LEAVING, MOMENT, type Presence, TYPING } from "../../protocol/pulses.ts";
import type { LineState } from "../../transport/live.ts";

/** `off`: the person is not shown that anyone is here, and so nobody sees the person. `unsure`: there is a line, and nobody can be seen by it. */
export type Standing = LineState | "off" | "unsure";

/** The first sentence: who is there. */
export function thereWords(standing: Standing, there: Presence | null): string {
  switch (standing) {
    case "live":
      return personWords(there);
    case "joining":
      return "Looking whether the person is here…";
    case "polling":
    case "unsure":
      return "You cannot see whether the person is here, and they cannot see you. Messages come and go whenever this page reaches the service.";
    case "elsewhere":
      return "Another tab of yours is shown to the person, so this one is not.";
    default:
      return "The person is not shown that you are here.";
  }
}

function personWords(there: Presence | null): string {
  if (there === null) return "The person is not here now. What you write waits for them.";
  if (there.flags & LEAVING) return "The person has stopped waiting here. What you write waits for them.";
  if (there.flags & AWAY) return "The person is away for a moment.";
  if (there.flags & MOMENT) return "The person needs a moment.";
  return there.flags & TYPING ? "The person is writing." : "The person is here.";
}

/** What is read out: the same, but not each time that somebody begins to write. */
export function spokenWords(standing: Standing, there: Presence | null): string {
  return thereWords(standing, there === null ? null : { ...there, flags: there.flags & ~TYPING });
}

/** The second sentence, where something was sent: the other page's word for what it shows. `sent` is the greatest number of a reply. */
export function readWords(standing: Standing, there: Presence | null, sent: number): string {
  return standing === "live" && there !== null && sent > 0 && there.read >= sent ? "Their page shows your newest reply." : "";
}

/** A talk seen from elsewhere on the page: who is there, the person's messages that nobody has looked at, and milliseconds since they last wrote. */
export interface Glance {
  readonly standing: Standing;
  readonly there: Presence | null;
  readonly unread: number;
  readonly silent: number;
}

const MINUTE = 60_000;

/** In a few words, the most pressing first. */
export function glanceWords({ standing, there, unread, silent }: Glance): string[] {
  const minutes = Math.floor(silent / MINUTE);
  return [
    unread > 0 ? (unread === 1 ? "1 new message" : `${unread} new messages`) : "",
    whereWords(standing, there),
    minutes > 0 && !(there !== null && there.flags & TYPING) ? `wrote nothing for ${minutes} min` : "",
  ].filter((one) => one !== "");
}

function whereWords(standing: Standing, there: Presence | null): string {
  if (standing === "joining") return "";
  if (standing === "elsewhere") return "shown from another tab";
  if (standing !== "live") return "cannot be seen";
  if (there === null) return "not here now";
  if (there.flags & LEAVING) return "has stopped waiting here";
  if (there.flags & AWAY) return "away for a moment";
  if (there.flags & MOMENT) return "needs a moment";
  return there.flags & TYPING ? "is writing" : "is here";
}

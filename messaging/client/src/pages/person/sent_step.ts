/** What the page says once a first message is sent: by when there is an answer, an alarm for it, and what to read until then. */

import type { FirstMessageAnswer, Route } from "../../protocol/index.ts";
import { now, zone } from "../parts/clock.ts";
import { byId } from "../parts/dom.ts";
import { gettext } from "../parts/gettext.ts";
import { deadlineWords } from "../parts/moments.ts";
import { showWhileWaiting } from "./while_waiting.ts";

/** A reminder that leaves nothing here: an alarm of the person's own, where an answer is promised that is still to come. */
export function sayAlarm(alarm: HTMLElement, replyBy: string | null): void {
  alarm.hidden = replyBy === null || Date.parse(replyBy) < now();
  if (replyBy === null) return;
  const deadline = deadlineWords(replyBy, now(), zone());
  alarm.textContent = gettext("Set an alarm for {deadline}, so that you remember to look. Call it whatever you like.", { deadline });
}

/** Fills in the step; Childline comes right after the answer's time, where it was shown before. */
export function fillInSent({ reply_by: replyBy }: FirstMessageAnswer, route: Route | null, childline: HTMLElement): void {
  const deadline = replyBy === null ? null : deadlineWords(replyBy, now(), zone());
  byId("reply-by", HTMLElement).textContent =
    deadline === null
      ? gettext("We cannot yet say when we will answer. Check here again later.")
      : gettext("A counsellor will answer by {deadline}.", { deadline });
  const alarm = byId("alarm", HTMLElement);
  sayAlarm(alarm, replyBy);
  alarm.after(childline);
  showWhileWaiting(byId("waiting", HTMLElement), route);
}

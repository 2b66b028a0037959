/** What an open conversation says above the box: that a message is sent, or that one which was begun stands in the box again. */

import { now, zone } from "../parts/clock.ts";
import { byId } from "../parts/dom.ts";
import { gettext } from "../parts/gettext.ts";
import { deadlineWords } from "../parts/moments.ts";
import type { Composer } from "./composer.ts";
import type { KeptDraft } from "./session.ts";

/** Says that a message is sent, and by when there is an answer, and moves the focus there. */
export function saySent(replyBy: string | null): void {
  const news = byId("news", HTMLElement);
  const promise = replyBy == null ? "" : ` ${gettext("You will have an answer by {deadline}.", { deadline: deadlineWords(replyBy, now(), zone()) })}`;
  news.textContent = `${gettext("Your message has been sent.")}${promise}`;
  news.tabIndex = -1;
  news.focus();
}

/** What was begun in this conversation and kept stands in the box again. */
export function takeUp({ draft, deletedOn }: KeptDraft, composer: Composer): void {
  byId("answer-text", HTMLTextAreaElement).value = draft.text;
  composer.takeAsKept(deletedOn);
  byId("news", HTMLElement).textContent = gettext("What you kept to finish later is in the box below. It has not been sent.");
}

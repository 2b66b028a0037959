/** What an open conversation says above the box: how it stands, that a message is sent, or that one which was begun stands in the box again. */

import type { InboxAnswer } from "../../protocol/index.ts";
import { now, zone } from "../parts/clock.ts";
import { byId } from "../parts/dom.ts";
import { gettext } from "../parts/gettext.ts";
import { deadlineWords } from "../parts/moments.ts";
import type { Composer } from "./composer.ts";
import { sayAlarm } from "./sent_step.ts";
import type { KeptDraft } from "./session_reads.ts";
import { stateWords } from "./thread.ts";

/** Says above the conversation how it stands, and how to remember an answer that is still to come. */
export function drawState({ state, reply_by: replyBy }: InboxAnswer): void {
  byId("state", HTMLElement).textContent = stateWords(state, replyBy, now(), zone());
  sayAlarm(byId("thread-alarm", HTMLElement), state === "waiting" || state === "assigned" ? replyBy : null);
}

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

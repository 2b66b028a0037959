/** A conversation on the page: whose words, whether the signature held, and what did not hold, in plain words. */

import type { Message, ThreadState, Warning, WarningName } from "../../protocol/index.ts";
import { element } from "../parts/dom.ts";
import { dayHeading, deadlineWords } from "../parts/moments.ts";

const WARNINGS: Readonly<Record<WarningName, string>> = {
  "altered": "The message that stands here was changed on its way, or is not from who it says. We do not show it.",
  "out-of-order": "A message here is missing, comes twice or is in the wrong place. We do not show it, nor what comes after it.",
  "older-epoch": "The message that stands here was locked with an old key. It may be a trick. We do not show it.",
  "unknown-writer": "The reply that stands here is signed by somebody whom we do not know. We do not show it.",
  "bad-opening": "We could not make sure who can read this part of the conversation. We do not show it.",
  "missing": "Something is missing here. A message that was sent is not in the conversation any more.",
};
const UNKNOWN = "This is a message of a kind that this page does not know. Load the page again, or call us.";

/** One entry: a message with who wrote it, or a warning in its place. */
function entry(item: Message | Warning): HTMLLIElement {
  if (item.kind === "warning") {
    const warning = element("li", "", "message message--warning");
    const head = element("p", "", "message__head");
    head.append(element("span", "Take care"), element("span", item.direction === 1 ? "in what you wrote" : "in a reply", "message__check"));
    warning.append(head, element("p", WARNINGS[item.warning], "message__text"));
    return warning;
  }
  const mine = item.direction === 1;
  const entryItem = element("li", "", mine ? "message message--mine" : "message");
  const head = element("p", "", "message__head");
  head.append(element("span", mine ? "You" : `${item.writer ?? "A counsellor"}, counsellor`));
  if (!mine) head.append(element("span", "signature checked", "message__check"));
  entryItem.append(head);
  if (item.content.type === "handover") entryItem.append(element("p", "Another counsellor answers you from here on.", "quiet"));
  entryItem.append(element("p", item.content.type === "unknown" ? UNKNOWN : item.content.text, "message__text"));
  if (item.content.type === "closing") entryItem.append(element("p", "The counsellor closed the conversation with this. You can still write.", "quiet"));
  return entryItem;
}

/** Every entry under its day. */
export function entries(items: readonly (Message | Warning)[], at: number): HTMLLIElement[] {
  const made: HTMLLIElement[] = [];
  let day = "";
  for (const item of items) {
    if (item.kind === "message" && item.day !== day) {
      day = item.day;
      const heading = element("li");
      heading.append(element("h2", dayHeading(day, at), "thread__day"));
      made.push(heading);
    }
    made.push(entry(item));
  }
  return made;
}

/** How the conversation stands. A promise that was not kept is owned up to. */
export function stateWords(state: ThreadState, replyBy: string | null, at: number, zone: string): string {
  if (state === "answered") return "We have answered you.";
  if (state === "closed") return "This conversation is closed. You can write at any time, and it opens again.";
  const waits = state === "assigned" ? "A counsellor has your message." : "Your message waits for a counsellor.";
  if (replyBy === null) return `${waits} We cannot say yet when we will answer.`;
  if (Date.parse(replyBy) < at) return `${waits} We wanted to answer by ${deadlineWords(replyBy, at, zone)}. We are late, and we are sorry.`;
  return `${waits} You will have an answer by ${deadlineWords(replyBy, at, zone)}.`;
}

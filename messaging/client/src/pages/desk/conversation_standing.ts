/** How a conversation stands, and what someone else did to it meanwhile, in sentences. */

import type { ConversationAnswer } from "../../protocol/index.ts";
import { now, whenWords } from "../parts/clock.ts";
import { flagNews, flagSentences } from "./flags.ts";

/** Who has the conversation, how it stands, its flag, and until when the person cannot write. */
export function standingWords(answer: ConversationAnswer, name: string): string {
  const who =
    answer.assigned_to === name
      ? "You have this conversation."
      : answer.assigned_to === null
        ? "Nobody has this conversation."
        : `${answer.assigned_to} has this conversation.`;
  const state = { waiting: "The person is waiting.", assigned: "The person is waiting.", answered: "It has been answered.", closed: "It is closed." }[
    answer.state
  ];
  return `${who} ${state}${flagSentences(answer)}${blockedWords(answer)}`;
}

/** That the person cannot write, and until when; "" where they can. */
function blockedWords({ blocked_until: until }: ConversationAnswer): string {
  return until !== null && Date.parse(until) > now() ? ` The person cannot write until ${whenWords(until)}.` : "";
}

/** What changed between two looks, to be said where the conversation is open: that it went away from `me`, or else what became of its flag; "" for nothing. */
export function newsOf(before: ConversationAnswer | null, after: ConversationAnswer | null, me: string, isTyped: boolean): string {
  const holder = after?.assigned_to ?? null;
  const flag = flagNews(before, after, me);
  if (flag !== "" || before?.assigned_to !== me || holder === me) return flag;
  const went =
    holder === null ? "This conversation is no longer yours. It is waiting for the next free counsellor." : `This conversation has gone to ${holder}.`;
  return isTyped ? `${went} What you typed is still here.` : went;
}

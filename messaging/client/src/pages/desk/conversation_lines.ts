/** The lines of the desk's lists (PROTOCOL §8.3): what is said and asked of them, with no content in them. */

import type { ConversationLine, ConversationsAnswer } from "../../protocol/index.ts";
import { now } from "../parts/clock.ts";

const ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** A short name by which colleagues can speak of a conversation: from its id, which says nothing about anyone. */
export function shortName(conversation: string): string {
  const letters = [...atob(conversation.replaceAll("-", "+").replaceAll("_", "/")).slice(0, 6)].map((letter) => ALPHABET[letter.charCodeAt(0) % 32]);
  return `${letters.slice(0, 3).join("")}-${letters.slice(3).join("")}`;
}

export function isOverdue(line: ConversationLine): boolean {
  return line.due !== null && Date.parse(line.due) <= now();
}

/** What comes first: what is due first; what waits for nobody comes last. */
export function byUrgency(one: ConversationLine, other: ConversationLine): number {
  const due = (line: ConversationLine): number => (line.due === null ? Infinity : Date.parse(line.due));
  const gap = due(one) - due(other);
  return Number.isNaN(gap) ? 0 : gap;
}

export function waitsForMe(line: ConversationLine): boolean {
  return line.state === "assigned";
}

/** Every line of every list. */
export function allLines(lists: ConversationsAnswer): ConversationLine[] {
  return [...lists.mine, ...lists.waiting, ...lists.snoozed, ...lists.answered, ...lists.closed, ...lists.passed, ...lists.disclosures, ...lists.flagged];
}

/** Whether a disclosure is open there that concerns whoever looks. */
export function hasDisclosure(lists: ConversationsAnswer | null, conversation: string): boolean {
  return lists?.disclosures.some((line) => line.conversation === conversation) ?? false;
}

/** What the lists say of a conversation; null for nothing. */
export function lineOf(lists: ConversationsAnswer | null, conversation: string): ConversationLine | null {
  return lists === null ? null : (allLines(lists).find((line) => line.conversation === conversation) ?? null);
}

/** The most urgent of mine that waits, besides this conversation; null when there is none. */
export function nextLine(lists: ConversationsAnswer | null, besides: string): ConversationLine | null {
  return [...(lists?.mine ?? [])].sort(byUrgency).find((line) => waitsForMe(line) && line.conversation !== besides) ?? null;
}

/** What this counsellor was just given is new no more (§8.3), whatever the list still says: else one that comes now would look the same. */
export function asGiven(lists: ConversationsAnswer, conversation: string): ConversationsAnswer {
  return { ...lists, mine: lists.mine.map((line) => (line.conversation === conversation ? { ...line, unread: 0 } : line)) };
}

/** Whether someone wrote, claimed it, or it went elsewhere between two looks; that it was read here changes nothing. */
export function hasChanged(before: ConversationLine | null, after: ConversationLine | null): boolean {
  const now = JSON.stringify(after);
  return JSON.stringify(before) !== now && !(after?.unread === 0 && JSON.stringify({ ...before, unread: 0 }) === now);
}

/** Whether a message is all that came between: then notes and disclosures are as they were. */
export function isMessageAlone(before: ConversationLine | null, after: ConversationLine | null): boolean {
  if (before === null || after === null) return false;
  const { state, unread, since, due } = after;
  return JSON.stringify({ ...before, state, unread, since, due }) === JSON.stringify(after);
}

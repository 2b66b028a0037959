/** The two lists: whose answer is awaited from me, and what nobody has taken yet. No content is in them. */

import type { ConversationLine, ConversationsAnswer } from "../../protocol/index.ts";
import { now, zone } from "../parts/clock.ts";
import { tree } from "./build.ts";

const ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** A short name by which colleagues can speak of a conversation: from its id, which says nothing about anybody. */
export function shortName(conversation: string): string {
  const letters = [...atob(conversation.replaceAll("-", "+").replaceAll("_", "/")).slice(0, 6)].map((letter) => ALPHABET[letter.charCodeAt(0) % 32]);
  return `${letters.slice(0, 3).join("")}-${letters.slice(3).join("")}`;
}

function instantWords(instant: string): string {
  const at = Date.parse(instant);
  const day = (moment: number): string => new Intl.DateTimeFormat("en-GB", { timeZone: zone(), dateStyle: "short" }).format(moment);
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: zone(), hour: "2-digit", minute: "2-digit" }).format(at);
  const date = new Intl.DateTimeFormat("en-GB", { timeZone: zone(), weekday: "short", day: "numeric", month: "short" }).format(at);
  return day(at) === day(now()) ? `today ${time}` : `${date}, ${time}`;
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

/** Both lists in one element. `chosen` is the open conversation. */
export function listPart(lists: ConversationsAnswer, chosen: string | null, choose: (line: ConversationLine) => void): HTMLElement {
  const mine = [...lists.mine].sort(byUrgency);
  const open = mine.filter(waitsForMe);
  const rest = mine.filter((line) => !waitsForMe(line));
  return tree(
    "div",
    { class: "desk-lists" },
    section("mine", `Mine (${open.length})`, open, "Nothing waits for your answer.", chosen, choose),
    section("waiting", `Waiting (${lists.waiting.length})`, [...lists.waiting].sort(byUrgency), "Nobody waits.", chosen, choose),
    rest.length > 0 && section("answered", `Answered by me (${rest.length})`, rest, "", chosen, choose),
  );
}

function section(id: string, title: string, lines: readonly ConversationLine[], none: string, chosen: string | null, choose: (line: ConversationLine) => void): HTMLElement {
  return tree(
    "section",
    { "aria-labelledby": `list-${id}` },
    tree("h2", { id: `list-${id}`, class: "govuk-heading-s" }, title),
    lines.length === 0
      ? tree("p", { class: "desk-quiet" }, none)
      : tree("ul", { class: "desk-list" }, ...lines.map((line) => tree("li", {}, entry(line, line.conversation === chosen, () => choose(line))))),
  );
}

function entry(line: ConversationLine, isChosen: boolean, press: () => void): HTMLElement {
  const overdue = isOverdue(line);
  const made = tree(
    "button",
    { type: "button", class: "desk-entry", "aria-current": isChosen ? "true" : null, "data-conversation": line.conversation },
    tree("span", { class: "desk-entry__name" }, shortName(line.conversation), line.unread > 0 && tree("span", { class: "desk-entry__unread" }, `${line.unread} new`)),
    line.since !== null && tree("span", { class: "desk-entry__line" }, `since ${instantWords(line.since)}`),
    line.due !== null && tree("span", { class: `desk-entry__line${overdue ? " desk-entry__line--overdue" : ""}` }, `${overdue ? "overdue, was due" : "due"} ${instantWords(line.due)}`),
    line.state === "waiting" && line.with !== null && tree("span", { class: "desk-entry__line" }, `known to ${line.with}`),
    line.state === "closed" && tree("span", { class: "desk-entry__line" }, "closed"),
  );
  made.addEventListener("click", press);
  return made;
}

/** The counsellor's day in lists: what to answer first, what nobody has taken, and below them what can wait. No content is in them. */

import type { ConversationLine, ConversationsAnswer } from "../../protocol/index.ts";
import { now, whenWords } from "../parts/clock.ts";
import { type Child, element } from "../parts/element.ts";
import { allLines, byUrgency, isOverdue, nextLine, shortName, waitsForMe } from "./conversation_lines.ts";
import { button } from "./dom.ts";
import { openedWords } from "./flags.ts";
import { FLAGS } from "./labels.ts";
import { isUnopened, type NotesSeen } from "./waiting_counts.ts";

/** As many as the server lists (§8.3). */
const MOST_LISTED = 200;

/** How the lists are shown: the open conversation, what a press does, and which of the folded lists are unfolded. */
export interface Showing {
  readonly chosen: string | null;
  readonly unfolded: Set<string>;
  readonly notes: NotesSeen;
  /** The conversations in which something was typed and not sent. */
  readonly begun: ReadonlySet<string>;
  choose(conversation: string): void;
}

/** All lists in one element. */
export function listPart(lists: ConversationsAnswer, showing: Showing): HTMLElement {
  const mine = [...lists.mine].sort(byUrgency);
  const waiting = [...lists.waiting].sort(byUrgency);
  return element(
    "div",
    { class: "desk-lists" },
    lists.disclosures.length > 0 && section("disclosures", "Disclosures", lists.disclosures, "", showing),
    lists.flagged.length > 0 && section("flagged", "Flagged to the lead", lists.flagged, "", showing),
    section("mine", "Mine", mine, "You are up to date. Nobody is waiting for you to answer.", showing),
    begunElsewhere(lists, showing),
    section("waiting", "Waiting", waiting, "Nobody is waiting.", showing),
    element(
      "div",
      { class: "desk-folds" },
      folded("snoozed", "Snoozed", lists.snoozed, showing),
      folded("passed", "Passed to colleagues", lists.passed, showing),
      folded("answered", "Answered by me", lists.answered, showing),
      folded("closed", "Closed by me", lists.closed, showing),
    ),
  );
}

function titled(title: string, lines: readonly ConversationLine[]): string {
  return `${title} (${lines.length === MOST_LISTED ? `the first ${MOST_LISTED}` : lines.length})`;
}

function section(id: string, title: string, lines: readonly ConversationLine[], none: string, showing: Showing): HTMLElement {
  const first = id === "mine" ? lines.find(waitsForMe) : undefined;
  return element(
    "section",
    { "aria-labelledby": `list-${id}`, class: `desk-part desk-part--${id}` },
    element("h2", { id: `list-${id}`, class: "govuk-heading-s" }, titled(title, lines)),
    lines.length === 0 ? element("p", { class: "desk-none" }, none) : entries(id, lines, showing, first),
  );
}

/** What can wait: folded, and unfolded for as long as the counsellor wants to see it. */
function folded(id: string, title: string, lines: readonly ConversationLine[], showing: Showing): Child {
  if (lines.length === 0) return null;
  const made = element(
    "details",
    { class: "govuk-details desk-fold", open: showing.unfolded.has(id), "data-fold": id },
    element("summary", { class: "govuk-details__summary" }, element("span", { class: "govuk-details__summary-text" }, titled(title, lines))),
    entries(id, lines, showing, undefined),
  );
  made.addEventListener("toggle", () => (made.open ? showing.unfolded.add(id) : showing.unfolded.delete(id)));
  return made;
}

function entries(id: string, lines: readonly ConversationLine[], showing: Showing, first: ConversationLine | undefined): HTMLElement {
  const items = lines.map((line) => {
    return element("li", {}, pressable(entry(id, line, line === first, showing.begun.has(line.conversation), showing.notes), line.conversation, showing));
  });
  return element("ul", { class: "desk-list" }, ...items);
}

function pressable(made: HTMLButtonElement, conversation: string, showing: Showing): HTMLButtonElement {
  if (conversation === showing.chosen) made.setAttribute("aria-current", "true");
  made.addEventListener("click", () => showing.choose(conversation));
  return made;
}

/** What was begun in conversations that went elsewhere meanwhile: no other list leads there. */
function begunElsewhere(lists: ConversationsAnswer, showing: Showing): Child {
  const listed = new Set(allLines(lists).map((line) => line.conversation));
  const left = [...showing.begun].filter((conversation) => !listed.has(conversation));
  if (left.length === 0) return null;
  const items = left.map((conversation) => {
    const made = element(
      "button",
      { type: "button", class: "desk-entry", "data-conversation": conversation },
      element("span", { class: "desk-entry__name" }, shortName(conversation), element("span", { class: "desk-entry__marks" }, DRAFT())),
      element("span", { class: "desk-entry__line" }, "what you typed is saved here"),
    );
    return element("li", {}, pressable(made, conversation, showing));
  });
  return element(
    "section",
    { "aria-labelledby": "list-begun", class: "desk-part desk-part--begun" },
    element("h2", { id: "list-begun", class: "govuk-heading-s" }, `Started by me, no longer in my lists (${left.length})`),
    element("ul", { class: "desk-list" }, ...items),
  );
}

const DRAFT = (): HTMLElement => element("span", { class: "desk-entry__mark desk-entry__mark--draft" }, "draft");

function entry(list: string, line: ConversationLine, isNext: boolean, isBegun: boolean, notes: NotesSeen): HTMLButtonElement {
  return element(
    "button",
    { type: "button", class: `desk-entry${isNext ? " desk-entry--next" : ""}`, "data-conversation": line.conversation },
    element(
      "span",
      { class: "desk-entry__name" },
      shortName(line.conversation),
      element(
        "span",
        { class: "desk-entry__marks" },
        isNext && element("span", { class: "desk-entry__mark" }, "next to answer"),
        isBegun && DRAFT(),
        line.unread > 0 && element("span", { class: "desk-entry__unread" }, `${line.unread} new`),
        noteMark(line, notes),
      ),
    ),
    ...lineWords(list, line).map(({ text, pressing }) => element("span", { class: `desk-entry__line${pressing ? " desk-entry__line--overdue" : ""}` }, text)),
  );
}

/** How many notes of colleagues there are, and whether one came that this page has not shown. */
function noteMark(line: ConversationLine, notes: NotesSeen): Child {
  if (notes.hasNew(line)) return element("span", { class: "desk-entry__unread" }, "new note");
  return line.notes > 0 && element("span", { class: "desk-entry__mark" }, line.notes === 1 ? "1 note" : `${line.notes} notes`);
}

function lineWords(list: string, line: ConversationLine): { readonly text: string; readonly pressing: boolean }[] {
  const said: { text: string; pressing: boolean }[] = [];
  const add = (text: string, pressing = false): void => void said.push({ text, pressing });
  const overdue = isOverdue(line);
  if (line.due !== null) add(overdue ? `overdue: answer was due by ${whenWords(line.due)}` : `answer by ${whenWords(line.due)}`, overdue);
  if (line.flag !== null) add(`flagged: ${FLAGS[line.flag]}`, list === "flagged" || list === "mine");
  if (line.flag !== null) add(openedWords(line), isUnopened(line));
  if (line.snoozed_until !== null)
    add(
      list === "snoozed"
        ? `until ${whenWords(line.snoozed_until)}`
        : Date.parse(line.snoozed_until) > now()
          ? `snoozed until ${whenWords(line.snoozed_until)}`
          : "back from snooze",
    );
  if (list === "mine" && line.handed_by !== null) add(`came from ${line.handed_by}`);
  if (list === "waiting" && line.with !== null) add(`known to ${line.with}`);
  if (line.why !== null) add(line.why);
  // While it waits, `with` is who had it last (§8.3).
  const has = line.state === "waiting" ? null : line.with;
  if (list === "passed") add(has === null ? "waiting for the next free counsellor" : `${has} has it now`);
  if (list === "disclosures") add(line.decide ? "a disclosure is waiting for your decision" : "a disclosure is in progress", true);
  if (list === "flagged" || list === "disclosures") add(has === null ? "nobody has it" : `with ${has}`);
  if (said.length === 0 && line.state === "answered") add("answered");
  return said;
}

/** A button for the next conversation that waits for me, if there is one. */
export function nextButton(answer: ConversationsAnswer | null, conversation: string, choose: (conversation: string) => void): HTMLElement | null {
  const line = nextLine(answer, conversation);
  if (line === null) return null;
  return button(`Go to the next conversation, ${shortName(line.conversation)}`, "secondary", () => choose(line.conversation));
}

/** The messages of a thread, day by day, with a warning in words wherever something does not hold. */

import { isInPlace, type Message, type Plaintext, type Thread, type Warning } from "../../protocol/index.ts";
import { now } from "../parts/clock.ts";
import { element } from "../parts/element.ts";
import { dateWords, dayHeading } from "../parts/moments.ts";
import { routeWords } from "./messages_for_errors.ts";
import { WARNINGS } from "./warning_words.ts";

export function hasWarnings(thread: Thread): boolean {
  return thread.items.some((item) => item.kind === "warning");
}

/** The first of the person's messages that stands there and could not be opened, by its number; null where there is none. */
export function firstUnopened(thread: Thread): number | null {
  const failed = thread.items.find((item) => item.kind === "warning" && item.direction === 1 && isInPlace(item));
  return failed?.sequence ?? null;
}

/** Who of the desk wrote last, if anyone has. */
export function lastWriter(thread: Thread): string | null {
  const written = thread.items.filter((item): item is Message => item.kind === "message" && item.direction === 2);
  return written[written.length - 1]?.writer ?? null;
}

export function messagesPart(thread: Thread): HTMLElement {
  // Not for a browser's translation service: what it translates it sends away.
  const list = element("ol", { class: "desk-messages", "aria-label": "Messages", translate: "no" });
  let day = "";
  for (const item of thread.items) {
    if (item.kind === "message" && item.day !== day) {
      day = item.day;
      list.append(element("li", { class: "desk-day" }, element("h3", { class: "desk-day__words" }, dayHeading(day, now()))));
    }
    list.append(element("li", {}, item.kind === "message" ? messagePart(item, thread.read[item.direction]) : warningPart(item)));
  }
  return list;
}

const KINDS: Readonly<Partial<Record<Plaintext["type"], string>>> = {
  intake: "first message",
  handover: "has taken over",
  closing: "closing message",
  again: "asks the person to write again",
};

/** `read` is the newest of its side that the other side says to have read. */
function messagePart(message: Message, read: number): HTMLElement {
  const mine = message.direction === 2;
  const { type, text, route, terms } = message.content;
  const from = mine ? `${message.writer ?? "The desk"}, signed` : message.vouched === false ? "In the person’s name" : "The person";
  const kind = KINDS[type] ?? "";
  return element(
    "article",
    { class: `desk-bubble${mine ? " desk-bubble--desk" : ""}` },
    element("p", { class: "desk-bubble__from" }, from, kind !== "" && ` · ${kind}`),
    type === "intake" && element("p", { class: "desk-bubble__route" }, `${routeWords(route)}. Accepted version ${terms ?? "?"} of the confidentiality terms.`),
    type === "unknown"
      ? element("p", { class: "desk-bubble__text" }, element("em", {}, "This page does not know this kind of message."))
      : element("p", { class: "desk-bubble__text", dir: "auto" }, text),
    message.content.day !== null &&
      message.content.day !== message.day &&
      element("p", { class: "desk-quiet" }, `By the clock of the person's device it was ${dateWords(message.content.day)}.`),
    !mine &&
      message.vouched === null &&
      element("p", { class: "desk-quiet" }, "Vouched for to those who were at the desk then. You were not, or had other keys, so your page cannot check it."),
    message.unread !== null &&
      element("p", { class: "desk-quiet" }, `Written before message ${message.unread} from ${mine ? "the person" : "the desk"} was read.`),
    message.sequence === read && element("p", { class: "desk-quiet" }, mine ? "The person has read up to here." : "The desk has read up to here."),
  );
}

function from({ warning, direction, writer }: Warning): string {
  if (warning === "not-vouched" || warning === "late") return "in the person’s name";
  if (direction === 1) return "from the person";
  return writer === null ? "from the desk" : `signed by ${writer}`;
}

function warningPart(warning: Warning): HTMLElement {
  return element(
    "div",
    { class: "desk-warning", "data-warning": warning.warning },
    element("p", {}, element("strong", {}, "Warning. "), WARNINGS[warning.warning]),
    element("p", { class: "desk-quiet" }, `Message ${warning.sequence} ${from(warning)} (${warning.warning}).`),
  );
}

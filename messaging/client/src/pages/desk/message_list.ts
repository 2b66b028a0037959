/** The messages of a thread, day by day, with a warning in words wherever something does not hold. */

import type { Message, Thread, Warning } from "../../protocol/index.ts";
import { now } from "../parts/clock.ts";
import { element } from "../parts/element.ts";
import { dayHeading } from "../parts/moments.ts";
import { routeWords, WARNINGS } from "./messages_for_errors.ts";

export function hasWarnings(thread: Thread): boolean {
  return thread.items.some((item) => item.kind === "warning");
}

/** Who of the desk wrote last, if anyone has. */
export function lastWriter(thread: Thread): string | null {
  const written = thread.items.filter((item): item is Message => item.kind === "message" && item.direction === 2);
  return written.at(-1)?.writer ?? null;
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
    list.append(element("li", {}, item.kind === "message" ? messagePart(item) : warningPart(item)));
  }
  return list;
}

function messagePart(message: Message): HTMLElement {
  const mine = message.direction === 2;
  const { type, text, route, terms } = message.content;
  const from = mine ? `${message.writer ?? "The desk"}, signed` : "The person";
  const kind = type === "handover" ? "has taken over" : type === "closing" ? "closing message" : type === "intake" ? "first message" : "";
  return element(
    "article",
    { class: `desk-bubble${mine ? " desk-bubble--desk" : ""}` },
    element("p", { class: "desk-bubble__from" }, from, kind !== "" && ` · ${kind}`),
    type === "intake" && element("p", { class: "desk-bubble__route" }, `${routeWords(route)}. Accepted version ${terms ?? "?"} of the confidentiality terms.`),
    type === "unknown"
      ? element("p", { class: "desk-bubble__text" }, element("em", {}, "This page does not know this kind of message."))
      : element("p", { class: "desk-bubble__text", dir: "auto" }, text),
  );
}

function warningPart(warning: Warning): HTMLElement {
  return element(
    "div",
    { class: "desk-warning", "data-warning": warning.warning },
    element("p", {}, element("strong", {}, "Warning. "), WARNINGS[warning.warning]),
    element("p", { class: "desk-quiet" }, `Message ${warning.sequence} ${warning.direction === 1 ? "from the person" : "from the desk"} (${warning.warning}).`),
  );
}

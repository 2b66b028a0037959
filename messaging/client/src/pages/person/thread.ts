/** A conversation on the page: whose words, whether the signature held, and what did not hold, in plain words. */

import type { Message, Thread, ThreadState, Warning, WarningName } from "../../protocol/index.ts";
import { now, zone } from "../parts/clock.ts";
import { byId } from "../parts/dom.ts";
import { element } from "../parts/element.ts";
import { gettext } from "../parts/gettext.ts";
import { dayHeading, deadlineWords } from "../parts/moments.ts";
import { mustBeSeen } from "../parts/page_integrity.ts";
import { callUs } from "./page.ts";
import { type Piece, pieces } from "./reply_links.ts";
import { WARNINGS } from "./warning_words.ts";

/** Those that are about a message which may be somebody else's. */
const IN_YOUR_NAME: ReadonlySet<WarningName> = new Set<WarningName>(["not-vouched", "late"]);

function where(warning: Warning): string {
  if (IN_YOUR_NAME.has(warning.warning)) return gettext("in your name");
  return warning.direction === 1 ? gettext("in what you wrote") : gettext("in a reply");
}

/** A link leads to another tab: what is written here stays, and nobody learns from which page it was pressed. */
function nodeOf({ text, href }: Piece): Node {
  if (href === null) return document.createTextNode(text);
  const link = element("a", { class: "govuk-link" }, text);
  link.href = href;
  link.rel = "noreferrer noopener";
  if (href.startsWith("https:")) {
    link.target = "_blank";
    link.append(element("span", { class: "govuk-visually-hidden" }, ` ${gettext("(opens in a new tab)")}`));
  }
  return link;
}

/** One entry: a message with who wrote it, or a warning in its place; `read` is the newest of the person's that the helpline says to have read. */
function entry(item: Message | Warning, read: number): HTMLLIElement {
  if (item.kind === "warning") {
    const warning = element("li", { class: "message message--warning" });
    const head = element("p", { class: "message__head" });
    head.append(element("span", {}, gettext("Take care")), element("span", { class: "message__check" }, where(item)));
    warning.append(head, element("p", { class: "message__text" }, WARNINGS[item.warning](item.direction === 1)));
    if (item.writer !== null) warning.append(element("p", { class: "quiet" }, gettext("It is signed by {name}.", { name: item.writer })));
    return warning;
  }
  const mine = item.direction === 1;
  const entryItem = element("li", { class: mine ? "message message--mine" : "message" });
  const head = element("p", { class: "message__head" });
  const you = item.vouched === false ? gettext("In your name") : gettext("You");
  head.append(element("span", {}, mine ? you : item.writer ? gettext("{name}, counsellor", { name: item.writer }) : gettext("A counsellor")));
  if (!mine) head.append(element("span", { class: "message__check" }, gettext("signature checked")));
  entryItem.append(head);
  if (item.content.type === "handover") entryItem.append(element("p", { class: "quiet" }, gettext("From here on, another counsellor will answer you.")));
  if (item.content.type === "again") {
    const asks = gettext("{name} could not open some of what you wrote. Please write it again.", { name: item.writer ?? gettext("A counsellor") });
    entryItem.append(element("p", { class: "quiet" }, asks));
  }
  const unknown = item.content.type === "unknown";
  const text = element(
    "p",
    { class: "message__text" },
    unknown ? gettext("This page does not know this kind of message. Load the page again, or call us.") : "",
  );
  // What a person wrote stays text: only whoever signs for a number or an address makes it one to press.
  if (!unknown) text.append(...(mine || item.writer === null ? [item.content.text] : pieces(item.content.text).map(nodeOf)));
  // Written in any language: its own first letter says which way it runs.
  text.dir = "auto";
  entryItem.append(text);
  if (item.content.type === "closing")
    entryItem.append(element("p", { class: "quiet" }, gettext("The counsellor closed the conversation with this message. You can still write.")));
  if (item.unread !== null) {
    const own =
      item.vouched === false ? gettext("Written before the reply above it was read.") : gettext("You wrote this before you had read the reply above it.");
    const before = mine ? own : gettext("Written before your last message was read.");
    entryItem.append(element("p", { class: "quiet" }, before));
  }
  // Signed: what a reply says that its writer had read.
  if (mine && item.sequence === read) entryItem.append(element("p", { class: "quiet message__read" }, gettext("Read up to here by the helpline")));
  return entryItem;
}

/** Every entry under its day. */
export function entries({ items, read }: Pick<Thread, "items" | "read">, at: number): HTMLLIElement[] {
  const made: HTMLLIElement[] = [];
  let day = "";
  for (const item of items) {
    if (item.kind === "message" && item.day !== day) {
      day = item.day;
      const heading = element("li");
      heading.append(element("h2", { class: "thread__day" }, dayHeading(day, at)));
      made.push(heading);
    }
    made.push(entry(item, read[1]));
  }
  return made;
}

/** How the conversation stands. A promise that was not kept is owned up to. */
export function stateWords(state: ThreadState, replyBy: string | null, at: number, zone: string): string {
  if (state === "answered") return gettext("We have answered you.");
  if (state === "closed") return gettext("This conversation is closed. You can write at any time to open it again.");
  const waits = state === "assigned" ? gettext("A counsellor has your message.") : gettext("Your message is waiting for a counsellor.");
  if (replyBy === null) return `${waits} ${gettext("We cannot yet say when we will answer.")}`;
  const deadline = deadlineWords(replyBy, at, zone);
  if (Date.parse(replyBy) < at) return `${waits} ${gettext("We meant to answer by {deadline}. We are late, and we are sorry.", { deadline })}`;
  return `${waits} ${gettext("You will have an answer by {deadline}.", { deadline })}`;
}

/** That they cannot write for now, and until when: after abuse (PROTOCOL §7.6, `blocked_until`). */
export function blockWords(until: string, callUs: string): string {
  return gettext("You cannot write to us until {time}. You can still read what is here, and delete it. If you need help before then, please {call_us}.", {
    time: deadlineWords(until, now(), zone()),
    call_us: callUs,
  });
}

/** Says above the conversation and above the answer that something in it did not pass the checks, where that is so. */
export function drawWarned(items: Thread["items"]): void {
  const warned = items.some((item) => item.kind === "warning");
  const words = gettext(
    "Some of this conversation did not pass our checks. The places are marked “Take care”. Before you write anything private, please {call_us}.",
    { call_us: callUs() },
  );
  for (const id of ["warned", "warned-again"]) {
    const place = byId(id, HTMLElement);
    place.replaceChildren(element("p", {}, words));
    place.hidden = !warned;
    if (warned && place.closest("section[hidden]") === null) mustBeSeen(place);
  }
}

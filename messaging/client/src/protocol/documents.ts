/** The very text that would leave the helpline when confidentiality is broken (PROTOCOL §6.1). */

import type { DisclosureReason, DisclosureRecipient, MessageRef } from "./api_types.ts";
import { isDay } from "./days.ts";
import { type Direction, demand, FROM_DESK, FROM_PERSON, last } from "./encoding.ts";
import { BadChain } from "./errors.ts";
import { isInPlace, type Message, type Warning } from "./warnings.ts";

/** §6.1's words: they are part of the text that two people agree to. */
export const REASONS: Readonly<Record<DisclosureReason, string>> = {
  "harm-child": "What was written says who somebody is, and a young person is at risk of serious harm.",
  "harm-self": "What was written says who somebody is, and the person who wrote is at risk of serious harm.",
  "harm-other": "What was written says who somebody is, and somebody else is at risk of serious harm.",
};
export const RECIPIENTS: Readonly<Record<DisclosureRecipient, string>> = {
  police: "The police",
  "social-work": "Social services",
  emergency: "The emergency services",
};

export const BREAKS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/u;
const AUTHORS: Readonly<Record<Direction, string>> = { [FROM_PERSON]: "the person", [FROM_DESK]: "the helpline" };

export type Items = readonly (Message | Warning)[];

/** Whether one reader's check says that the person wrote it (§4.6); null where that reader has nothing to check, and for the desk's. */
export type Check = boolean | null;

function doubtOf(check: Check): string {
  if (check === null) return "[not checked: nobody who passes this on could check that the person wrote this message]\n";
  return check ? "" : "[not vouched for: a check that the person wrote this message failed]\n";
}
const LATE = "[late: sealed with an older key than a reply before it, so someone else may have written it]\n";

/** What this reader's thread says of each message. */
export function ownChecks(messages: readonly MessageRef[], items: Items): Check[] {
  const found = new Map(items.filter((item) => item.kind === "message").map((item) => [key(item), item.vouched]));
  return messages.map((place) => found.get(String(place)) ?? null);
}

/** Of two readers: failed where either failed, and checked where either could check. */
export function bothChecks(one: readonly Check[], other: readonly Check[]): Check[] {
  return one.map((check, place) => {
    const pair = [check, other[place]];
    return pair.includes(false) ? false : pair.includes(true) ? true : null;
  });
}

/** What leaves, to whom, and why: all that the text is made of. */
export interface Leaving {
  readonly reason: DisclosureReason;
  readonly recipient: DisclosureRecipient;
  readonly to: string;
  readonly messages: readonly MessageRef[];
}

const key = ({ direction, sequence }: Message | Warning): string => String([direction, sequence]);

/**
 * The chosen messages that held, in the order of the thread, and a line for each that failed between them: none can leave it out. `checks`
 * are as many as messages, in their order. Throws BadChain where a message is not there, Malformed where its day is no date.
 */
export function documentOf(leaving: Leaving, checks: readonly Check[], items: Items): string {
  const wanted = new Set(leaving.messages.map(String));
  const chosen = items.filter((item): item is Message => item.kind === "message" && wanted.has(key(item)));
  if (chosen.length !== wanted.size || chosen.some(({ content }) => content.type === "unknown"))
    throw new BadChain("a message that is to be passed on is not there");
  demand(
    chosen.every(({ day }) => isDay(day)),
    "a day that is no date",
  );
  const there = new Set(items.filter((item) => item.kind === "message").map(key));
  const between = chosen.length === 0 ? [] : items.slice(items.indexOf(chosen[0]!), items.indexOf(last(chosen)!) + 1);
  const checked = new Map(leaving.messages.map((place, index) => [String(place), checks[index]!]));
  const late = new Set(items.filter((item) => item.kind === "warning" && item.warning === "late").map(key));
  const doubts = (item: Message): string => {
    const doubt = item.direction === FROM_PERSON ? doubtOf(checked.get(key(item))!) : "";
    return late.has(key(item)) ? doubt + LATE : doubt;
  };
  const parts = between.map((item) => {
    if (item.kind === "message") return wanted.has(key(item)) ? quoted(item, doubts(item)) : "";
    if (!isInPlace(item) || there.has(key(item))) return "";
    there.add(key(item));
    return `\n[message ${item.sequence} from ${AUTHORS[item.direction]} could not be read]\n`;
  });
  const head = `Passed on by a confidential helpline\n\nTo: ${RECIPIENTS[leaving.recipient]}, ${leaving.to}\nWhy: ${REASONS[leaving.reason]}\n`;
  return head + parts.join("");
}

/** Each line is marked, so that nothing in a message can pass for what stands around it. */
function quoted({ direction, sequence, day, content }: Message, doubts: string): string {
  const lines = content.text.split(BREAKS).map((line) => `> ${line}\n`);
  const other = AUTHORS[direction === FROM_PERSON ? FROM_DESK : FROM_PERSON];
  const read = content.ack.sequence > 0 ? `had read message ${content.ack.sequence} from ${other}` : `had read nothing from ${other}`;
  const own = content.day === null ? "" : `; written, by the person's own clock, on ${content.day}`;
  return `\nMessage ${sequence} from ${AUTHORS[direction]}; ${read}${own}; received, by the server's clock, on ${day}\n${doubts}${lines.join("")}`;
}

/** The very text that would leave the helpline when confidentiality is broken (PROTOCOL §6.1). */

import type { DisclosureReason, DisclosureRecipient, MessageRef } from "./api_types.ts";
import { isDay } from "./days.ts";
import { type Direction, demand, FROM_DESK, FROM_PERSON } from "./encoding.ts";
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

/** What leaves, to whom, and why: all that the text is made of. */
export interface Leaving {
  readonly reason: DisclosureReason;
  readonly recipient: DisclosureRecipient;
  readonly to: string;
  readonly messages: readonly MessageRef[];
}

const key = ({ direction, sequence }: Message | Warning): string => String([direction, sequence]);

/**
 * The chosen messages that held, in the order of the thread, and a line for each that failed between them: none can leave it out. Throws
 * BadChain where a message is not there, Malformed where its day is no date.
 */
export function documentOf(leaving: Leaving, items: Items): string {
  const wanted = new Set(leaving.messages.map(String));
  const chosen = items.filter((item): item is Message => item.kind === "message" && wanted.has(key(item)));
  if (chosen.length !== wanted.size || chosen.some(({ content }) => content.type === "unknown"))
    throw new BadChain("a message that is to be passed on is not there");
  demand(
    chosen.every(({ day }) => isDay(day)),
    "a day that is no date",
  );
  const there = new Set(items.filter((item) => item.kind === "message").map(key));
  const between = chosen.length === 0 ? [] : items.slice(items.indexOf(chosen[0]!), items.indexOf(chosen.at(-1)!) + 1);
  const parts = between.map((item) => {
    if (item.kind === "message") return wanted.has(key(item)) ? quoted(item) : "";
    if (!isInPlace(item) || there.has(key(item))) return "";
    there.add(key(item));
    return `\n[message ${item.sequence} from ${AUTHORS[item.direction]} could not be read]\n`;
  });
  const head = `Passed on by a confidential helpline\n\nTo: ${RECIPIENTS[leaving.recipient]}, ${leaving.to}\nWhy: ${REASONS[leaving.reason]}\n`;
  return head + parts.join("");
}

/** Each line is marked, so that nothing in a message can pass for what stands around it. */
function quoted({ direction, sequence, day, content }: Message): string {
  const lines = content.text.split(BREAKS).map((line) => `> ${line}\n`);
  const other = AUTHORS[direction === FROM_PERSON ? FROM_DESK : FROM_PERSON];
  const read = content.ack.sequence > 0 ? `had read message ${content.ack.sequence} from ${other}` : `had read nothing from ${other}`;
  const own = content.day === null ? "" : `; written, by the person's own clock, on ${content.day}`;
  return `\nMessage ${sequence} from ${AUTHORS[direction]}; ${read}${own}; received, by the server's clock, on ${day}\n${lines.join("")}`;
}

/** A disclosure in words for the desk: how it stands, and what the person can be told (PROTOCOL §8.9). */

import type { Check, DisclosureLine, DisclosureReason, Items, ReadDisclosure, Telling } from "../../protocol/index.ts";
import { whenWords } from "../parts/clock.ts";

export const TELLINGS: Readonly<Record<Telling, string>> = {
  told: "The person is told first",
  risk: "Telling the person would increase the risk",
};

/** To whoever proposes, or has proposed, where there is no second person. */
export const NOBODY_DECIDES =
  "Nobody can decide on this now. It takes another person who is a lead and has the desk’s current key. Ask your admin for one. A new person needs a certificate and the next desk epoch. In an emergency call 999.";

/** The reasons as one chooses among them; the text has §6.1's own words. */
export const DANGERS: Readonly<Record<DisclosureReason, string>> = {
  "harm-child": "A young person is at risk of serious harm",
  "harm-self": "The person who wrote is at risk of serious harm",
  "harm-other": "Someone else is at risk of serious harm",
};

/** What the person can be told before anything is passed on; the counsellor goes over it and signs it. */
export function tellingWords(recipient: string): string {
  const whom = recipient.replace(/^The/u, "the").replace(/^Social/u, "social");
  const why = "What you wrote says who someone is, and we think that someone is in serious danger.";
  return `${why} Our terms say that we may then pass it on. Two of us have decided to tell ${whom}. You can still write to us here.`;
}

/**
 * What is to be known of the person's messages before anyone decides, for none of it stops anything: checks that failed, or that neither
 * could make, and messages that came late (PROTOCOL §6.1). `own` are this page's checks.
 */
export function doubtWords({ proposal, proposer, checks }: ReadDisclosure, own: readonly Check[], items: Items): string[] {
  const named = (which: (place: number, sequence: number) => boolean): string[] =>
    proposal.messages.flatMap(([direction, sequence], place) => (direction === 1 && which(place, sequence) ? [`message ${sequence}`] : []));
  const [mine, theirs] = [named((place) => own[place] === false), named((place) => checks[place] === false)];
  const unchecked = named((place) => own[place] === null && checks[place] === null);
  const late = named((_, sequence) => items.some((item) => item.kind === "warning" && item.warning === "late" && item.sequence === sequence));
  const so = "Someone else may have written that in the person’s name: read the warning beside it before you decide. The text says so too.";
  return [
    ...(mine.length > 0 ? [`Your own check of ${mine.join(", ")} from the person failed. ${so}`] : []),
    ...(theirs.length > 0 ? [`The check of ${theirs.join(", ")} from the person failed on ${proposer}’s page. ${so}`] : []),
    ...(unchecked.length > 0
      ? [`Nobody who passes this on could check ${unchecked.join(", ")}. Ask a colleague who was at the desk then. The text says so too.`]
      : []),
    ...(late.length > 0 ? [`Sealed with older keys than a reply before it: ${late.join(", ")}. ${so}`] : []),
  ];
}

/** How it stands, and what comes next. */
export function stateWords(line: DisclosureLine): string {
  const by = `Proposed by ${line.role === "proposer" ? "you" : line.proposed_by}`;
  const second = line.role === "second" ? "you" : (line.decided_by ?? "nobody");
  switch (line.state) {
    case "proposed":
      return `${by}. It is waiting for another person, who is a lead: tell them now. If nobody decides by ${whenWords(line.expires_at)}, it expires.`;
    case "approved":
      return `${by}, and agreed to by ${second}. It can be carried out until ${whenWords(line.expires_at)}.`;
    case "refused":
      return `${by}, and refused by ${second}.`;
    case "withdrawn":
      return `${by}, and withdrawn.`;
    case "disclosed":
      return `${by}, agreed to by ${second}, and carried out by ${line.carried_by ?? "nobody"}.`;
    case "expired":
      return `${by}. It has expired.`;
  }
}

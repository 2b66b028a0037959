/** The fixed codes of a counsellor's day (PROTOCOL §8.3), in words. None of them can tell who someone is. */

import type { FlagReason } from "../../protocol/index.ts";

export const FLAGS: Readonly<Record<FlagReason, string>> = {
  "young-person": "a young person may be in danger",
  "self-harm": "the person may harm themselves",
  limit: "the limit of confidentiality may be reached",
  abuse: "the messages are abusive",
  advice: "a second opinion is needed",
};

export const WRAP_ROUTES: Readonly<Record<string, string>> = {
  self: "About themselves",
  other: "About someone else",
  young: "A young person",
  professional: "A professional",
  unclear: "Not clear",
};

export const ACTIONS: Readonly<Record<string, string>> = {
  "tell-somebody": "Tell someone they trust",
  devices: "Limits on devices or accounts",
  "no-contact": "Not be alone with young people, or stop contact",
  "safety-plan": "A plan for difficult moments",
  "seek-help": "Ask for professional help",
  "write-again": "Write or call again",
};

export const SIGNPOSTS: Readonly<Record<string, string>> = {
  phone: "Our phone line",
  "self-help": "Self-help pages",
  gp: "A GP or mental health service",
  crisis: "A crisis line or 999",
  childline: "Childline",
  police: "The police",
  "social-work": "Children’s social work",
  report: "Where to report images",
  elsewhere: "Somewhere else",
};

/** For how many days a counsellor blocks without a lead. */
export const LONGEST_ALONE = 3;

export const BLOCK_DAYS: readonly (readonly [number, string])[] = [
  [1, "1 day"],
  [3, "3 days"],
  [7, "7 days"],
  [30, "30 days"],
];

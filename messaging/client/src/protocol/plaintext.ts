/** What is inside an envelope: padded JSON of a fixed size (PROTOCOL §4.4). */

import { isDay } from "./days.ts";
import {
  type Bytes,
  type Direction,
  decode,
  encode,
  equal,
  FROM_DESK,
  FROM_PERSON,
  HASH,
  has,
  isZero,
  join,
  number,
  textOf,
  u32,
  utf8,
  WHITE_SPACE,
  zeros,
} from "./encoding.ts";
import { BadPlaintext, Malformed, TooLong } from "./errors.ts";
import { type Json, parseJson } from "./json.ts";

export type Route = "self" | "other" | "young" | "professional";
export type DeskType = "text" | "handover" | "closing" | "again";

/** What the desk writes; `since` is, of `again`, the first of the person's envelopes that could not be opened. */
export type DeskContent =
  | { readonly type: Exclude<DeskType, "again">; readonly text: string }
  | { readonly type: "again"; readonly text: string; readonly since: number };

/** The newest envelope of the other direction that the writer has accepted; 0 and zeros when none. */
export interface Ack {
  readonly sequence: number;
  readonly hash: Bytes;
}

/** An opened message; `unknown` is a kind that this version does not know, of which nothing is shown. */
export interface Plaintext {
  readonly type: "intake" | DeskType | "unknown";
  readonly text: string;
  readonly ack: Ack;
  readonly route: Route | null;
  readonly terms: number | null;
  readonly since: number | null;
  /** By the person's own clock, YYYY-MM-DD, where they say so. */
  readonly day: string | null;
}

/** What a person writes; `day` is their own word for today, YYYY-MM-DD. */
export interface PersonText {
  readonly text: string;
  readonly day?: string;
}

export interface Intake extends PersonText {
  readonly route: Route;
  readonly terms: number;
}

const SIZE = 8192;
const LIMIT = SIZE - 4;
const ROUTES: readonly Json[] = ["self", "other", "young", "professional"] satisfies Route[];
const KEYS: Readonly<Record<string, readonly string[]>> = {
  intake: ["type", "ack", "route", "terms", "text"],
  text: ["type", "ack", "text"],
  handover: ["type", "ack", "text"],
  closing: ["type", "ack", "text"],
  again: ["type", "ack", "text", "since"],
};
const DESK_ONLY: ReadonlySet<string> = new Set<DeskType>(["handover", "closing", "again"]);
/** Only what a person writes may have it. */
const WITH_DAY: ReadonlySet<string> = new Set(["intake", "text"]);
const NOTHING = { route: null, terms: null, since: null, day: null };
const ANYTHING = new RegExp(`[^${WHITE_SPACE}]`, "u");
const LONE_SURROGATE = /[\ud800-\udfff]/u;
const LARGEST = 2 ** 32 - 1;
/** What stands around the text in the longest message that this client writes. */
const AROUND = utf8(
  JSON.stringify({
    type: "intake",
    route: "professional",
    terms: LARGEST,
    text: "",
    day: "2026-12-31",
    ack: { sequence: LARGEST, hash: encode(zeros(HASH)) },
  }),
).length;

export const NOTHING_SEEN: Ack = { sequence: 0, hash: zeros(HASH) };

/** How much of the room for a text a text takes; it fits when `bytes` is not above `limit`. */
export function textFits(text: string): { bytes: number; limit: number } {
  return { bytes: utf8(JSON.stringify(text)).length - 2, limit: LIMIT - AROUND };
}

/** One of the routes of an intake. */
export function isRoute(value: unknown): value is Route {
  return ROUTES.includes(value as Json);
}

/** A string with something in it that is not white space, and no unpaired surrogate. */
export function isText(value: unknown): value is string {
  return typeof value === "string" && ANYTHING.test(value) && !LONE_SURROGATE.test(value);
}

/** 8,192 bytes; throws TooLong. */
export function pad(content: object): Bytes {
  const json = utf8(JSON.stringify(content));
  if (json.length > LIMIT) throw new TooLong(`${json.length} bytes, and ${LIMIT} fit`);
  return join(u32(json.length), json, zeros(LIMIT - json.length));
}

/** The object inside; throws BadPlaintext. */
export function unpad(padded: Bytes): ReadonlyMap<string, Json> {
  const size = number(padded.subarray(0, 4));
  refuseUnless(padded.length === SIZE && size <= LIMIT && isZero(padded.subarray(4 + size)), "size or padding");
  const text = textOf(padded.subarray(4, 4 + size));
  refuseUnless(text !== null, "not UTF-8");
  let content: Json;
  try {
    content = parseJson(text);
  } catch (error) {
    throw new BadPlaintext("not JSON of §4.4", { cause: error });
  }
  refuseUnless(content instanceof Map, "not an object");
  return content;
}

/** Padded bytes of a message; throws TooLong, and BadPlaintext for what a reader would refuse. */
export function write(
  content: (Intake & { type: "intake" }) | (PersonText & { type: "text" }) | DeskContent,
  ack: Ack,
  direction: Direction,
  sequence: number,
): Bytes {
  // JSON.stringify would escape an unpaired surrogate quietly.
  refuseUnless(isText(content.text), "no text");
  const padded = pad({ ...content, ack: ackJson(ack) });
  read(padded, direction, sequence);
  return padded;
}

/** A message's content, after every check of §4.4; throws BadPlaintext. */
export function read(padded: Bytes, direction: Direction, sequence: number): Plaintext {
  const content = unpad(padded);
  const [type, text, route, terms, since] = ["type", "text", "route", "terms", "since"].map((key) => content.get(key));
  const ack = readAck(content.get("ack"));
  refuseUnless(typeof type === "string", "no type");
  refuseUnless((type === "intake") === (direction === FROM_PERSON && sequence === 1), "an intake comes first, and only then");
  const keys = has(KEYS, type) ? KEYS[type]! : null;
  if (keys === null) return { type: "unknown", text: "", ack, ...NOTHING };
  const day = direction === FROM_PERSON && WITH_DAY.has(type) ? (content.get("day") ?? null) : null;
  refuseUnless(day === null || isDay(day), "its day");
  const size = keys.length + (day === null ? 0 : 1);
  refuseUnless(content.size === size && keys.every((key) => content.has(key)) && isText(text), "its keys or text");
  refuseUnless(!DESK_ONLY.has(type) || direction === FROM_DESK, "only the desk writes this");
  if (type === "again") {
    refuseUnless(typeof since === "number" && since >= 1, "since");
    return { type, text, ack, ...NOTHING, since };
  }
  if (type !== "intake") return { type: type as DeskType, text, ack, ...NOTHING, day };
  refuseUnless(ROUTES.includes(route!) && typeof terms === "number" && terms >= 1, "route or terms");
  return { type, text, ack, ...NOTHING, day, route: route as Route, terms };
}

export function ackJson({ sequence, hash }: Ack): object {
  return { sequence, hash: encode(hash) };
}

/** Throws BadPlaintext. */
export function readAck(value: Json | undefined): Ack {
  refuseUnless(value instanceof Map && value.size === 2 && value.has("sequence") && value.has("hash"), "ack");
  const sequence = value.get("sequence");
  refuseUnless(typeof sequence === "number", "ack");
  let hash: Bytes;
  try {
    hash = decode(value.get("hash"), HASH);
  } catch (error) {
    if (error instanceof Malformed) throw new BadPlaintext("ack", { cause: error });
    throw error;
  }
  refuseUnless((sequence === 0) === equal(hash, NOTHING_SEEN.hash), "ack");
  return { sequence, hash };
}

export function refuseUnless(holds: boolean, what: string): asserts holds {
  if (!holds) throw new BadPlaintext(what);
}

/**
 * The shapes of the answers of PROTOCOL §7 and §8, named as they are on the wire; bytes are base64url text (§1.4).
 *
 * Their types are made of these (api_types.ts): an answer is written down once.
 */

import { base64url, boolean, date, instant, list, nothing, nullable, object, oneOf, row, type Shape, text, whole } from "./schema.ts";

/** §8.3: the flag that is up, why, who raised it, and the lead who looked first and when; all null while there is none. */
const flag = nullable(oneOf("young-person", "self-harm", "limit", "abuse", "advice"));
const flagKeys = { flag, flag_by: nullable(text), flag_opened_by: nullable(text), flag_opened_at: nullable(instant) };
const state = oneOf("waiting", "assigned", "answered", "closed");

/** §7.2 */
export const desk = object({ statements: list(text), confirmations: list(text), certificates: list(text), conversation_limit: whole, checkpoint: nothing });
/** §7.3 */
export const challenge = object({ challenge: text });
/** §7.4 */
export const session = object({ token: text });
/** §7.5 */
export const firstMessage = object({ conversation: text, sequence: whole, hash: text, reply_by: nullable(instant) });
/** §12, for both sides and for the desk's bell. */
export const liveTicket = object({ ticket: text, expires_at: instant, beat: whole });
/** §7.13 */
export const talk = object({
  state: oneOf("none", "waiting", "offered", "taken", "message", "ended"),
  possible: boolean,
  until: nullable(instant),
  idle: boolean,
  ended: nullable(oneOf("withdrawn", "nobody", "no-room", "person", "counsellor", "closing", "idle")),
  reply_by: nullable(instant),
});
/** §7.6, to an envelope. */
export const sent = object({ sequence: whole, hash: text, reply_by: nullable(instant) });
/** §8.3, to an envelope. */
export const replied = object({ sequence: whole, hash: text });

const thread = {
  conversation: text,
  kem_public: text,
  sign_public: text,
  tag_public: text,
  statements: list(text),
  confirmations: list(text),
  certificates: list(text),
  openings: list(text),
  envelopes: list(text),
  /** `days[i]` is the date in UTC on which the i-th envelope arrived. */
  days: list(date),
  state,
  reply_by: nullable(instant),
  /** The instant until which the person cannot write, or null. */
  blocked_until: nullable(instant),
  checkpoint: nothing,
};

/** §7.6 */
export const inbox = object(thread);
/** §8.3 */
export const conversation = object({ ...thread, inbox_id: text, assigned_to: nullable(text), snoozed_until: nullable(instant), ...flagKeys });

/** §7.9: the rule's days, the person's own or null, what can be chosen, and the date on which it goes if nobody writes again. */
export const retention = object({ days: whole, own: nullable(whole), choices: list(whole), deleted_on: date });

/** §7.12: what is kept, and until which day; both null where nothing is. */
export const keptDraft = object({ draft: nullable(text), deleted_on: nullable(date) });
/** §7.12, to what was kept. */
export const draftKept = object({ deleted_on: date });

/** §7.8: how a column's values stand in the answer; `set` is true or false, all others may be null. */
const STORED = {
  number: nullable(whole),
  text: nullable(text),
  date: nullable(date),
  instant: nullable(instant),
  bytes: nullable(base64url),
  set: boolean,
};
const storedAs = oneOf(...(Object.keys(STORED) as (keyof typeof STORED)[]));
const storedHead = object({ table: text, columns: list(object({ name: text, as: storedAs })), rows: (rows: unknown) => rows });

/** §7.8: one table, its columns as they stand in it, and in each row a value a column, as its column says. */
export const storedTable = (value: unknown, path: string) => {
  const { table, columns, rows } = storedHead(value, path);
  const values = row<number | string | boolean | null>(columns.map((column) => STORED[column.as]));
  return { table, columns, rows: list(values)(rows, `${path}.rows`) };
};

/** §7.8 */
export const storedData = object({ tables: list(storedTable) });

/** A line of §8.3's lists. */
export const line = object({
  conversation: text,
  state,
  unread: whole,
  notes: whole,
  since: nullable(instant),
  due: nullable(instant),
  /** The display name of who has it, or had it last. */
  with: nullable(text),
  snoozed_until: nullable(instant),
  ...flagKeys,
  handed_by: nullable(text),
  /** Whether a disclosure in it waits for my decision. */
  decide: boolean,
  why: nullable(text),
});
const lines = list(line);

/** §8.3 */
export const conversations = object({
  mine: lines,
  answered: lines,
  waiting: lines,
  snoozed: lines,
  closed: lines,
  passed: lines,
  disclosures: lines,
  flagged: lines,
});

/** §8.3: who has a conversation after it was claimed, given back or handed over. */
export const assignment = object({ state, assigned_to: nullable(text) });
export const snoozed = object({ snoozed_until: nullable(instant) });
export const keptOn = object({ kept_until: nullable(instant) });
export const blocked = object({ blocked_until: nullable(instant) });
/** §8.3: how many leads were told of a flag that just went up, null where nobody was; where it is 0, whom to call. */
export const flagged = object({ flag, leads: nullable(whole), call: list(text) });
export const flagState = object(flagKeys);

/** §8.8: how a counsellor's browser calls them. */
export const signals = object({ notification: boolean, sound: boolean });
/** §8.8: one's own workload, a break, and how one's shift stands. */
export const workload = object({
  open: whole,
  takes: whole,
  cap: whole,
  away_until: nullable(instant),
  shift_ends: nullable(instant),
  shift_over: nullable(instant),
  absent: boolean,
  kept: list(object({ conversation: text, until: instant })),
});

/** §8.10: what is offered to me, and my live talks. */
export const talkOffer = object({ conversation: text, asked: instant, until: instant, yours: boolean });
export const talkLine = object({ conversation: text, since: instant, unread: whole, closes_at: nullable(instant), idle: boolean });
export const talks = object({ able: boolean, most: whole, quiet_until: nullable(instant), offers: list(talkOffer), talks: list(talkLine) });

/** §8.5 */
export const notes = object({ notes: list(object({ note: text, day: date, carries: list(text) })), certificates: list(text) });
/** §8.6 */
export const savedReplies = object({ saved_replies: list(object({ note: text, carries: list(text) })), certificates: list(text) });

const side = oneOf("1", "2");
/** A message, by direction and sequence. */
export const messageRef: Shape<readonly [1 | 2, number]> = (value, path) => {
  const [direction, sequence] = row<number>([whole, whole])(value, path) as [number, number];
  return [Number(side(String(direction), path)) as 1 | 2, sequence];
};

const disclosureState = oneOf("proposed", "approved", "refused", "withdrawn", "disclosed", "expired");
/** §8.9: what is sealed comes to whoever proposed it or decided and to leads, and not once it ran out or was taken back. */
export const disclosure = object({
  id: text,
  state: disclosureState,
  /** Why confidentiality may be broken, and who would be told. */
  reason: oneOf("harm-child", "harm-self", "harm-other"),
  recipient: oneOf("police", "social-work", "emergency"),
  /** Whether the person is told first, or telling them would raise the risk. */
  telling: oneOf("told", "risk"),
  messages: list(messageRef),
  role: nullable(oneOf("proposer", "second")),
  proposed_by: text,
  decided_by: nullable(text),
  carried_by: nullable(text),
  told: boolean,
  expires_at: instant,
  note: nullable(text),
  decision: nullable(text),
});
/** §8.9; `decider` is whether anyone could be the second person to what I propose. */
export const disclosures = object({ disclosures: list(disclosure), decider: boolean, certificates: list(text) });
export const disclosed = object({ state: disclosureState });

/** §8.3: everyone else at the desk, and whether I am a lead. */
export const colleagues = object({ colleagues: list(object({ counsellor_id: text, name: text, on_duty: boolean })), lead: boolean });
/** §8.7 */
export const presence = object({ others: list(object({ name: text, doing: oneOf("views", "types") })) });

/** §8.1: a vault as the server keeps it; kind 1 is a passphrase's, 2 a passkey's. Without a record the server lacks its storage key. */
const vault = object({ id: whole, kind: whole, record: nullable(text), credential_id: nullable(text) });
const grants = list(object({ epoch: whole, certificate_id: text, wrapped: text }));
/** §8.1: the counsellor's other keys: pending ones, that a renewal asks for, or those of before. */
const otherKeys = object({
  pending: boolean,
  vaults: list(vault),
  request: nullable(text),
  sheet_made_on: nullable(date),
  certificate: nullable(text),
  grants,
});
/** §8.1; `statements` is the whole chain, `confirmations` all there are of it. */
export const me = object({
  counsellor_id: text,
  display_name: text,
  vaults: list(vault),
  certificate: nullable(text),
  request: nullable(text),
  sheet_made_on: nullable(date),
  grants,
  statements: list(text),
  confirmations: list(text),
  certificates: list(text),
  other: nullable(otherKeys),
  current: nullable(whole),
  checkpoint: nothing,
});
export const vaultChallenge = object({ challenge: text });
/** §8.2 */
export const candidates = object({ candidates: list(text) });

/** The shapes of the answers of PROTOCOL §7 and §8. */

import type {
  Colleague,
  ColleaguesAnswer,
  ConversationAnswer,
  ConversationLine,
  ConversationsAnswer,
  DeskAnswer,
  DisclosureLine,
  DisclosuresAnswer,
  DisclosureState,
  EnvelopeAnswer,
  FirstMessageAnswer,
  InboxAnswer,
  KeptAnswer,
  KeptAs,
  KeptTable,
  MeAnswer,
  MessagePlace,
  NotesAnswer,
  PresenceAnswer,
  ReplyAnswer,
  RetentionAnswer,
  SavedRepliesAnswer,
  VaultAnswer,
} from "../protocol/api_types.ts";
import type { WorkAnswer } from "../protocol/duty_answers.ts";
import type { FlagAnswer, FlagState, Signals } from "../protocol/flag_answers.ts";
import { base64url, date, flag as yes, instant, list, nullable, object, oneOf, row, text, whole, type Shape } from "./schema.ts";

const flag = nullable(oneOf("young-person", "self-harm", "limit", "abuse", "advice"));
const flagState = { flag, flag_by: nullable(text), flag_opened_by: nullable(text), flag_opened_at: nullable(instant) };
const state = oneOf("waiting", "assigned", "answered", "closed");

export const desk = object<DeskAnswer>({ statement: text, certificates: list(text), conversation_limit: whole });
export const challenge = object<{ challenge: string }>({ challenge: text });
export const session = object<{ token: string }>({ token: text });
export const firstMessage = object<FirstMessageAnswer>({ conversation: text, sequence: whole, hash: text, reply_by: nullable(text) });
export const sent = object<EnvelopeAnswer>({ sequence: whole, hash: text, reply_by: nullable(text) });
export const replied = object<ReplyAnswer>({ sequence: whole, hash: text });

const thread = {
  conversation: text,
  kem_public: text,
  sign_public: text,
  statements: list(text),
  certificates: list(text),
  openings: list(text),
  envelopes: list(text),
  days: list(date),
  state,
  reply_by: nullable(text),
  blocked_until: nullable(text),
};

export const retention = object<RetentionAnswer>({ days: whole, own: nullable(whole), choices: list(whole), deleted_on: date });
export const inbox = object<InboxAnswer>(thread);
export const conversation = object<ConversationAnswer>({ ...thread, inbox_id: text, assigned_to: nullable(text), snoozed_until: nullable(text), ...flagState });

const KEPT: { readonly [K in KeptAs]: Shape<number | string | boolean | null> } = {
  number: nullable(whole),
  text: nullable(text),
  date: nullable(date),
  instant: nullable(instant),
  bytes: nullable(base64url),
  set: yes,
};
const keptColumn = object<KeptTable["columns"][number]>({ name: text, as: oneOf("number", "text", "date", "instant", "bytes", "set") });
const keptHead = object<Pick<KeptTable, "table" | "columns"> & { readonly rows: unknown }>({ table: text, columns: list(keptColumn), rows: (rows) => rows });

/** §7.8: what a value must be is said by its column. */
const keptTable: Shape<KeptTable> = (value, path) => {
  const { table, columns, rows } = keptHead(value, path);
  const values = row(columns.map((column) => KEPT[column.as]));
  return { table, columns, rows: list(values)(rows, `${path}.rows`) };
};

export const kept = object<KeptAnswer>({ tables: list(keptTable) });

const line = object<ConversationLine>({
  conversation: text,
  state,
  unread: whole,
  notes: whole,
  since: nullable(text),
  due: nullable(text),
  with: nullable(text),
  snoozed_until: nullable(text),
  ...flagState,
  handed_by: nullable(text),
  decide: yes,
  why: nullable(text),
});
const lines = list(line);

export const conversations = object<ConversationsAnswer>({ mine: lines, answered: lines, waiting: lines, snoozed: lines, closed: lines, passed: lines, disclosures: lines, flagged: lines });

export const snoozed = object<{ snoozed_until: string | null }>({ snoozed_until: nullable(text) });
export const flagged = object<FlagAnswer>({ flag, leads: nullable(whole), call: list(text) });
export const flagOpened = object<FlagState>(flagState);
export const signals = object<Signals>({ notification: yes, sound: yes });
export const keptOn = object<{ kept_until: string | null }>({ kept_until: nullable(text) });
export const work = object<WorkAnswer>({
  open: whole,
  takes: whole,
  cap: whole,
  away_until: nullable(instant),
  shift_ends: nullable(instant),
  shift_over: nullable(instant),
  absent: yes,
  kept: list(object<WorkAnswer["kept"][number]>({ conversation: text, until: instant })),
});
export const blocked = object<{ blocked_until: string | null }>({ blocked_until: nullable(text) });
export const notes = object<NotesAnswer>({ notes: list(object<{ note: string; day: string }>({ note: text, day: date })), certificates: list(text) });

const side = oneOf("1", "2");
const place: Shape<MessagePlace> = (value, path) => {
  const [direction, sequence] = row<number>([whole, whole])(value, path) as [number, number];
  return [Number(side(String(direction), path)) as 1 | 2, sequence];
};
const disclosureState = oneOf<DisclosureState>("proposed", "approved", "refused", "withdrawn", "disclosed", "expired");
const disclosure = object<DisclosureLine>({
  id: text,
  state: disclosureState,
  reason: oneOf("harm-child", "harm-self", "harm-other"),
  recipient: oneOf("police", "social-work", "emergency"),
  telling: oneOf("told", "risk"),
  messages: list(place),
  role: nullable(oneOf("proposer", "second")),
  proposed_by: text,
  decided_by: nullable(text),
  carried_by: nullable(text),
  told: yes,
  expires_at: instant,
  note: nullable(text),
  decision: nullable(text),
});
export const disclosures = object<DisclosuresAnswer>({ disclosures: list(disclosure), decider: yes, certificates: list(text) });
export const disclosed = object<{ state: DisclosureState }>({ state: disclosureState });
export const savedReplies = object<SavedRepliesAnswer>({ saved_replies: list(text), certificates: list(text) });
export const colleagues = object<ColleaguesAnswer>({
  colleagues: list(object<Colleague>({ counsellor_id: text, name: text, on_duty: yes })),
  lead: yes,
});
export const presence = object<PresenceAnswer>({ others: list(object<PresenceAnswer["others"][number]>({ name: text, doing: oneOf("views", "types") })) });

export const me = object<MeAnswer>({
  counsellor_id: text,
  display_name: text,
  vaults: list(object<VaultAnswer>({ id: whole, kind: whole, record: text, credential_id: nullable(text) })),
  certificate: nullable(text),
  request: nullable(text),
  grants: list(object<{ epoch: number; wrapped: string }>({ epoch: whole, wrapped: text })),
  statements: list(text),
  certificates: list(text),
  current: nullable(whole),
});

export const candidates = object<{ candidates: string[] }>({ candidates: list(text) });

export interface Holding {
  readonly state: ConversationAnswer["state"];
  readonly assigned_to: string | null;
}

export const holding = object<Holding>({ state, assigned_to: nullable(text) });

/** The shapes of the answers of PROTOCOL §7 and §8. */

import type {
  ConversationAnswer,
  ConversationLine,
  ConversationsAnswer,
  DeskAnswer,
  EnvelopeAnswer,
  FirstMessageAnswer,
  InboxAnswer,
  MeAnswer,
  ReplyAnswer,
  VaultAnswer,
} from "../protocol/answers.ts";
import { list, nullable, object, oneOf, text, whole } from "./shapes.ts";

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
  days: list(text),
  state,
  reply_by: nullable(text),
};

export const inbox = object<InboxAnswer>(thread);
export const conversation = object<ConversationAnswer>({ ...thread, inbox_id: text, assigned_to: nullable(text) });

const line = object<ConversationLine>({
  conversation: text,
  state,
  unread: whole,
  since: nullable(text),
  due: nullable(text),
  with: nullable(text),
});

export const conversations = object<ConversationsAnswer>({ mine: list(line), waiting: list(line) });

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

/** A thread's answer, decoded once and checked to be of the inbox it says (PROTOCOL §5.1, §7.6, §8.3). */

import type { ConversationAnswer, InboxAnswer } from "./api_types.ts";
import { isDay } from "./days.ts";
import { type Bytes, decode, demand, equal, ID, KEM_PUBLIC, SIGN_PUBLIC, TAG_PUBLIC } from "./encoding.ts";
import { type InboxKeys, inboxIdOf } from "./keys.ts";

/** What the server says of a thread, as bytes. */
export interface Answered {
  readonly inboxId: Bytes;
  readonly kemPublic: Bytes;
  readonly signPublic: Bytes;
  readonly tagPublic: Bytes;
  readonly conversation: Bytes;
  readonly statements: readonly Bytes[];
  readonly confirmations: readonly Bytes[];
  readonly certificates: readonly Bytes[];
  readonly openings: readonly Bytes[];
  readonly envelopes: readonly Bytes[];
  readonly days: readonly string[];
}

async function decoded(answer: InboxAnswer): Promise<Answered> {
  const kemPublic = decode(answer.kem_public, KEM_PUBLIC);
  const signPublic = decode(answer.sign_public, SIGN_PUBLIC);
  const tagPublic = decode(answer.tag_public, TAG_PUBLIC);
  demand(answer.days.length === answer.envelopes.length, "days and envelopes are not as many");
  demand(answer.days.every(isDay), "a day that is no date");
  return {
    inboxId: await inboxIdOf(kemPublic, signPublic, tagPublic),
    kemPublic,
    signPublic,
    tagPublic,
    conversation: decode(answer.conversation, ID),
    statements: answer.statements.map((text) => decode(text)),
    confirmations: answer.confirmations.map((text) => decode(text)),
    certificates: answer.certificates.map((text) => decode(text)),
    openings: answer.openings.map((text) => decode(text)),
    envelopes: answer.envelopes.map((text) => decode(text)),
    days: answer.days,
  };
}

/** Throws Malformed when the answer is of another inbox, or not of the shape that it must have. */
export async function answeredToPerson(inbox: InboxKeys, answer: InboxAnswer): Promise<Answered> {
  const answered = await decoded(answer);
  demand(equal(answered.inboxId, inbox.inboxId) && equal(answered.kemPublic, inbox.kemPublic), "the answer is of another inbox");
  return answered;
}

/** Throws Malformed when the inbox id is not that of the keys: a server could otherwise have a counsellor wrap to its own. */
export async function answeredToDesk(answer: ConversationAnswer): Promise<Answered> {
  const answered = await decoded(answer);
  demand(equal(answered.inboxId, decode(answer.inbox_id, ID)), "the inbox id is not that of its keys");
  return answered;
}

/** The JSON bodies and answers of PROTOCOL §7 and §8, named as they are on the wire; bytes are base64url text (§1.4). */

import type { FlagState } from "./flag_answers.ts";

export type ThreadState = "waiting" | "assigned" | "answered" | "closed";

/** §7.2 */
export interface DeskAnswer {
  readonly statement: string;
  readonly certificates: readonly string[];
  readonly conversation_limit: number;
}

/** §7.6; `days[i]` is the date, YYYY-MM-DD in UTC, on which the i-th envelope arrived. */
export interface InboxAnswer {
  readonly conversation: string;
  readonly kem_public: string;
  readonly sign_public: string;
  readonly statements: readonly string[];
  readonly certificates: readonly string[];
  readonly openings: readonly string[];
  readonly envelopes: readonly string[];
  readonly days: readonly string[];
  readonly state: ThreadState;
  readonly reply_by: string | null;
  /** The instant until which the person cannot write, or null. */
  readonly blocked_until: string | null;
}

/** §7.8: how a column's values stand in the answer. */
export type KeptAs = "number" | "text" | "date" | "instant" | "bytes" | "set";

/** §7.8: one table, its columns as they stand in it, and in each row a value a column; `set` is true or false, all others may be null. */
export interface KeptTable {
  readonly table: string;
  readonly columns: readonly { readonly name: string; readonly as: KeptAs }[];
  readonly rows: readonly (readonly (number | string | boolean | null)[])[];
}

/** §7.8 */
export interface KeptAnswer {
  readonly tables: readonly KeptTable[];
}

/** §7.9: the rule's days, the person's own or null, what can be chosen, and the date on which it goes if nobody writes again. */
export interface RetentionAnswer {
  readonly days: number;
  readonly own: number | null;
  readonly choices: readonly number[];
  readonly deleted_on: string;
}

/** §8.3 */
export interface ConversationAnswer extends InboxAnswer, FlagState {
  readonly inbox_id: string;
  readonly assigned_to: string | null;
  readonly snoozed_until: string | null;
}

/** §8.3: what a closed conversation was about; every code is a fixed one. */
export interface WrapUpBody {
  readonly route: string;
  readonly actions: readonly string[];
  readonly signposts: readonly string[];
}

/** §8.5 */
export interface NotesAnswer {
  readonly notes: readonly { readonly note: string; readonly day: string }[];
  readonly certificates: readonly string[];
}

/** §8.9: why confidentiality may be broken, and who would be told. */
export type DisclosureReason = "harm-child" | "harm-self" | "harm-other";
export type DisclosureRecipient = "police" | "social-work" | "emergency";
/** Whether the person is told first, or telling them would raise the risk. */
export type Telling = "told" | "risk";
export type DisclosureState = "proposed" | "approved" | "refused" | "withdrawn" | "disclosed" | "expired";
/** A message, by direction and sequence. */
export type MessagePlace = readonly [1 | 2, number];

/** §8.9 */
export interface DisclosureBody {
  readonly reason: DisclosureReason;
  readonly recipient: DisclosureRecipient;
  readonly telling: Telling;
  readonly messages: readonly MessagePlace[];
  readonly note: string;
}

/** §8.9: what is sealed comes to whoever proposed it or decided and to leads, and not once it ran out or was taken back. */
export interface DisclosureLine extends Omit<DisclosureBody, "note"> {
  readonly id: string;
  readonly state: DisclosureState;
  readonly role: "proposer" | "second" | null;
  readonly proposed_by: string;
  readonly decided_by: string | null;
  readonly carried_by: string | null;
  readonly told: boolean;
  readonly expires_at: string;
  readonly note: string | null;
  readonly decision: string | null;
}

/** §8.9 */
export interface DisclosuresAnswer {
  readonly disclosures: readonly DisclosureLine[];
  /** Whether anybody could be the second person to what I propose. */
  readonly decider: boolean;
  readonly certificates: readonly string[];
}

/** §8.6 */
export interface SavedRepliesAnswer {
  readonly saved_replies: readonly string[];
  readonly certificates: readonly string[];
}

/** §8.6: a saved reply sealed again, and the hash of the copy that it is to replace. */
export interface ResealBody {
  readonly note: string;
  readonly instead_of: string;
}

/** §8.3: everybody else at the desk. */
export interface Colleague {
  readonly counsellor_id: string;
  readonly name: string;
  readonly on_duty: boolean;
}

/** §8.3 */
export interface ColleaguesAnswer {
  readonly colleagues: readonly Colleague[];
  readonly lead: boolean;
}

/** §8.7 */
export type Doing = "views" | "types" | "left";

/** §8.7 */
export interface PresenceAnswer {
  readonly others: readonly { readonly name: string; readonly doing: "views" | "types" }[];
}

/** A vault as the server keeps it, §8.1; kind 1 is a passphrase's, 2 a passkey's. */
export interface VaultAnswer {
  readonly id: number;
  readonly kind: number;
  readonly record: string;
  readonly credential_id: string | null;
}

/** §8.1; `statements` is the whole chain. */
export interface MeAnswer {
  readonly counsellor_id: string;
  readonly display_name: string;
  readonly vaults: readonly VaultAnswer[];
  readonly certificate: string | null;
  readonly request: string | null;
  readonly grants: readonly { readonly epoch: number; readonly wrapped: string }[];
  readonly statements: readonly string[];
  readonly certificates: readonly string[];
  readonly current: number | null;
}

/** A line of §8.3's lists; `with` is the display name of who has it. */
export interface ConversationLine extends FlagState {
  readonly conversation: string;
  readonly state: ThreadState;
  readonly unread: number;
  readonly notes: number;
  readonly since: string | null;
  readonly due: string | null;
  readonly with: string | null;
  readonly snoozed_until: string | null;
  readonly handed_by: string | null;
  readonly decide: boolean;
  readonly why: string | null;
}

/** §8.3 */
export interface ConversationsAnswer {
  readonly mine: readonly ConversationLine[];
  readonly answered: readonly ConversationLine[];
  readonly waiting: readonly ConversationLine[];
  readonly snoozed: readonly ConversationLine[];
  readonly closed: readonly ConversationLine[];
  readonly passed: readonly ConversationLine[];
  readonly disclosures: readonly ConversationLine[];
  readonly flagged: readonly ConversationLine[];
}

/** §7.5 */
export interface FirstMessageBody {
  readonly kem_public: string;
  readonly sign_public: string;
  readonly opening: string;
  readonly envelope: string;
  readonly proof: string;
}

/** §7.5's answer. */
export interface FirstMessageAnswer {
  readonly conversation: string;
  readonly sequence: number;
  readonly hash: string;
  readonly reply_by: string | null;
}

/** §7.4 */
export interface SessionBody {
  readonly inbox_id: string;
  readonly challenge: string;
  readonly signature: string;
}

/** §7.6 and §8.3 */
export interface EnvelopeBody {
  readonly opening: string | null;
  readonly envelope: string;
}

/** §7.6's answer to an envelope. */
export interface EnvelopeAnswer {
  readonly sequence: number;
  readonly hash: string;
  readonly reply_by: string | null;
}

/** §8.3's answer to an envelope. */
export interface ReplyAnswer {
  readonly sequence: number;
  readonly hash: string;
}

/** §8.2 */
export interface EpochBody {
  readonly statement: string;
  readonly grants: readonly { readonly certificate_id: string; readonly epoch: number; readonly wrapped: string }[];
}

/** The types of what goes to and fro, PROTOCOL §7 and §8: answers by their shapes (api_schemas.ts), and bodies. */

import type * as schemas from "./api_schemas.ts";
import type { Infer } from "./schema.ts";

export type DeskPublicKeysAnswer = Infer<typeof schemas.desk>;
export type InboxAnswer = Infer<typeof schemas.inbox>;
export type FirstMessageAnswer = Infer<typeof schemas.firstMessage>;
export type EnvelopeAnswer = Infer<typeof schemas.sent>;
export type RetentionAnswer = Infer<typeof schemas.retention>;
export type TalkAnswer = Infer<typeof schemas.talk>;
export type LiveTicketAnswer = Infer<typeof schemas.liveTicket>;
export type KeptDraftAnswer = Infer<typeof schemas.keptDraft>;
export type DraftKeptAnswer = Infer<typeof schemas.draftKept>;
export type StoredDataAnswer = Infer<typeof schemas.storedData>;
export type StoredTable = Infer<typeof schemas.storedTable>;
export type StoredAs = StoredTable["columns"][number]["as"];

export type MeAnswer = Infer<typeof schemas.me>;
export type VaultAnswer = MeAnswer["vaults"][number];
/** §8.1: the proof of an open vault, for one change of its records. */
export interface VaultProof {
  readonly challenge: string;
  readonly signature: string;
}
export type ConversationAnswer = Infer<typeof schemas.conversation>;
export type ThreadState = ConversationAnswer["state"];
export type ReplyAnswer = Infer<typeof schemas.replied>;
export type ConversationsAnswer = Infer<typeof schemas.conversations>;
export type ConversationLine = Infer<typeof schemas.line>;
export type Assignment = Infer<typeof schemas.assignment>;
export type ColleaguesAnswer = Infer<typeof schemas.colleagues>;
export type Colleague = ColleaguesAnswer["colleagues"][number];
export type FlagState = Infer<typeof schemas.flagState>;
export type FlagReason = NonNullable<FlagState["flag"]>;
export type FlagAnswer = Infer<typeof schemas.flagged>;
export type NotesAnswer = Infer<typeof schemas.notes>;
export type SavedRepliesAnswer = Infer<typeof schemas.savedReplies>;
export type PresenceAnswer = Infer<typeof schemas.presence>;
export type Signals = Infer<typeof schemas.signals>;
export type WorkloadAnswer = Infer<typeof schemas.workload>;
export type TalksAnswer = Infer<typeof schemas.talks>;
export type TalkOffer = Infer<typeof schemas.talkOffer>;
export type TalkLine = Infer<typeof schemas.talkLine>;

export type DisclosuresAnswer = Infer<typeof schemas.disclosures>;
export type DisclosureLine = Infer<typeof schemas.disclosure>;
export type DisclosureState = DisclosureLine["state"];
export type DisclosureReason = DisclosureLine["reason"];
export type DisclosureRecipient = DisclosureLine["recipient"];
export type Telling = DisclosureLine["telling"];
export type MessageRef = Infer<typeof schemas.messageRef>;

/** §7.4 */
export interface SessionBody {
  readonly inbox_id: string;
  readonly challenge: string;
  readonly signature: string;
}

/** §7.5: what is sealed once, and what is signed for each try. */
export interface SealedFirst {
  readonly kem_public: string;
  readonly sign_public: string;
  readonly tag_public: string;
  readonly opening: string;
  readonly envelope: string;
}
export interface FirstMessageBody extends SealedFirst {
  readonly challenge: string;
  readonly proof: string;
}

/** §7.12 */
export interface DraftBody {
  readonly kem_public: string;
  readonly sign_public: string;
  readonly tag_public: string;
  readonly draft: string;
  readonly challenge: string;
  readonly proof: string;
}

/** §7.6 and §8.3 */
export interface EnvelopeBody {
  readonly opening: string | null;
  readonly envelope: string;
}

/** §8.2 */
export interface EpochBody {
  readonly statement: string;
  readonly grants: readonly { readonly certificate_id: string; readonly epoch: number; readonly wrapped: string }[];
}

/** §8.3: what a closed conversation was about; every code is a fixed one. */
export interface WrapUpBody {
  readonly route: string;
  readonly actions: readonly string[];
  readonly signposts: readonly string[];
}

/** §8.5: a note's secret for the current epoch. */
export interface CarryBody {
  readonly carry: string;
}

/** §8.6: the same of the saved reply with this id. */
export interface SavedCarryBody extends CarryBody {
  readonly id: string;
}

/** §8.7: what a counsellor does with a conversation that others may look at too. */
export type Doing = PresenceAnswer["others"][number]["doing"] | "left";

/** §8.9 */
export interface DisclosureBody extends Pick<DisclosureLine, "reason" | "recipient" | "telling" | "messages"> {
  readonly note: string;
}

/** Answers of PROTOCOL §8.3 and §8.8 about flags, and about how a counsellor is called. */

/** §8.3: why a conversation is raised to the lead. */
export type FlagReason = "young-person" | "self-harm" | "limit" | "abuse" | "advice";

/** §8.3: the flag that is up, who raised it, and the lead who looked first and when; all null while there is none. */
export interface FlagState {
  readonly flag: FlagReason | null;
  readonly flag_by: string | null;
  readonly flag_opened_by: string | null;
  readonly flag_opened_at: string | null;
}

/** §8.3: how many leads were told of a flag that just went up, null where nobody was; where it is 0, whom to call. */
export interface FlagAnswer {
  readonly flag: FlagReason | null;
  readonly leads: number | null;
  readonly call: readonly string[];
}

/** §8.8: how a counsellor's browser calls them. */
export interface Signals {
  readonly notification: boolean;
  readonly sound: boolean;
}

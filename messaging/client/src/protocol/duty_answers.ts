/** The answers about one's own work and shift, PROTOCOL §8.8. */

/** §8.8: one's own work, a break, and how one's shift stands. */
export interface WorkAnswer {
  readonly open: number;
  readonly takes: number;
  readonly cap: number;
  readonly away_until: string | null;
  readonly shift_ends: string | null;
  readonly shift_over: string | null;
  readonly absent: boolean;
  readonly kept: readonly { readonly conversation: string; readonly until: string }[];
}

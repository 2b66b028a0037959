/** One's own work and one's shift, looked up beside the lists: every half minute, and at once when something of it may have changed. */

import type { ConversationsAnswer, WorkloadAnswer } from "../../protocol/index.ts";
import { now } from "../parts/clock.ts";
import { Capacity } from "./capacity.ts";
import { waitsForMe } from "./conversation_lines.ts";
import { type ShiftContext, ShiftEnd } from "./shift_end.ts";

const EVERY = 30_000;
/** So near its end a shift is looked at as often as the lists are. */
const NEAR = 6 * 60_000;

export class DutyPoll {
  readonly capacity: Capacity;
  readonly shift: ShiftEnd;
  readonly #around: ShiftContext;
  #answer: WorkloadAnswer | null = null;
  #lists: ConversationsAnswer | null = null;
  #looked = 0;
  #mine = "";

  constructor(around: ShiftContext) {
    this.#around = around;
    this.shift = new ShiftEnd(around);
    this.capacity = new Capacity(around.page, around.keeping, (answer) => this.#took(answer));
  }

  /** The shift ends soon, or something is kept for a while after it: then the lists are looked at often. */
  get isNearEnd(): boolean {
    const ends = this.#answer?.shift_ends ?? null;
    return (ends !== null && Date.parse(ends) - now() <= NEAR) || (this.#answer?.kept.length ?? 0) > 0;
  }

  /** The lists were looked at: what was known stays when this cannot be looked up. */
  async heard(lists: ConversationsAnswer): Promise<void> {
    this.#lists = lists;
    const mine = String(lists.mine.filter(waitsForMe).map((line) => line.conversation));
    const isDue = mine !== this.#mine || Date.now() - this.#looked >= EVERY || this.isNearEnd;
    this.#mine = mine;
    if (isDue) {
      this.#looked = Date.now();
      this.#answer = await this.#around.page.api.workload().catch(() => this.#answer);
    }
    if (this.#answer !== null) this.#took(this.#answer);
  }

  /** Looked up again at the next look at the lists. */
  again(): void {
    this.#looked = 0;
  }

  #took(answer: WorkloadAnswer): void {
    this.#answer = answer;
    this.capacity.draw(answer);
    if (this.#lists !== null) this.shift.draw(answer, this.#lists);
  }
}

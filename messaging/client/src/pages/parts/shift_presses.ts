/** Which presses of Shift count: those of Shift and nothing else, three within three seconds. PURE.
 *
 * Shift is also half of a capital letter, of a marked text, of a step back by Tab, and of what some people use to quieten a screen reader.
 * So a press counts when the key went down and up again and nothing else happened between: no key, no pointer, no wheel, no repeat, no input
 * method. Whatever else happens forgets the presses before it too. The two Shift keys do not disturb each other. */

/** Within so many milliseconds the presses have to come. */
export const PATIENCE = 3000;
/** So many presses leave. */
export const ENOUGH = 3;

export class ShiftPresses {
  readonly #down = new Set<string>();
  #when: number[] = [];

  /** A Shift key (by its `code`) went down; `alone` is false when another modifier, an input method or its own repetition came with it. */
  down(code: string, alone: boolean): void {
    if (alone) this.#down.add(code);
    else this.disturb();
  }

  /** A Shift key was let go at `at` (milliseconds): how many presses count now. */
  up(code: string, at: number): number {
    if (this.#down.delete(code)) this.#when.push(at);
    return this.count(at);
  }

  /** Anything else happened: what was pressed before it, and what is held now, is no wish to leave. */
  disturb(): void {
    this.#down.clear();
    this.#when = [];
  }

  /** How many presses count at `at`. */
  count(at: number): number {
    this.#when = this.#when.filter((when) => at - when < PATIENCE);
    return this.#when.length;
  }
}

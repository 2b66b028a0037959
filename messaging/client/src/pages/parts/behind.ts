/** The steps of one page in the browser's history: how many entries of this very page lie behind the one that is shown.
 *
 * The number is all that is ever put there. It has no meaning for anybody who reads the history later: no step's name, nothing typed. */

const NAME = "behind";

/** How many entries of this page lie behind this one; 0 for a page without steps. */
export function stepsBehind(): number {
  const state: unknown = window.history.state;
  const behind = typeof state === "object" && state !== null ? Number(Reflect.get(state, NAME)) : 0;
  return Number.isSafeInteger(behind) && behind > 0 ? behind : 0;
}

/** One step on, at the same address. */
export function stepOn(): void {
  window.history.pushState({ [NAME]: stepsBehind() + 1 }, "");
}

/** The steps of one page in the browser's history: how many entries of this very page lie behind the one that is shown.
 *
 * The number is all that is ever put there. It has no meaning for anyone who reads the history later: no step's name, nothing typed. */

const NAME = "behind";

/** How many entries of this page lie behind this one; 0 for a page without steps. */
export function stepsBehind(): number {
  const state: unknown = window.history.state;
  const behind = typeof state === "object" && state !== null ? Number(Reflect.get(state, NAME)) : 0;
  return Number.isSafeInteger(behind) && behind > 0 ? behind : 0;
}

/** Goes to this page's first step; what was shown of it before is gone. Where that step is no more (leaving took its place), here is the first. */
export function toTheFirst(): void {
  const behind = stepsBehind();
  if (behind === 0) return;
  if (ownBehind() >= behind) window.history.go(-behind);
  else window.history.replaceState(null, "");
}

/** How many entries of this site lie right behind this one; as many as one likes where the browser does not tell. */
function ownBehind(): number {
  const navigation: unknown = Reflect.get(window, "navigation");
  const current: unknown = typeof navigation === "object" && navigation !== null ? Reflect.get(navigation, "currentEntry") : null;
  return typeof current === "object" && current !== null ? Number(Reflect.get(current, "index")) : Infinity;
}

/** One step on, at the same address. */
export function stepOn(): void {
  window.history.pushState({ [NAME]: stepsBehind() + 1 }, "");
}

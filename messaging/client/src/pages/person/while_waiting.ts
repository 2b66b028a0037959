/** What someone may read until they are answered, by what they came for. It is in the page for every route: which one is shown, nobody is told. */

import type { Route } from "../../protocol/index.ts";

/** Shows what fits `route`, and nothing else. */
export function showWhileWaiting(place: HTMLElement, route: Route | null): void {
  for (const shelf of place.querySelectorAll<HTMLElement>(".waiting")) shelf.hidden = shelf.id !== `waiting-${route ?? ""}`;
}

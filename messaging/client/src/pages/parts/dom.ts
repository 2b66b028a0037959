/** Small tools for the page: everything is text, nothing is ever parsed as HTML (Trusted Types are refused altogether). */

import { gettext } from "./gettext.ts";
import { mustBeSeen } from "./page_integrity.ts";

/** The element with this id, which the template promises; throws when it is missing, there twice, or of another kind. */
export function byId<T extends HTMLElement>(id: string, kind: abstract new (...no: never[]) => T): T {
  const [found, another] = document.querySelectorAll(`#${CSS.escape(id)}`);
  if (!(found instanceof kind) || another !== undefined) throw new Error(`the page has no ${kind.name} called ${id}`);
  return found;
}

/** The part of `inside` that the template marks with data-part. */
export function part<T extends HTMLElement>(inside: ParentNode, name: string, kind: abstract new (...no: never[]) => T): T {
  const found = inside.querySelector(`[data-part="${name}"]`);
  if (!(found instanceof kind)) throw new Error(`the page has no ${kind.name} for the part ${name}`);
  return found;
}

/** Shows one of several sections and moves the focus to its heading, so that a screen reader starts there. */
export function showOnly(chosen: HTMLElement, all: readonly HTMLElement[]): void {
  for (const section of all) section.hidden = section !== chosen;
  // Whoever made this page could have put it where nobody sees it, and something else in its place.
  mustBeSeen(chosen);
  for (const note of chosen.querySelectorAll<HTMLElement>(".note--warning")) if (note.closest("[hidden]") === null) mustBeSeen(note);
  const heading = chosen.querySelector<HTMLElement>("h1, h2");
  if (heading === null) return;
  heading.tabIndex = -1;
  heading.focus();
  // Not smoothly: some people feel ill when a page moves.
  window.scrollTo(0, 0);
}

/** "one", "one and two", "one, two and three". */
export function joined(names: readonly string[]): string {
  const last = names[names.length - 1];
  if (last === undefined) return "";
  return names.length === 1 ? last : gettext("{names} and {last}", { names: names.slice(0, -1).join(", "), last });
}

/** Links to the account's own pages; each opens a tab of its own, so that what is typed here is not lost. */

import { Problem } from "../../transport/index.ts";
import { element } from "../parts/element.ts";

/** Where to sign in. */
export function signInLink(): HTMLElement {
  return link("/desk/account/login/", "Sign in (opens a new tab)");
}

/** The way to mend it, for a trouble that only the account's own page can mend; null for any other. */
export function wayOut(error: unknown): HTMLElement | null {
  if (!(error instanceof Problem) || error.type !== "second-factor") return null;
  return element("p", {}, link("/desk/account/security/", "Set up a second step (opens a new tab)"));
}

function link(href: string, words: string): HTMLElement {
  return element("a", { class: "govuk-link", href, target: "_blank", rel: "noopener" }, words);
}

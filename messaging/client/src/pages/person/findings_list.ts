/** What may identify someone, as a list for them to look at. */

import { element } from "../parts/element.ts";
import { gettext } from "../parts/gettext.ts";
import type { Finding } from "./identifying.ts";

/** More than these are not named. */
const MOST = 12;

const KINDS: Readonly<Record<Finding["kind"], () => string>> = {
  email: () => gettext("this looks like an email address"),
  phone: () => gettext("this looks like a phone number"),
  postcode: () => gettext("this looks like a postcode"),
  name: () => gettext("this looks like a name"),
  address: () => gettext("this looks like an address"),
  link: () => gettext("this looks like an account or a link"),
};

/** Fills `list` with the findings, each with what it looks like. */
export function listFindings(list: HTMLElement, findings: readonly Finding[]): void {
  list.replaceChildren(
    ...findings.slice(0, MOST).map((finding) => element("li", {}, element("mark", { dir: "auto" }, finding.text), `: ${KINDS[finding.kind]()}`)),
  );
}

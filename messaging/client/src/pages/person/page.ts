/** What /write and /inbox share: the site's root key from the page, and who can read. */

import { openSite, type Desk, type Site } from "../../protocol/index.ts";
import { element, joined } from "../parts/dom.ts";
import { LEAVING } from "../parts/leave.ts";

/** PROTOCOL §7.2: the root's public key is in the page. */
export function siteOfPage(): Promise<Site> {
  const { root, origin } = document.documentElement.dataset;
  return openSite(root ?? "", origin ?? "");
}

/** Who could read a message, in words (PROTOCOL §5.3: shown before the first wrap in a page's life). */
export function readersInWords(desk: Desk): string {
  const count = desk.names.length;
  return count === 1 ? `Only one counsellor: ${joined(desk.names)}.` : `${count} counsellors of this helpline: ${joined(desk.names)}. Nobody else.`;
}

/** "call us on 0808 1000 900", to stand inside a sentence. */
export function callUs(): string {
  const phone = document.documentElement.dataset["phone"] ?? "";
  // The number must not be broken over two lines.
  return phone === "" ? "call us" : `call us on ${phone.replaceAll(" ", "\u00a0")}`;
}

/** Said before anything is asked: nothing that is written here could be locked. */
export function tooOldNote(): HTMLElement {
  const note = element("div", "", "note note--warning");
  note.setAttribute("role", "alert");
  note.append(
    element("h2", "This browser is too old"),
    element("p", `It cannot lock a message before it is sent, so you cannot write or read here with it. Update it, or use another browser or device. Or ${callUs()}.`),
  );
  return note;
}

/** Runs when the page goes away, by the exit or otherwise: the place to drop secrets. */
export function whenLeaving(drop: () => void): void {
  window.addEventListener(LEAVING, drop);
}

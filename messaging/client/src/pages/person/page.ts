/** What /write and /inbox share: the site's root key, and who can read. */

import { NEWEST, ROOT } from "#installation";
import { checkDesk, type Desk, openSite, type Site } from "../../protocol/index.ts";
import type { PersonApi } from "../../transport/index.ts";
import { deviceDate, today } from "../parts/clock.ts";
import { byId, joined } from "../parts/dom.ts";
import { LEAVING } from "../parts/exit.ts";
import { gettext } from "../parts/gettext.ts";

/** PROTOCOL §7.2: the root's public key and the newest epoch are in a script that is signed, and the origin is where the browser itself has the page from. */
export function siteOfPage(): Promise<Site> {
  // An onion service has another address than the one that its signatures are for: there the page says which. A lie could only make
  // a signature for another address of the same root.
  const { origin, hostname } = window.location;
  return openSite(ROOT, hostname.endsWith(".onion") ? (document.documentElement.dataset.origin ?? "") : origin, NEWEST);
}

/** The site, and who could read a message there now; throws what `checkDesk` throws, and Problem. */
export async function askDesk(api: PersonApi): Promise<[Site, Desk]> {
  const site = await siteOfPage();
  return [site, await checkDesk(site, await api.deskPublicKeys(site.released?.number), today())];
}

/** Who could read a message, in words (PROTOCOL §5.3: shown before the first wrap in a page's life). */
export function readersInWords(desk: Desk): string {
  const count = desk.names.length;
  const names = joined(desk.names);
  if (count === 1) return gettext("Only one counsellor: {names}.", { names });
  return gettext("{count} counsellors at this helpline: {names}. Nobody else.", { count, names });
}

/** The same, to whoever is about to write in an open conversation. */
export function readersNow(desk: Desk | null): string {
  if (desk !== null) return gettext("Who can read what you write now: {readers}", { readers: readersInWords(desk) });
  return gettext(
    "You cannot write right now, because we could not make sure who would read it. Your device says that the date is {date}. If that is wrong, correct it and check again. Please {call_us}.",
    { date: deviceDate(), call_us: callUs() },
  );
}

/** "call us on 0808 1000 900", to stand inside a sentence. */
export function callUs(): string {
  const said = document.documentElement.dataset.phone ?? "";
  // The page's word, as every number on it is; but a number and never a sentence.
  const phone = /^\+?[0-9(][0-9 ()-]{2,19}$/u.test(said) ? said : "";
  // The number must not be broken over two lines.
  return phone === "" ? gettext("call us") : gettext("call us on {phone}", { phone: phone.replaceAll(" ", "\u00a0") });
}

/** Why sending takes longer, in the page's words (templates/parts/slow_browser.html): nothing is asked of the person. */
export function workingWords(): string {
  return byId("working", HTMLElement).textContent ?? "";
}

/** Runs when the page goes away, by the exit or otherwise: the place to drop secrets. */
export function whenLeaving(drop: () => void): void {
  // Once: what was dropped is gone, and so may be the places where it stood.
  window.addEventListener(LEAVING, drop, { once: true });
}

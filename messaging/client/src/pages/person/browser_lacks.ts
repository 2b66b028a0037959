/** What this browser lacks, said above everything else, in the page's own words (templates/parts/browser.html, slow_browser.html). */

import { browserIsAble, slowSeconds } from "../../protocol/index.ts";
import { byId, part } from "../parts/dom.ts";
import { gettext } from "../parts/gettext.ts";
import { mustBeSeen } from "../parts/page_integrity.ts";
import { nameFault } from "../parts/titles.ts";

/** Nobody is told of less. */
const WORTH_TELLING = 5;

/** Whether messages can be locked here. Where they cannot, the page says why, and what can be done; throws NotLoaded. */
export async function isAbleHere(): Promise<boolean> {
  const able = await browserIsAble();
  if (!able) sayUnable(window.isSecureContext ? "old" : "unsafe");
  return able;
}

/** Says above everything else that nothing can be written or read here, and for which reason. */
export function sayUnable(why: "old" | "unsafe" | "broken"): void {
  const note = byId("unable", HTMLElement);
  note.hidden = part(note, why, HTMLElement).hidden = false;
  nameFault(true);
  mustBeSeen(note);
}

/** Says how long `keys` keys take, where that is long; it is found out on this very device. */
export async function tellSlow(keys: number): Promise<void> {
  // The exit may have emptied the page, and may while this is measured.
  const note = document.getElementById("slow");
  if (note === null) return;
  const seconds = (await slowSeconds()) * keys;
  note.hidden = seconds < WORTH_TELLING;
  part(note, "time", HTMLElement).textContent = lengthWords(seconds);
}

/** Rounded up to ten seconds, or to a minute: it is rather done sooner than said. */
export function lengthWords(seconds: number): string {
  if (seconds <= 90) return gettext("about {seconds} seconds", { seconds: Math.ceil(seconds / 10) * 10 });
  return gettext("about {minutes} minutes", { minutes: Math.ceil(seconds / 60) });
}

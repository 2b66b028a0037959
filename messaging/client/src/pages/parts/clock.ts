/** The page's clock: the device's own. Only a demonstration's own script may move it, and then the page says so. */

import { MADE_ON, MOVED } from "#installation";
import { BadDates } from "../../protocol/index.ts";
import { element } from "./element.ts";
import { gettext } from "./gettext.ts";
import { dateWords, deadlineWords, instantWords } from "./moments.ts";

const DAY = 86_400_000;

/** The service's time, in milliseconds since 1970. */
export function now(): number {
  return Date.now() + MOVED * 1000;
}

/** Today as PROTOCOL §1.5 counts days. Throws BadDates on a device that stands before the day on which this very page was signed. */
export function today(): number {
  if (MADE_ON !== "" && Date.now() < Date.parse(`${MADE_ON}T00:00:00Z`)) throw new BadDates("the device's day is before the release's own");
  return Math.floor(now() / DAY);
}

/** The day that this device shows to whoever holds it: "Wednesday 5 January 2028". */
export function deviceDate(): string {
  const there = new Date(now());
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${dateWords(`${there.getFullYear()}-${two(there.getMonth() + 1)}-${two(there.getDate())}`)} ${there.getFullYear()}`;
}

/** The time zone in which the organisation lives: the page's word, for showing times alone. */
export function zone(): string {
  const named = document.documentElement.dataset.zone ?? "";
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: named }).resolvedOptions().timeZone;
  } catch {
    return "Europe/London";
  }
}

/** "2pm today", in the organisation's zone. */
export function whenWords(instant: string): string {
  return deadlineWords(instant, now(), zone());
}

/** "1:15pm", in the organisation's zone. */
export function timeWords(instant: string): string {
  const said = new Intl.DateTimeFormat("en-GB", { timeZone: zone(), hour: "numeric", minute: "2-digit", hour12: true }).format(Date.parse(instant));
  return said
    .replace(/[\s\u202f]/gu, "")
    .replace(/^0(?=:)/u, "12")
    .replace(":00", "");
}

/** Where the clock is moved the script itself says so: nobody is to take a demonstration for the real service. */
export function showIfMoved(main: HTMLElement): void {
  if (MOVED === 0) return;
  main.prepend(element("p", { class: "clock-note" }, gettext("This page’s clock is set to {when}.", { when: instantWords(now(), zone()) })));
}

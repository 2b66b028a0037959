/** The page's clock: the device's own, moved as the demonstration's service is moved (`data-clock-offset`, seconds). */

import { element } from "./dom.ts";
import { instantWords } from "./moments.ts";
import { say } from "./say.ts";

const DAY = 86_400_000;

function offset(): number {
  const seconds = Number(document.documentElement.dataset["clockOffset"] ?? "0");
  return Number.isSafeInteger(seconds) ? seconds * 1000 : 0;
}

/** The service's time, in milliseconds since 1970. */
export function now(): number {
  return Date.now() + offset();
}

/** Today as PROTOCOL §1.5 counts days. */
export function today(): number {
  return Math.floor(now() / DAY);
}

/** The time zone in which the organisation lives. */
export function zone(): string {
  return document.documentElement.dataset["zone"] ?? "Europe/London";
}

/** Where the clock is moved the script itself says so: a page that only claims today's date could be made to accept old keys. */
export function sayIfMoved(main: HTMLElement): void {
  if (offset() === 0) return;
  main.prepend(element("p", say("This page’s clock is set to {when}.", { when: instantWords(now(), zone()) }), "clock-note"));
}

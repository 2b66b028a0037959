/** Says so where the program that locks and opens messages did not begin: it did not come, or an engine of before 2021 cannot read it. */

import { onceShown } from "./veil.ts";

/** The page promises that the program takes these words away. */
const WAITS = "[data-script-waits]";

/** Looks once everything has come that will. */
export function watchStart(): void {
  window.addEventListener("load", () => onceShown(() => window.setTimeout(look)));
}

function look(): void {
  const waits = document.querySelector<HTMLElement>(WAITS);
  const note = document.getElementById("unable");
  const words = note?.querySelector<HTMLElement>("[data-part=broken]");
  if (waits === null || waits.hidden || !note || !words) return;
  waits.hidden = true;
  words.hidden = note.hidden = false;
}

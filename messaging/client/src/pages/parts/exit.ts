/** Exit this page: blank at once, and somewhere ordinary, by a click, a tap or Shift three times. It never asks. */

import { stepsBehind } from "./history_depth.ts";
import { ENOUGH, PATIENCE, ShiftPresses } from "./shift_presses.ts";
import { cameBackFromElsewhere, veil } from "./veil.ts";

/** Sent to `window` before the page goes, so that whatever is secret is dropped first. */
export const LEAVING = "helpline:leaving";
/** Going back over the page's own steps takes a moment; a browser that never says it has done so is not waited for. */
const LONGEST = 250;

function leave(address: string): void {
  // First what can be seen, then what is remembered: the next page may be slow to come.
  document.documentElement.classList.add("gone");
  window.dispatchEvent(new Event(LEAVING));
  document.body.replaceChildren();
  const go = (): void => window.location.replace(address);
  const behind = stepsBehind();
  if (behind === 0) return go();
  // The page's first step is the one that is replaced, or “back” would lead to the others.
  window.addEventListener("popstate", go, { once: true });
  window.setTimeout(go, LONGEST);
  window.history.go(-behind);
}

/** Shows and says how many presses of Shift are still wanted. */
function tell(bar: HTMLElement | null, count: number): void {
  const lights = bar?.querySelector<HTMLElement>("[data-exit-lights]");
  const said = bar?.querySelector<HTMLElement>("[data-exit-said]");
  if (!bar || !lights || !said) return;
  lights.hidden = count === 0;
  for (const [index, light] of [...lights.children].entries()) light.classList.toggle("is-on", index < count);
  said.textContent = bar.querySelector(`[data-exit-pressed="${count}"]`)?.textContent ?? "";
}

function watchShift(address: string, bar: HTMLElement | null): void {
  const presses = new ShiftPresses();
  let timer = 0;
  let told = 0;
  const show = (count: number): void => {
    if (count !== told) tell(bar, count);
    told = count;
  };
  const disturb = (): void => {
    presses.disturb();
    show(0);
  };
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Shift") return disturb();
      presses.down(event.code, !event.repeat && !event.isComposing && !event.ctrlKey && !event.altKey && !event.metaKey);
      show(presses.count(event.timeStamp));
    },
    { capture: true },
  );
  document.addEventListener(
    "keyup",
    (event) => {
      if (event.key !== "Shift") return disturb();
      const count = presses.up(event.code, event.timeStamp);
      if (count >= ENOUGH) return leave(address);
      show(count);
      window.clearTimeout(timer);
      timer = window.setTimeout(() => show(presses.count(performance.now())), PATIENCE);
    },
    { capture: true },
  );
  // What a mouse, a finger, a wheel or an input method does while Shift is held, or between two presses.
  for (const other of ["pointerdown", "pointerup", "wheel", "compositionstart", "compositionend", "dragstart"]) {
    document.addEventListener(other, disturb, { capture: true, passive: true });
  }
  // The key may be let go in another window, which says nothing of it here.
  window.addEventListener("blur", disturb);
  for (const hint of bar?.querySelectorAll<HTMLElement>("[data-exit-keys]") ?? []) hint.hidden = false;
}

/** Makes the exit work, and keeps a stored copy of the page (the back button's) blank. */
export function watchExit(link: HTMLAnchorElement): void {
  const address = link.href;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave(address);
  });
  watchShift(address, link.closest<HTMLElement>(".exit"));
  window.addEventListener("pagehide", () => {
    document.documentElement.classList.add("gone");
    window.dispatchEvent(new Event(LEAVING));
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    // A page that comes back from the browser's memory is asked for anew: what it said then may not be true now.
    const again = (): void => window.location.reload();
    if (cameBackFromElsewhere()) veil(again);
    else again();
  });
}

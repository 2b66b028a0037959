/** Exit this page: blank at once, and somewhere ordinary, by a click, a tap or Shift three times. */

const PATIENCE = 3000;

/** Sent to `window` before the page goes, so that whatever is secret is dropped first. */
export const LEAVING = "helpline:leaving";

function leave(address: string): void {
  // First what can be seen, then what is remembered: the next page may be slow to come.
  document.documentElement.classList.add("gone");
  window.dispatchEvent(new Event(LEAVING));
  document.body.replaceChildren();
  window.location.replace(address);
}

/** Makes the exit work, and keeps a stored copy of the page (the back button's) blank. */
export function watchExit(link: HTMLAnchorElement): void {
  const address = link.href;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave(address);
  });
  let presses: number[] = [];
  document.addEventListener("keydown", (event) => {
    // A capital letter is Shift and something else; only Shift alone counts.
    if (event.key !== "Shift") presses = [];
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") return;
    presses = [...presses.filter((when) => event.timeStamp - when < PATIENCE), event.timeStamp];
    if (presses.length >= 3) leave(address);
  });
  window.addEventListener("pagehide", () => {
    document.documentElement.classList.add("gone");
    window.dispatchEvent(new Event(LEAVING));
  });
  window.addEventListener("pageshow", (event) => {
    // A page that comes back from the browser's memory is asked for anew: what it said then may not be true now.
    if (event.persisted) window.location.reload();
  });
}

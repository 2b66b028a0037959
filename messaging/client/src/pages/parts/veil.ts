/** “Back” from another site shows no page at first: whoever presses it may not be the one who read here. Nothing is stored for it. */

import { element } from "./element.ts";
import { gettext } from "./gettext.ts";

interface Activation {
  readonly navigationType?: unknown;
  readonly from?: unknown;
}

/** Whether the browser came to this page by its history, from a page that is not ours. False where the browser does not tell. */
export function cameBackFromElsewhere(): boolean {
  const navigation: unknown = Reflect.get(window, "navigation");
  if (typeof navigation !== "object" || navigation === null) return false;
  const activation = Reflect.get(navigation, "activation") as Activation | null | undefined;
  // Of its own site's pages the browser names the one before; of another site's, none.
  return activation?.navigationType === "traverse" && activation.from === null;
}

const VEILED = "veiled";
/** Sent to `window` when someone asked for the page behind the veil. */
const SHOWN = "helpline:shown";

/** Runs `begin` now, or once the page is asked for: behind a veil nothing is looked at, asked of the server or begun. */
export function onceShown(begin: () => void): void {
  if (document.documentElement.classList.contains(VEILED)) window.addEventListener(SHOWN, begin, { once: true });
  else begin();
}

/** Leaves nothing to be seen but one button; `show` runs when it is pressed, and the page stands there again. */
export function veil(show: () => void = () => undefined): void {
  const cover = element("div", { class: "veil" });
  const button = element("button", { class: "veil__show" }, gettext("Show this page"));
  button.type = "button";
  button.addEventListener("click", () => {
    cover.remove();
    document.documentElement.classList.remove(VEILED);
    show();
    window.dispatchEvent(new Event(SHOWN));
  });
  cover.append(button);
  document.documentElement.classList.remove("gone");
  document.documentElement.classList.add(VEILED);
  document.body.append(cover);
}

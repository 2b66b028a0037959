/** Whether the page still is what its template makes. Its HTML is signed by nobody, so the script looks before it writes anything into it. */

import { element } from "./element.ts";
import { LEAVING } from "./exit.ts";
import { gettext } from "./gettext.ts";

/** Whether someone can see it: it has a place of some size, and nothing about it or around it hides it. */
export function isSeen(place: HTMLElement): boolean {
  const { width, height } = place.getBoundingClientRect();
  // Browsers of before 2024 have not the function; there the size alone decides.
  const shown = typeof place.checkVisibility === "function" ? place.checkVisibility({ opacityProperty: true, visibilityProperty: true }) : true;
  return shown && width >= 16 && height >= 8;
}

/** One `<main>` that can be seen and is called so, and no id that stands twice. */
export function isWhole(): boolean {
  const [main, another] = document.querySelectorAll("main");
  const ids = Array.from(document.querySelectorAll("[id]"), (one) => one.id);
  return main !== undefined && another === undefined && main.id === "main" && isSeen(main) && new Set(ids).size === ids.length;
}

/** Nothing but these words and the way out is left on the page: whatever else stood there is not to be relied on, a telephone number neither. */
export function showAltered(): void {
  const words = element("div");
  words.setAttribute("role", "alert");
  words.append(
    element("h1", {}, gettext("This page was changed on its way to you")),
    element("p", {}, gettext("Do not write anything here. What was on this page may not have come from us.")),
    element("p", {}, gettext("If you can, try again later or from somewhere else. Or call us on a number that you did not get from this page, and tell us.")),
    element("p", {}, gettext("If someone is in danger, call 999. You can talk to the Samaritans at any hour, on 116 123.")),
  );
  // Whatever is secret goes first, as when someone leaves.
  window.dispatchEvent(new Event(LEAVING));
  const exit = document.getElementById("exit");
  const way = element("header", { class: "exit" });
  const wide = element("div", { class: "page" });
  if (exit !== null) wide.append(exit);
  way.append(wide);
  const page = element("main", { class: "page" });
  page.id = "main";
  page.append(words);
  document.body.replaceChildren(way, page);
}

/** Says so in the place of everything when `place` was shown and nobody can see it. */
export function mustBeSeen(place: HTMLElement): void {
  if (!isSeen(place)) showAltered();
}

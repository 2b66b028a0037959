/** Why nobody can write now, with a button that looks once more. */

import { element } from "../parts/element.ts";
import { gettext } from "../parts/gettext.ts";
import { mustBeSeen } from "../parts/page_integrity.ts";
import { nameFault } from "../parts/titles.ts";

/** Says it in `place`. */
export function sayTrouble(place: HTMLElement, words: string, look: () => void): void {
  const again = element("button", { class: "govuk-button govuk-button--secondary", type: "button" }, gettext("Try again"));
  again.addEventListener("click", look);
  place.replaceChildren(element("div", { class: "note note--warning", role: "alert" }, element("p", {}, words), again));
  place.hidden = false;
  nameFault(true);
  mustBeSeen(place);
}

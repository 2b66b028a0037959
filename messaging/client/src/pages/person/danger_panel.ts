/** What stands in the one panel before sending when words may mean danger: numbers to call first, and then “Send it as well”. A first message goes
 * on to its words before it is sent, and its button says so. */

import { part } from "../parts/dom.ts";
import { gettext } from "../parts/gettext.ts";
import type { Danger } from "./danger.ts";

/** Shows the part of `form`'s panel for each of the dangers, hides the others, and names its buttons to fit. Nothing of it is kept or told. */
export function pointOutDanger(form: HTMLElement, dangers: readonly Danger[], goesOn: boolean): void {
  const noticed = dangers.length > 0;
  part(form, "ending", HTMLElement).hidden = !dangers.includes("ending");
  part(form, "hurt", HTMLElement).hidden = !dangers.includes("hurt");
  part(form, "noticed", HTMLElement).hidden = !noticed;
  const anyway = part(form, "anyway", HTMLButtonElement);
  if (goesOn) anyway.textContent = noticed ? gettext("Go on, and send it as well") : gettext("Go on with it as it is");
  else anyway.textContent = noticed ? gettext("Send it as well") : gettext("Send it as it is");
  // Nobody is to think that the message is not wanted: after the numbers, sending is the next thing to do.
  anyway.classList.toggle("govuk-button--secondary", !noticed);
  part(form, "change", HTMLButtonElement).classList.toggle("govuk-button--secondary", noticed);
}

/** The page's title: what the tab, the task bar and the history show. It says which step is shown and whether it was refused, never what it is about. */

import { gettext } from "./gettext.ts";

/** The title without the mark of a fault; what the page came with, until a step is named. */
let plain: string | null = null;

/** Names the step that is shown. One that still shows a summary of faults says so. */
export function nameStep(name: string, step: HTMLElement): void {
  plain = `${name} – ${gettext("Information")}`;
  nameFault(step.querySelector(".govuk-error-summary") !== null);
}

/** Says in front of the title that something was refused, or takes that away. */
export function nameFault(refused: boolean): void {
  plain ??= document.title;
  document.title = refused ? `${gettext("Error:")} ${plain}` : plain;
}

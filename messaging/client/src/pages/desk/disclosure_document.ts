/** The text of a disclosure: as it would leave, and as it leaves. Nothing of it is ever sent anywhere by this page. */

import { element } from "../parts/element.ts";
import { button } from "./dom.ts";

/** The very text, to be read before anything is decided. */
export function textPart(label: string, text: string, leaves = false): HTMLElement {
  // Not for a browser's translation service: what it translates it sends away.
  return element(
    "div",
    { class: `desk-document${leaves ? " desk-document--leaves" : ""}`, role: "region", "aria-label": label, tabindex: 0, translate: "no", dir: "auto" },
    text,
  );
}

/** The text that leaves, to be printed or copied; `away` takes it out of the page. */
export function leavingPart(text: string, away: () => void): HTMLElement {
  const made = element("section", { class: "desk-leaving", "aria-labelledby": "leaving" });
  made.append(
    element("h3", { id: "leaving", class: "govuk-heading-s", tabindex: "-1" }, "This is shared, and nothing else"),
    textPart("The text that is shared", text, true),
    element(
      "p",
      { class: "govuk-hint" },
      "Print it or copy it, and give it to the people it is for. This page does not send it to anyone and does not keep it.",
    ),
    button("Print", "", () => window.print()),
    " ",
    button("Close the text", "secondary", away),
  );
  return made;
}

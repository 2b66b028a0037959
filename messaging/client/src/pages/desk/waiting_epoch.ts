/** An epoch that nobody has confirmed: who opened it, who came and who went, and the button with which a second person says yes. */

import { confirmEpoch, type OpenDesk, type WaitingEpoch, type WaitingTrouble } from "../../protocol/index.ts";
import { joined } from "../parts/dom.ts";
import { type Child, element } from "../parts/element.ts";
import { dayWords } from "./certificate.ts";
import { busy, button, Status } from "./dom.ts";
import { failureWords } from "./messages_for_errors.ts";
import type { DeskPage } from "./page.ts";
import { WHY_NOT } from "./warning_words.ts";

/** Nothing is signed before the press: whoever presses has been shown whom the epoch lets read. */
export function waitingPart(page: DeskPage, desk: OpenDesk, waiting: WaitingEpoch, done: () => void): HTMLElement {
  const { number, changes, trouble } = waiting;
  const status = new Status();
  const confirm = button(`Confirm epoch ${number}`, "", () => {
    void busy(confirm, "Confirming the epoch…", async () => {
      try {
        await page.api.confirm(number, await confirmEpoch(page.site, desk, waiting));
        done();
      } catch (error) {
        status.warn(failureWords("The epoch was not confirmed", error));
      }
    });
  });
  const heading = `waiting-${number}`;
  return element(
    "section",
    { "aria-labelledby": heading, "data-waiting": number },
    element("h3", { id: heading, class: "govuk-heading-s" }, `Epoch ${number} waits to be confirmed`),
    element(
      "p",
      { class: "govuk-body" },
      element("strong", {}, changes.openedBy),
      ` opened it. It lasts from ${dayWords(waiting.firstDay)} until ${dayWords(waiting.lastDay)}.`,
    ),
    people(waiting),
    ...(trouble === null ? offered(changes.openedBy, confirm) : refused(waiting, trouble)),
    status.place,
  );
}

function people({ changes }: WaitingEpoch): HTMLElement {
  const line = (words: string, names: readonly string[], none: string): HTMLElement =>
    element("li", {}, `${words}: `, names.length > 0 ? element("strong", {}, joined(names)) : none);
  return element(
    "ul",
    { class: "govuk-list govuk-list--bullet" },
    line("New, can read from now on", changes.came, "nobody"),
    line("No longer on it, cannot read what is written from now on", changes.went, "nobody"),
    changes.newKeys.length > 0 && line("Still on it, with new keys: ask them whether they made a new vault", changes.newKeys, ""),
    line("Still on it", changes.stayed, "nobody"),
  );
}

function offered(openedBy: string, confirm: HTMLElement): Child[] {
  return [
    element("p", { class: "govuk-body" }, "This page has checked each key that was given out: everyone on it can read."),
    element(
      "p",
      { class: "govuk-hint" },
      `Confirm it only if you know that ${openedBy} opened it, and that all of these people should read. Ask ${openedBy} face to face or by phone. Until someone confirms it, nothing is sealed for it.`,
    ),
    confirm,
  ];
}

function refused({ mine, cannotRead }: WaitingEpoch, trouble: WaitingTrouble): Child[] {
  if (mine)
    return [
      element("p", { class: "desk-message" }, "You opened it. Ask someone else on it to confirm it, on this page. Until then, the epoch before it goes on."),
    ];
  const words = WHY_NOT[trouble].replace("{names}", () => joined(cannotRead));
  return [element("p", { class: trouble === "not-yours" ? "desk-message" : "desk-message desk-message--error", "data-waiting-trouble": trouble }, words)];
}

/** The recovery sheet: 24 words on paper that open what the vault opens, and the way back with it (PROTOCOL §2.14). */

import { BadWords, type Counsellor, fingerprint as fingerprintOf, forget, isRequestOf, type MeAnswer, makeSheet, openSheet } from "../../protocol/index.ts";
import { deviceDate } from "../parts/clock.ts";
import { element } from "../parts/element.ts";
import { busy, button, type Field, labelled, Status } from "./dom.ts";
import { failureWords } from "./messages_for_errors.ts";
import type { DeskPage } from "./page.ts";
import { PRIVATE } from "./private_fields.ts";

/** Shows the words of an open vault. `done` is called when the counsellor says that they are on paper, and when they leave it for later. */
export async function sheetPart(page: DeskPage, counsellor: Counsellor, onPaper: () => Promise<void>, done: (words: string) => void): Promise<HTMLElement> {
  const status = new Status();
  const kept: HTMLButtonElement = button("It is on paper", "", () => {
    void busy(kept, "Saving…", async () => {
      try {
        await onPaper();
        done("Your recovery sheet is on paper. Keep it in a different place from your six words.");
      } catch (error) {
        status.warn(failureWords("This was not saved", error));
      }
    });
  });
  return element(
    "section",
    { class: "desk-card desk-sheet", "aria-labelledby": "sheet" },
    element("h2", { id: "sheet", class: "govuk-heading-m", tabindex: "-1" }, "Your recovery sheet"),
    element(
      "p",
      { class: "govuk-body" },
      "These 24 words are your key itself. With them you can make a new passphrase if you lose the six words, or if the helpline’s server loses your vault.",
    ),
    element("ol", { class: "desk-codes", "data-sheet": true, translate: "no" }, ...makeSheet(counsellor).map((word) => element("li", {}, word))),
    element(
      "p",
      { class: "govuk-body" },
      `${page.name}, ${window.location.host}, ${deviceDate()}. Fingerprint: `,
      element("code", { class: "desk-code" }, await fingerprintOf(counsellor)),
    ),
    element(
      "p",
      { class: "govuk-body not-on-paper" },
      "Anyone who has this sheet, and a copy of what the server stores, can read what you can read. Copy it by hand or print it. Keep it in a locked place, away from your six words. Never photograph it.",
    ),
    element(
      "div",
      { class: "govuk-button-group not-on-paper" },
      kept,
      button("Print", "secondary", () => window.print()),
      button("Not now", "quiet", () => done("")),
    ),
    status.place,
  );
}

/** For a lost passphrase: the sheet's words open the keys, which must be those that stand here. */
export function sheetWayBack(page: DeskPage, me: MeAnswer, opened: (counsellor: Counsellor) => Promise<void>): HTMLElement {
  const status = new Status();
  const words = sheetField();
  const send = button("Use the recovery sheet", "secondary", null);
  const form = element("form", { novalidate: true }, words.group, send, status.place);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    status.clear();
    void busy(send, "Checking the words…", async () => {
      try {
        const counsellor = await openSheet(page.site, page.counsellorId, words.control.value);
        if (me.request === null || !isRequestOf(me.request, counsellor)) {
          forget(counsellor);
          return words.fault("This sheet belongs to other keys: to an earlier vault, or to someone else. Find the newest sheet, or tell an admin.");
        }
        words.control.value = "";
        await opened(counsellor);
      } catch (error) {
        if (error instanceof BadWords) return words.fault(sheetFault(error));
        status.warn(failureWords("The sheet was not used", error));
      }
    });
  });
  return form;
}

/** Not masked: nobody copies 24 words without seeing them. */
function sheetField(): Field<HTMLTextAreaElement> {
  const control = element("textarea", { class: "govuk-textarea", rows: 4, ...PRIVATE, dir: "ltr", autocapitalize: "none" });
  return labelled("sheet-words", "The 24 words of your recovery sheet", "", control);
}

function sheetFault({ index }: BadWords): string {
  if (index !== null) return `Word ${index + 1} is not in the list of words. Check how it is spelled.`;
  return "Enter all 24 words in their order. Each is in the list, but there are too few or too many, or one is wrong.";
}

/** Six words that the page draws for a vault: shown once, entered again, and used. */

import { BadVault, BadWords, makePassphrase, parsePassphrase } from "../../protocol/index.ts";
import { element } from "../parts/element.ts";
import { busy, button, Status } from "./dom.ts";
import { failureWords } from "./messages_for_errors.ts";
import { passphraseField } from "./passphrase_field.ts";

/** What is wrong with a passphrase that was entered, in words; "" where it may be right. */
export function passphraseFault(typed: string): string {
  if (typed.trim() === "") return "Enter the passphrase of your vault.";
  try {
    parsePassphrase(typed);
  } catch (error) {
    if (!(error instanceof BadVault) || !(error.cause instanceof BadWords)) throw error;
    const { index } = error.cause;
    // The field is masked, so the word itself stays hidden.
    if (index !== null) return `Word ${index + 1} is not one of the words that vaults use. Check how it is spelled.`;
    return "The passphrase has six words, with spaces between them. Enter all six.";
  }
  return "";
}

/** The words, a field to enter them again, and a button; `use` gets them once they are the same. */
export function newPassphrase(press: string, busyWords: string, failed: string, use: (passphrase: string) => Promise<void>): HTMLElement {
  const status = new Status();
  const passphrase = makePassphrase();
  const again = passphraseField("new-passphrase", "Enter the six words");
  const send = button(press, "", null);
  const form = element("form", { novalidate: true }, again.group, send, status.place);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const fault = passphraseFault(again.control.value);
    if (fault !== "") return again.fault(fault);
    if (parsePassphrase(again.control.value) !== passphrase)
      return again.fault("These are not the six words above, or not in the same order. Enter them again.");
    again.fault("");
    void busy(send, busyWords, async () => {
      try {
        await use(passphrase);
        again.control.value = "";
      } catch (error) {
        status.warn(failureWords(failed, error));
      }
    });
  });
  const words = passphrase.split(" ").map((word) => element("li", {}, word));
  return element(
    "div",
    {},
    element("p", { class: "govuk-body" }, "These six words are your new passphrase. Nobody chose them, so nobody can guess them:"),
    element("ol", { class: "desk-codes", "data-passphrase": true, translate: "no" }, ...words),
    element("p", { class: "govuk-body" }, "Learn them, or write them on paper and keep it where only you can find it. This page does not show them again."),
    form,
  );
}

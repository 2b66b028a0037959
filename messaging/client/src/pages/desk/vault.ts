/** The page /desk/vault/: makes the vault, says where its certificate stands, and changes what opens it. */

import { type Counsellor, changePassphrase, fingerprint as fingerprintOf, forget, type MeAnswer, makeVault } from "../../protocol/index.ts";
import { today } from "../parts/clock.ts";
import { type Child, element } from "../parts/element.ts";
import { wayOut } from "./account_links.ts";
import { dayWords, inForce, type Shown } from "./certificate.ts";
import { button, Status } from "./dom.ts";
import { type IdleLock, watchIdle } from "./idle_lock.ts";
import { importVault } from "./import_files.ts";
import { failureWords } from "./messages_for_errors.ts";
import { newPassphrase } from "./new_passphrase.ts";
import type { DeskPage } from "./page.ts";
import { sheetPart, sheetWayBack } from "./recovery_sheet.ts";
import { renewalPart } from "./renewal.ts";
import { unlockPart } from "./unlock.ts";
import { passkeysPart } from "./vault_passkeys.ts";
import { isHeldBack, vaultProof } from "./vault_records.ts";

let watching: IdleLock | null = null;
const RENEWED = "You have asked for new keys. Your six words stay the same, and your recovery sheet is a new one.";
const MADE = "Your vault has been made. Keep the six words where only you can find them.";

/** Draws the page as things stand on the server. */
export async function showVault(page: DeskPage, done = "", fingerprint = ""): Promise<void> {
  const status = new Status();
  watching?.stop();
  page.app.replaceChildren(status.place);
  try {
    const me = await page.api.me();
    const certificate = inForce(me, today());
    const parts =
      me.vaults.length === 0
        ? [makePart(page)]
        : [
            certificatePart(page, me, certificate, fingerprint),
            unlockPart(
              page,
              me,
              (counsellor, now) => openVaultPart(page, now, counsellor),
              "Change what opens your vault",
              isHeldBack(me) ? [] : [sheetWords(me)],
            ),
            lostPart(page, me, certificate),
          ];
    page.app.replaceChildren(status.place, ...parts);
    if (done !== "") status.say(done);
  } catch (error) {
    const again = button("Try again", "secondary", () => void showVault(page));
    status.warn(failureWords("Your vault could not be loaded", error), wayOut(error), again);
  }
}

function makePart(page: DeskPage): HTMLElement {
  return element(
    "section",
    {},
    element(
      "p",
      { class: "govuk-body" },
      "Messages to the helpline are locked. Your vault holds the keys that open them. It is made here, in your browser. The helpline’s server stores it, but cannot open it.",
    ),
    element(
      "div",
      { class: "govuk-inset-text" },
      element("strong", {}, "Nobody can reset this passphrase."),
      " An admin cannot, and the people who run the server cannot. If you lose it, your recovery sheet lets you make a new one. You get the sheet in the next step.",
    ),
    newPassphrase("Make the vault", "Making the vault…", "The vault was not saved", async (passphrase) => {
      const made = await makeVault(page.site, page.counsellorId, passphrase);
      const fingerprint = await fingerprintOf(made.counsellor);
      try {
        await page.api.vault(made.record, made.request);
      } catch (error) {
        forget(made.counsellor);
        throw error;
      }
      await showSheet(page, made.counsellor, MADE, fingerprint);
    }),
    importVault(page, () => showVault(page, "Your vault is here. Keep the passphrase where only you can find it.")),
  );
}

/** The recovery sheet alone on the page; then the vault's page again. */
async function showSheet(
  page: DeskPage,
  counsellor: Counsellor,
  before: string,
  fingerprint = "",
  onPaper: () => Promise<void> = () => page.api.sheetMade(),
): Promise<void> {
  const close = closing(page, counsellor, fingerprint);
  lockLater(page, counsellor);
  const status = new Status();
  const part = await sheetPart(page, counsellor, onPaper, (words) => close(words === "" ? before : words));
  page.app.replaceChildren(status.place, part);
  if (before !== "") status.say(before);
  part.querySelector("h2")?.focus();
}

/** What forgets the open vault, and shows the page as it is without it, with these words. */
function closing(page: DeskPage, counsellor: Counsellor, fingerprint = ""): (words: string) => void {
  return (words) => {
    forget(counsellor);
    void showVault(page, words, fingerprint);
  };
}

/** Whoever comes to a page that was left open must change nothing. */
function lockLater(page: DeskPage, counsellor: Counsellor): void {
  const status = new Status();
  watching?.stop();
  watching = watchIdle(
    (soon) => {
      if (!status.place.isConnected) page.app.prepend(status.place);
      if (soon) status.warn("Nothing has happened here for nine minutes. The vault will lock in one minute.");
      else status.clear();
    },
    () => closing(page, counsellor)(""),
  );
}

function certificatePart(page: DeskPage, me: MeAnswer, certificate: Shown | null, fingerprint: string): HTMLElement {
  const part = element(
    "section",
    { class: "desk-card", "aria-labelledby": "certificate" },
    element("h2", { id: "certificate", class: "govuk-heading-m" }, "Your certificate"),
  );
  if (certificate !== null) {
    part.append(
      element("p", { class: "govuk-body" }, `Valid until ${dayWords(certificate.lastDay)}, for “${certificate.name}”.`),
      element("p", { class: "govuk-body" }, me.grants.length === 0 ? noKeysYet(certificate) : "You have the desk’s keys."),
      element("p", {}, element("a", { class: "govuk-link", href: "/desk/" }, "Go to the conversations")),
    );
    const renewal = renewalPart(page, me, certificate, (counsellor) => showSheet(page, counsellor, RENEWED, "", () => page.api.renewalSheetMade()));
    if (renewal !== null) part.append(renewal);
    return part;
  }
  part.append(
    element("p", { class: "govuk-body" }, element("strong", {}, "Waiting for your certificate.")),
    element(
      "p",
      { class: "govuk-body" },
      "An admin takes your request to the machine that holds the helpline’s root key. The person who signs it will ask you, by phone or face to face, for the fingerprint of your keys.",
    ),
    fingerprint === "" ? element("p", { class: "govuk-body" }, "To see the fingerprint, unlock your vault below.") : fingerprintWords(fingerprint),
    element("p", { class: "govuk-hint" }, "You do not need to keep this page open."),
  );
  return part;
}

function noKeysYet(certificate: Shown): string {
  const who = certificate.keyHolder ? "you or another key-holder can open an epoch" : "a key-holder can open an epoch that includes you";
  return `You do not have the desk’s keys yet: ${who}, on the page “Keys”.`;
}

function fingerprintWords(fingerprint: string): HTMLElement {
  return element("p", {}, "The fingerprint: ", element("code", { class: "desk-code", "data-fingerprint": true }, fingerprint));
}

/** Whether the recovery sheet is on paper, as the counsellor said. */
function sheetWords(me: MeAnswer): HTMLElement {
  if (me.sheet_made_on === null)
    return element(
      "p",
      { class: "desk-message desk-message--error" },
      "You have no recovery sheet yet. Without it, a lost passphrase costs you your keys. Unlock your vault to make one.",
    );
  return element("p", { class: "govuk-body" }, "Your recovery sheet is on paper.");
}

/** In the place of what unlocked it: what only an open vault can do. The fingerprint comes out of it, never from the server. */
async function openVaultPart(page: DeskPage, me: MeAnswer, counsellor: Counsellor): Promise<void> {
  lockLater(page, counsellor);
  const done = closing(page, counsellor);
  const words = element("div", {});
  const change = button("Make a new passphrase", "secondary", () => {
    change.hidden = true;
    words.replaceChildren(changePart(page, counsellor, done));
    words.querySelector("input")?.focus();
  });
  const parts: Child[] = [
    element("h2", { class: "govuk-heading-l", tabindex: "-1" }, "Your vault is open"),
    fingerprintWords(await fingerprintOf(counsellor)),
    button("Show the recovery sheet", me.sheet_made_on === null ? "" : "secondary", () => void showSheet(page, counsellor, "")),
    element(
      "section",
      { class: "desk-card", "aria-labelledby": "passphrase-change" },
      element("h2", { id: "passphrase-change", class: "govuk-heading-m" }, "Passphrase"),
      element("p", { class: "govuk-body" }, "If someone may have seen your six words, make new ones. The old ones stop working, and your passkeys stay."),
      change,
      words,
    ),
    passkeysPart(page, me, counsellor, done),
    button("Lock the vault", "secondary", () => done("")),
  ];
  page.app.replaceChildren(element("div", {}, ...parts));
  page.app.querySelector("h2")?.focus();
}

function changePart(page: DeskPage, counsellor: Counsellor, done: (words: string) => void): HTMLElement {
  return newPassphrase("Use these six words", "Changing the passphrase…", "The passphrase was not changed", async (passphrase) => {
    const record = await changePassphrase(page.site, counsellor, passphrase);
    await page.api.changePassphrase(record, await vaultProof(page, counsellor, { record }));
    done("Your new passphrase works from now on. The old one no longer does.");
  });
}

/** With the sheet, new words for the same keys. Without, the server takes a new vault only while no certificate is in force (§8.1). */
function lostPart(page: DeskPage, me: MeAnswer, certificate: Shown | null): HTMLElement {
  const back = async (counsellor: Counsellor): Promise<void> => {
    lockLater(page, counsellor);
    const change = changePart(page, counsellor, closing(page, counsellor));
    page.app.replaceChildren(element("h2", { class: "govuk-heading-l", tabindex: "-1" }, "Your new passphrase"), change);
    page.app.querySelector("h2")?.focus();
  };
  return element(
    "details",
    { class: "govuk-details", open: isHeldBack(me) },
    element(
      "summary",
      { class: "govuk-details__summary" },
      element("span", { class: "govuk-details__summary-text" }, isHeldBack(me) ? "Use the recovery sheet" : "I have lost the passphrase"),
    ),
    element(
      "div",
      { class: "govuk-details__text" },
      sheetWayBack(page, me, back),
      element("h3", { class: "govuk-heading-s" }, "If you have no recovery sheet"),
      isHeldBack(me) && element("p", {}, "First ask the people who run the server. If their storage key comes back, your six words work again."),
      certificate !== null
        ? element(
            "p",
            {},
            "Tell an admin, who can delete this vault on the page “Keys”. You then make a new one, which needs a new certificate and a new epoch.",
          )
        : element("p", {}, "Make a new vault. The old vault and its request are deleted, and the new vault needs a new certificate."),
      certificate !== null ? null : makePart(page),
    ),
  );
}

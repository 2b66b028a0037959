/** The page /desk/vault/: makes the vault, says where its certificate stands, and adds a passkey as another way in. */

import { addPasskeyVault, type Counsellor, fingerprint as fingerprintOf, forget, type MeAnswer, makeVault, openVault, prfInput } from "../../protocol/index.ts";
import { today } from "../parts/clock.ts";
import { element } from "../parts/element.ts";
import { wayOut } from "./account_links.ts";
import { dayWords, inForce, type Shown } from "./certificate.ts";
import { busy, button, Status } from "./dom.ts";
import { importVault } from "./import_files.ts";
import { failureWords } from "./messages_for_errors.ts";
import type { DeskPage } from "./page.ts";
import { passphraseField } from "./passphrase_field.ts";
import { passkeyFailure } from "./unlock.ts";
import { hasPasskeys, passkeySecret } from "./webauthn.ts";

const LEAST = 12;
const WRONG = "This passphrase does not open the vault. Check capital letters and spaces, then enter it again.";

/** Draws the page as things stand on the server. */
export async function showVault(page: DeskPage, done = "", fingerprint = ""): Promise<void> {
  const status = new Status();
  page.app.replaceChildren(status.place);
  try {
    const me = await page.api.me();
    const certificate = inForce(me, today());
    const parts = me.vaults.length === 0 ? [makePart(page)] : [certificatePart(page, me, certificate, fingerprint), passkeyPart(page, me)];
    if (me.vaults.length > 0 && certificate === null) parts.push(anewPart(page));
    page.app.replaceChildren(status.place, ...parts);
    if (done !== "") status.say(done);
  } catch (error) {
    const again = button("Try again", "secondary", () => void showVault(page));
    status.warn(failureWords("Your vault could not be loaded", error), wayOut(error), again);
  }
}

function makePart(page: DeskPage): HTMLElement {
  const status = new Status();
  const hint = `At least ${LEAST} characters. Five or six words picked at random are good. Not your sign-in password.`;
  const first = passphraseField("new-passphrase", "Passphrase", hint);
  const second = passphraseField("new-passphrase-again", "Enter the passphrase again");
  const make = button("Make the vault", "", null);
  const form = element("form", { novalidate: true }, first.group, second.group, make, status.place);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    first.fault("");
    second.fault("");
    const typed = first.control.value;
    if ([...typed.normalize("NFKC")].length < LEAST) return first.fault(`Enter a passphrase of at least ${LEAST} characters.`);
    if (typed !== second.control.value) return second.fault("The two passphrases do not match. Enter the passphrase again.");
    void busy(make, "Making the vault…", async () => {
      try {
        const made = await makeVault(page.site, page.counsellorId, typed);
        const fingerprint = await fingerprintOf(made.counsellor);
        forget(made.counsellor);
        await page.api.vault(made.record, made.request);
        first.control.value = second.control.value = "";
        await showVault(page, "Your vault has been made. Keep the passphrase where only you can find it.", fingerprint);
      } catch (error) {
        status.warn(failureWords("The vault was not saved", error));
      }
    });
  });
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
      " An admin cannot, and the people who run the server cannot. If you lose it, tell an admin: you will need a new vault, a new certificate and new grants.",
    ),
    form,
    importVault(page, () => showVault(page, "Your vault is here. Keep the passphrase where only you can find it.")),
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
    return part;
  }
  part.append(
    element("p", { class: "govuk-body" }, element("strong", {}, "Waiting for your certificate.")),
    element(
      "p",
      { class: "govuk-body" },
      "An admin takes your request to the machine that holds the helpline’s root key. The person who signs it will ask you, by phone or face to face, for the fingerprint of your keys.",
    ),
    fingerprint === "" ? fingerprintForm(page, me) : fingerprintWords(fingerprint),
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

/** The fingerprint comes out of the open vault, not from the server: whoever could change the one would change the other. */
function fingerprintForm(page: DeskPage, me: MeAnswer): HTMLElement {
  const passphrase = passphraseField("fingerprint-passphrase", "Passphrase of your vault");
  const show = button("Show the fingerprint", "secondary", null);
  const form = element("form", { novalidate: true }, passphrase.group, show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (passphrase.control.value === "") return passphrase.fault("Enter the passphrase of your vault.");
    passphrase.fault("");
    void busy(show, "Opening the vault…", async () => {
      const counsellor = await openWith(page, me, passphrase.control.value);
      if (counsellor === null) return passphrase.fault(WRONG);
      form.replaceWith(fingerprintWords(await fingerprintOf(counsellor)));
      forget(counsellor);
    });
  });
  return form;
}

async function openWith(page: DeskPage, me: MeAnswer, passphrase: string): Promise<Counsellor | null> {
  const record = me.vaults.find((vault) => vault.kind === 1)?.record ?? "";
  return openVault(page.site, page.counsellorId, record, { passphrase }).catch(() => null);
}

function passkeyPart(page: DeskPage, me: MeAnswer): HTMLElement {
  const status = new Status();
  const have = me.vaults.filter((vault) => vault.kind === 2).length;
  const part = element(
    "section",
    { class: "desk-card", "aria-labelledby": "passkey" },
    element("h2", { id: "passkey", class: "govuk-heading-m" }, "Open the vault with a passkey"),
  );
  part.append(
    element(
      "p",
      { class: "govuk-body" },
      have === 0
        ? "One touch instead of the passphrase. The passphrase still works."
        : `${have === 1 ? "One passkey opens" : `${have} passkeys open`} this vault, beside the passphrase.`,
    ),
  );
  if (!hasPasskeys()) return part;
  if (page.passkeys.length === 0) {
    part.append(
      element(
        "p",
        {},
        element("a", { class: "govuk-link", href: page.main.dataset.security ?? "/desk/account/security/" }, "Add a passkey to your sign-in first"),
      ),
    );
    return part;
  }
  const unused = page.passkeys.filter((id) => !me.vaults.some((vault) => vault.credential_id === id));
  if (unused.length === 0) return part;
  const passphrase = passphraseField("passphrase", "Passphrase of your vault");
  const add = button("Add a passkey", "secondary", null);
  const form = element("form", { novalidate: true }, passphrase.group, add, status.place);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (passphrase.control.value === "") return passphrase.fault("Enter the passphrase of your vault.");
    passphrase.fault("");
    void busy(add, "Waiting for the passkey…", async () => {
      const counsellor = await openWith(page, me, passphrase.control.value);
      if (counsellor === null) return passphrase.fault(WRONG);
      try {
        const { credentialId, prf } = await passkeySecret(unused, await prfInput(page.site, page.counsellorId));
        const sealed = await addPasskeyVault(page.site, counsellor, prf);
        prf.fill(0);
        await page.api.addPasskey(sealed, credentialId);
        await showVault(page, "Done. From now on, one touch opens the vault.");
      } catch (error) {
        status.warn(passkeyFailure(error));
      } finally {
        forget(counsellor);
      }
    });
  });
  part.append(form);
  return part;
}

/** The server takes a new vault only while no certificate is in force (§8.1); a lost passphrase before that costs nothing but the request. */
function anewPart(page: DeskPage): HTMLElement {
  return element(
    "details",
    { class: "govuk-details" },
    element("summary", { class: "govuk-details__summary" }, element("span", { class: "govuk-details__summary-text" }, "I have lost the passphrase")),
    element(
      "div",
      { class: "govuk-details__text" },
      element("p", {}, "Make a new vault. The old vault and its request are deleted, and the new vault needs a new certificate."),
      makePart(page),
    ),
  );
}

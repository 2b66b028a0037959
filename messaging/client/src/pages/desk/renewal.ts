/** A certificate is renewed with new keys: asked for on the vault's page, and handed on to by itself when the vault is next opened. */

import { type Counsellor, forget, grantsForOwn, type MeAnswer, type OpenDesk, openDesk, openVault, renewVault, type Unlock } from "../../protocol/index.ts";
import { today } from "../parts/clock.ts";
import { element } from "../parts/element.ts";
import { dayWords, type Shown } from "./certificate.ts";
import { busy, button, Status } from "./dom.ts";
import { failureWords } from "./messages_for_errors.ts";
import { passphraseFault } from "./new_passphrase.ts";
import type { DeskPage } from "./page.ts";
import { passphraseField } from "./passphrase_field.ts";
import { passphraseRecord, vaultProof } from "./vault_records.ts";

/** From so many days before its end a certificate is renewed: the root's keepers need some of them. */
const RENEWED_BEFORE = 30;

/**
 * Hands on what these keys open. To pending ones go the epochs before the current one, whose roster has the old certificate; once the new
 * keys are in force, the old vault is opened too, gives them all that it has, and goes. The answer of §8.1 as it stands afterwards.
 */
export async function handOn(page: DeskPage, me: MeAnswer, counsellor: Counsellor, unlock: Unlock): Promise<MeAnswer> {
  if (me.other === null || me.other.certificate === null) return me;
  if (me.other.pending) {
    const desk = await openDesk(page.site, counsellor, me, today());
    await giveWhatIsMissing(page, me.other.grants, await grantsForOwn(page.site, desk, me.other.certificate, me.current ?? 0));
    return me;
  }
  const record = passphraseRecord(me.other.vaults);
  if (record === null || me.certificate === null || !("passphrase" in unlock)) return me;
  const old = await openVault(page.site, page.counsellorId, record, unlock);
  try {
    const before = await openDesk(page.site, old, { ...me, certificate: me.other.certificate, grants: me.other.grants }, today());
    await giveWhatIsMissing(page, me.grants, await grantsForOwn(page.site, before, me.certificate));
    await page.api.renewalDone(await vaultProof(page, counsellor, {}));
  } finally {
    forget(old);
  }
  return page.api.me();
}

/** The desk as the pending keys have it, whose certificate may be on the roster of an epoch that waits; null without any, and with a passkey. */
export async function openPending(page: DeskPage, me: MeAnswer, unlock: Unlock): Promise<OpenDesk | null> {
  if (me.other === null || !me.other.pending || me.other.certificate === null || !("passphrase" in unlock)) return null;
  const record = passphraseRecord(me.other.vaults);
  if (record === null) return null;
  const pending = await openVault(page.site, page.counsellorId, record, unlock);
  return openDesk(page.site, pending, { ...me, certificate: me.other.certificate }, today());
}

type Grants = MeAnswer["grants"];

async function giveWhatIsMissing(page: DeskPage, there: Grants, made: Grants): Promise<void> {
  const missing = made.filter((grant) => !there.some((one) => one.epoch === grant.epoch && one.certificate_id === grant.certificate_id));
  if (missing.length > 0) await page.api.handOn(missing);
}

/** What stands about the renewal below the certificate; `renewed` gets the new keys, whose sheet has to be shown. */
export function renewalPart(page: DeskPage, me: MeAnswer, certificate: Shown, renewed: (counsellor: Counsellor) => Promise<void>): HTMLElement | null {
  if (me.other?.pending === true) return element("p", { class: "govuk-body" }, waitingWords(me.other.certificate !== null));
  if (me.other !== null) return null;
  const record = passphraseRecord(me.vaults);
  const own = me.certificate;
  const status = new Status();
  const passphrase = passphraseField("renewal-passphrase", "Your six words", "They stay the same.");
  const renew = button("Renew my keys", "", null);
  const form = element("form", { novalidate: true }, passphrase.group, renew, status.place);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = passphrase.control.value;
    const fault = passphraseFault(typed);
    if (fault !== "") return passphrase.fault(fault);
    passphrase.fault("");
    void busy(renew, "Making new keys…", async () => {
      if (record === null || own === null) return;
      const old = await openVault(page.site, page.counsellorId, record, { passphrase: typed }).catch(() => null);
      if (old === null) return passphrase.fault("This passphrase does not open the vault. Check each word and the order, then enter it again.");
      try {
        const made = await renewVault(page.site, old, own, typed);
        await page.api.renewal(made.record, made.request);
        passphrase.control.value = "";
        await renewed(made.counsellor);
      } catch (error) {
        status.warn(failureWords("The renewal was not saved", error));
      } finally {
        forget(old);
      }
    });
  });
  const how = "Your browser makes new keys, and signs the request with the old ones. So nobody needs to phone you about the fingerprint.";
  if (certificate.lastDay - today() <= RENEWED_BEFORE) {
    const now = `Your certificate ends on ${dayWords(certificate.lastDay)}. Renew it now.`;
    return element("div", { class: "desk-message" }, element("p", {}, element("strong", {}, now), ` ${how}`), form);
  }
  return element(
    "details",
    { class: "govuk-details" },
    element("summary", { class: "govuk-details__summary" }, element("span", { class: "govuk-details__summary-text" }, "Renew it early, with new keys")),
    element("div", { class: "govuk-details__text" }, element("p", {}, how), form),
  );
}

function waitingWords(certified: boolean): string {
  if (certified) return "Your renewed keys have a certificate. They take over by themselves with an epoch that another key-holder opens.";
  return "You have asked for new keys. An admin takes the request to the people who keep the root key, and brings the certificate back.";
}

/** The locked desk: the vault opens with the passphrase, or with a passkey that was added to it. */

import { BadVault, type Counsellor, type MeAnswer, openVault, prfInput, type Unlock } from "../../protocol/index.ts";
import { type Child, element } from "../parts/element.ts";
import { busy, button, Status } from "./dom.ts";
import { failureWords } from "./messages_for_errors.ts";
import { passphraseFault } from "./new_passphrase.ts";
import type { DeskPage } from "./page.ts";
import { passphraseField } from "./passphrase_field.ts";
import { handOn } from "./renewal.ts";
import { isHeldBack, passkeyRecords, passphraseRecord } from "./vault_records.ts";
import { hasPasskeys, NoPrf, passkeySecret, wasCancelled } from "./webauthn.ts";

const NO_STORAGE_KEY =
  "The vaults cannot be opened because the server lacks their storage key. Use your recovery sheet on the page “Vault” to make a new passphrase, and tell the people who run the server.";

/** The part of the page that unlocks; `opened` gets the counsellor's keys, and nothing of the passphrase stays. */
export function unlockPart(
  page: DeskPage,
  me: MeAnswer,
  opened: (counsellor: Counsellor, me: MeAnswer, unlock: Unlock) => Promise<void>,
  title: string,
  above: readonly Child[] = [],
): HTMLElement {
  const status = new Status();
  const passphrase = passphraseField("passphrase", "Passphrase of your vault", "Six words, with spaces between them.");
  const unlock = button("Unlock", "", null);
  const record = passphraseRecord(me.vaults);
  const form = element("form", { novalidate: true, class: "desk-unlock" }, passphrase.group, unlock);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = passphrase.control.value;
    const fault = passphraseFault(typed);
    if (fault !== "") return passphrase.fault(fault);
    void busy(unlock, "Unlocking…", async () => {
      status.clear();
      passphrase.fault("");
      try {
        if (record === null) throw new BadVault("no vault");
        const counsellor = await openVault(page.site, page.counsellorId, record, { passphrase: typed });
        passphrase.control.value = "";
        const unlocked = { passphrase: typed };
        await opened(counsellor, await handedOn(page, me, counsellor, unlocked), unlocked);
      } catch (error) {
        if (error instanceof BadVault) return passphrase.fault("This passphrase does not open the vault. Check each word and the order, then enter it again.");
        status.warn(failureWords("The desk could not be opened", error));
      }
    });
  });
  return element(
    "section",
    { class: "desk-locked", "aria-labelledby": "locked-heading" },
    element("h2", { id: "locked-heading", class: "govuk-heading-l", tabindex: "-1" }, title),
    ...above,
    isHeldBack(me) && element("p", { class: "desk-message desk-message--error" }, NO_STORAGE_KEY),
    passkeyWay(page, me, opened, status),
    isHeldBack(me) ? null : form,
    status.place,
    !isHeldBack(me) &&
      element(
        "p",
        { class: "govuk-hint" },
        "Nobody can reset the passphrase. If you have lost it, find your recovery sheet: the page “Vault” says how to use it.",
      ),
  );
}

/** Nothing that fails in handing on keeps anyone from their desk: it is tried again the next time. */
function handedOn(page: DeskPage, me: MeAnswer, counsellor: Counsellor, unlock: Unlock): Promise<MeAnswer> {
  return handOn(page, me, counsellor, unlock).catch(() => me);
}

function passkeyWay(
  page: DeskPage,
  me: MeAnswer,
  opened: (counsellor: Counsellor, me: MeAnswer, unlock: Unlock) => Promise<void>,
  status: Status,
): HTMLElement | null {
  const records = passkeyRecords(me.vaults);
  if (records.size === 0 || !hasPasskeys()) return null;
  const press: HTMLButtonElement = button("Unlock with a passkey", "", () => {
    void busy(press, "Waiting for the passkey…", async () => {
      status.clear();
      try {
        const { credentialId, prf } = await passkeySecret([...records.keys()], await prfInput(page.site, page.counsellorId));
        try {
          const record = records.get(credentialId);
          if (record === undefined) throw new BadVault("another passkey");
          const counsellor = await openVault(page.site, page.counsellorId, record, { prf });
          await opened(counsellor, await handedOn(page, me, counsellor, { prf }), { prf });
        } finally {
          prf.fill(0);
        }
      } catch (error) {
        status.warn(passkeyFailure(error));
      }
    });
  });
  return element("div", {}, press, isHeldBack(me) ? null : element("p", { class: "desk-or" }, "or with the passphrase"));
}

/** What to do when a passkey did not open a vault. */
export function passkeyFailure(error: unknown): string {
  if (wasCancelled(error)) return "No passkey was used. Try again, or enter the passphrase.";
  if (error instanceof NoPrf) return "This passkey or browser cannot open a vault. Enter the passphrase.";
  if (error instanceof BadVault) return "This passkey does not open the vault. Try another one, or enter the passphrase.";
  return failureWords("The passkey did not open the vault", error);
}

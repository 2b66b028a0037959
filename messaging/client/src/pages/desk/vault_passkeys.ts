/** The passkeys of an open vault: one touch in place of the passphrase, and a passkey that was lost is taken out. */

import { addPasskeyVault, type Counsellor, type MeAnswer, prfInput } from "../../protocol/index.ts";
import { element } from "../parts/element.ts";
import { busy, button, Status } from "./dom.ts";
import { failureWords } from "./messages_for_errors.ts";
import type { DeskPage } from "./page.ts";
import { passkeyFailure } from "./unlock.ts";
import { vaultProof } from "./vault_records.ts";
import { hasPasskeys, passkeySecret } from "./webauthn.ts";

export function passkeysPart(page: DeskPage, me: MeAnswer, counsellor: Counsellor, done: (words: string) => void): HTMLElement {
  const status = new Status();
  const mine = me.vaults.map((vault) => vault.credential_id).filter((id) => id !== null);
  const heldBack = me.vaults.filter((vault) => vault.credential_id !== null && vault.record === null).map((vault) => vault.credential_id);
  return element(
    "section",
    { class: "desk-card", "aria-labelledby": "passkey" },
    element("h2", { id: "passkey", class: "govuk-heading-m" }, "Passkeys"),
    element(
      "p",
      { class: "govuk-body" },
      mine.length === 0
        ? "A passkey opens the vault with one touch instead of the passphrase. The passphrase still works."
        : haveWords(mine.length - heldBack.length),
    ),
    mine.length > 0 &&
      element("ul", { class: "govuk-list" }, ...mine.map((id, place) => listed(page, counsellor, id, place + 1, heldBack.includes(id), status, done))),
    addPart(page, me, counsellor, status, done),
    status.place,
  );
}

function haveWords(count: number): string {
  if (count < 1) return "No passkey opens this vault at the moment.";
  const opens = count === 1 ? "One passkey opens" : `${count} passkeys open`;
  return `${opens} this vault, beside the passphrase. If one is lost, take it out here, and remove it from your sign-in too.`;
}

function listed(
  page: DeskPage,
  counsellor: Counsellor,
  id: string,
  place: number,
  heldBack: boolean,
  status: Status,
  done: (words: string) => void,
): HTMLElement {
  const known = heldBack ? ", which no longer opens it: take it out and add it again" : page.passkeys.includes(id) ? "" : ", which no longer signs you in";
  const out: HTMLButtonElement = button(`Take passkey ${place} out`, "quiet", () => {
    void busy(out, "Taking it out…", async () => {
      try {
        await page.api.takePasskeyOut(id, await vaultProof(page, counsellor, { credentialId: id }));
        done("The passkey no longer opens your vault.");
      } catch (error) {
        status.warn(failureWords("The passkey was not taken out", error));
      }
    });
  });
  return element("li", {}, `Passkey ${place}, ending in “${id.slice(-4)}”${known}: `, out);
}

function addPart(page: DeskPage, me: MeAnswer, counsellor: Counsellor, status: Status, done: (words: string) => void): HTMLElement | null {
  if (!hasPasskeys()) return null;
  if (page.passkeys.length === 0) {
    const href = page.main.dataset.security ?? "/desk/account/security/";
    return element("p", {}, element("a", { class: "govuk-link", href }, "Add a passkey to your sign-in first"));
  }
  const unused = page.passkeys.filter((id) => !me.vaults.some((vault) => vault.credential_id === id));
  if (unused.length === 0) return null;
  const add: HTMLButtonElement = button("Add a passkey", "secondary", () => {
    void busy(add, "Waiting for the passkey…", async () => {
      try {
        const { credentialId, prf } = await passkeySecret(unused, await prfInput(page.site, page.counsellorId));
        const record = await addPasskeyVault(page.site, counsellor, prf).finally(() => prf.fill(0));
        await page.api.addPasskey(record, credentialId, await vaultProof(page, counsellor, { record, credentialId }));
        done("Done. From now on, one touch opens the vault.");
      } catch (error) {
        status.warn(passkeyFailure(error));
      }
    });
  });
  return add;
}

/** The records that open a vault, and the proof of an open vault that is asked for before one changes (PROTOCOL §2.3, §8.1). */

import { type Counsellor, type MeAnswer, signVaultChange, type VaultProof } from "../../protocol/index.ts";
import type { DeskPage } from "./page.ts";

type Vaults = MeAnswer["vaults"];
const PASSPHRASE = 1;
const PASSKEY = 2;

/** The record that the passphrase opens; null where there is none, or the server lacks the storage key for it. */
export function passphraseRecord(vaults: Vaults): string | null {
  return vaults.find((vault) => vault.kind === PASSPHRASE)?.record ?? null;
}

/** Whether the server has no record of the passphrase to give, because it lacks the storage key (§8.1). */
export function isHeldBack({ vaults }: MeAnswer): boolean {
  return vaults.some((vault) => vault.kind === PASSPHRASE) && passphraseRecord(vaults) === null;
}

/** The records that passkeys open, by the ids of their credentials. */
export function passkeyRecords(vaults: Vaults): Map<string, string> {
  const given = vaults.filter((vault) => vault.kind === PASSKEY);
  return new Map(given.flatMap(({ credential_id, record }) => (credential_id !== null && record !== null ? [[credential_id, record]] : [])));
}

/** Signed over a fresh challenge for this very change; throws Problem. */
export async function vaultProof(page: DeskPage, counsellor: Counsellor, change: { record?: string; credentialId?: string }): Promise<VaultProof> {
  return signVaultChange(page.site, counsellor, await page.api.vaultChallenge(), change);
}

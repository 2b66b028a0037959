/** A key for what a counsellor has begun to write, while the vault is locked: it never leaves the tab, so PROTOCOL has no section for it. */

import { join } from "./encoding.ts";
import { type Counsellor, counsellorSecrets, EMPTY, type Site } from "./keys.ts";
import { kdfToKey, secretKey } from "./primitives.ts";

/** AES-256-GCM; no script can read it, and only the same vault gives it again. Nonces are the caller's, random. */
export async function draftKey(site: Site, counsellor: Counsellor): Promise<CryptoKey> {
  const secret = await secretKey(counsellorSecrets(counsellor).secret);
  return kdfToKey(secret, EMPTY, "draft", join(site.site, counsellor.counsellorId));
}

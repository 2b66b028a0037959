/** What is signed towards the server: that someone holds an inbox's key, or an open vault (PROTOCOL §7.4, §7.5, §8.1). */

import type { FirstMessageBody, SealedFirst, SessionBody, VaultProof } from "./api_types.ts";
import { type Bytes, decode, encode, join, u16, utf8 } from "./encoding.ts";
import { type Counsellor, counsellorSecrets, type InboxKeys, inboxSecrets, type Site } from "./keys.ts";
import { hashed } from "./primitives.ts";
import { sign } from "./signatures.ts";
import { parseOpening } from "./wire.ts";

const CHALLENGE = 56;

/** Every proof is for this site at its origin, and for one challenge of its. */
export function asked(site: Site, challenge: string): Bytes {
  return join(site.site, u16(site.origin.length), utf8(site.origin), decode(challenge, CHALLENGE));
}

/** The body of `POST messages`, §7.5; throws Malformed. */
export async function signFirst(site: Site, inbox: InboxKeys, first: SealedFirst, challenge: string): Promise<FirstMessageBody> {
  const { hash } = await parseOpening(decode(first.opening));
  const signed = join(asked(site, challenge), inbox.inboxId, hash);
  return { ...first, challenge, proof: encode(await sign(inboxSecrets(inbox).signing, "first-message", signed)) };
}

/** The body of `POST sessions`, §7.4; throws Malformed. */
export async function signSession(site: Site, inbox: InboxKeys, challenge: string): Promise<SessionBody> {
  const signed = join(asked(site, challenge), inbox.inboxId);
  const signature = await sign(inboxSecrets(inbox).signing, "session", signed);
  return { inbox_id: encode(inbox.inboxId), challenge, signature: encode(signature) };
}

/** What an open vault proves itself with, §8.1: for a record that takes the passphrase's place, a passkey's, or one that is taken out. */
export async function signVaultChange(
  site: Site,
  counsellor: Counsellor,
  challenge: string,
  change: { readonly record?: string; readonly credentialId?: string },
): Promise<VaultProof> {
  const credential = decode(change.credentialId ?? "");
  const changed = await hashed("vault-change", join(u16(credential.length), credential, decode(change.record ?? "")));
  const signed = join(asked(site, challenge), counsellor.counsellorId, changed);
  return { challenge, signature: encode(await sign(counsellorSecrets(counsellor).signing, "vault-change", signed)) };
}

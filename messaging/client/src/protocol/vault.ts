/** The vault that keeps a counsellor's secret where the server cannot reach it (PROTOCOL §2.3). */

import { type Bytes, cut, decode, demand, encode, equal, ID, join, label, u8 } from "./encoding.ts";
import { checkCertificate } from "./epochs.ts";
import { BadVault, BadWords, CannotOpen } from "./errors.ts";
import { type Counsellor, counsellorOf, counsellorSecrets, forgetKeys, makeRenewal, makeRequest, type Site } from "./keys.ts";
import { hashed, kdfToKey, openSealed, type Random, randomBytes, seal, secretKey } from "./primitives.ts";
import { slow } from "./slow.ts";
import { bitsOf, knownWords, wordsOfBits } from "./words.ts";

/** What opens a vault: a passphrase, or a passkey's PRF output of 32 bytes. */
export type Unlock = { readonly passphrase: string } | { readonly prf: Bytes };

const PASSPHRASE = 1;
const PASSKEY = 2;
const HEAD = 29;
const WORDS = 6;
const RANDOM = 9;
const SPARE_BITS = 6n;

/** Six new words, §2.3: 66 random bits, which nobody chose. */
export function makePassphrase(random: Random = randomBytes): string {
  return wordsOfBits(bitsOf(random(RANDOM)) >> SPARE_BITS, WORDS).join(" ");
}

/** The six words of what a counsellor typed, joined by single spaces; throws BadVault, whose cause is BadWords. */
export function parsePassphrase(text: string): string {
  try {
    return knownWords(text, WORDS).join(" ");
  } catch (error) {
    if (!(error instanceof BadWords)) throw error;
    throw new BadVault(`a passphrase is six words of the list: ${error.message}`, { cause: error });
  }
}

/** What a passkey's PRF is asked for. */
export function prfInput(site: Site, counsellorId: Bytes): Promise<Bytes> {
  return hashed("vault-prf", join(site.site, counsellorId));
}

/**
 * A new counsellor secret with its vault record and certificate request, as base64url; throws BadVault for what is no passphrase of
 * `makePassphrase`, and when the record does not open again.
 */
export async function makeVault(
  site: Site,
  counsellorId: Bytes,
  passphrase: string,
  random: Random = randomBytes,
): Promise<{ counsellor: Counsellor; record: string; request: string }> {
  const secret = random(32);
  const counsellor = await counsellorOf(site, counsellorId, secret);
  secret.fill(0);
  const record = await sealAndOpen(site, counsellor, { passphrase }, random);
  return { counsellor, record, request: encode(await makeRequest(site, counsellor)) };
}

/** New keys in the place of those of a certificate (base64url) before it ends, §2.4; throws as `makeVault`, and Malformed, BadCertificate. */
export async function renewVault(
  site: Site,
  old: Counsellor,
  certificate: string,
  passphrase: string,
): Promise<{ counsellor: Counsellor; record: string; request: string }> {
  const { id } = await checkCertificate(site, decode(certificate));
  const made = await makeVault(site, old.counsellorId, passphrase);
  return { ...made, request: encode(await makeRenewal(site, made.counsellor, old, id)) };
}

/** Another record of the same secret, for a passkey; throws BadVault for a PRF output of another size. */
export async function addPasskeyVault(site: Site, counsellor: Counsellor, prf: Bytes): Promise<string> {
  return encode(await sealVault(site, counsellor, { prf }));
}

/** A record of the same secret for a new passphrase; throws BadVault as `makeVault` does. */
export async function changePassphrase(site: Site, counsellor: Counsellor, passphrase: string): Promise<string> {
  return sealAndOpen(site, counsellor, { passphrase });
}

/** The keys in a record; throws Malformed for its size or kind, BadVault for everything else. */
export async function openVault(site: Site, counsellorId: Bytes, record: string, unlock: Unlock): Promise<Counsellor> {
  const raw = decode(record);
  const [kind, salt, nonce, wrapped] = cut(raw, 1, 16, 12, 80);
  demand((kind[0] === PASSPHRASE || kind[0] === PASSKEY) && counsellorId.length === ID, "vault kind");
  if (kind[0] !== kindOf(unlock)) throw new BadVault("this vault opens another way");
  const key = await vaultKey(site, counsellorId, salt, unlock);
  let opened: Bytes;
  try {
    opened = await openSealed(key, nonce, ownedHead(site, counsellorId, raw.subarray(0, HEAD)), wrapped);
  } catch (error) {
    if (error instanceof CannotOpen) throw new BadVault("wrong passphrase or passkey, or an altered record", { cause: error });
    throw error;
  }
  try {
    const [secret, stored] = cut(opened, 32, 32);
    if (!equal(stored, site.site)) throw new BadVault("this vault belongs to another root");
    const counsellor = await counsellorOf(site, counsellorId, secret);
    secret.fill(0);
    return counsellor;
  } finally {
    opened.fill(0);
  }
}

/** A key that was derived wrongly, once, would close the vault for good: it is derived again, and must open what was sealed. */
async function sealAndOpen(site: Site, counsellor: Counsellor, unlock: Unlock, random: Random = randomBytes): Promise<string> {
  const record = encode(await sealVault(site, counsellor, unlock, random));
  forgetKeys(await openVault(site, counsellor.counsellorId, record, unlock));
  return record;
}

async function sealVault(site: Site, counsellor: Counsellor, unlock: Unlock, random: Random = randomBytes): Promise<Bytes> {
  const head = join(u8(kindOf(unlock)), random(16), random(12));
  const key = await vaultKey(site, counsellor.counsellorId, head.slice(1, 17), unlock);
  const inside = join(counsellorSecrets(counsellor).secret, site.site);
  try {
    return join(head, await seal(key, head.slice(17), ownedHead(site, counsellor.counsellorId, head), inside));
  } finally {
    inside.fill(0);
  }
}

function kindOf(unlock: Unlock): number {
  return "passphrase" in unlock ? PASSPHRASE : PASSKEY;
}

function ownedHead(site: Site, counsellorId: Bytes, head: Uint8Array): Bytes {
  return join(head, label("vault"), site.site, counsellorId);
}

/** The input of §2.3's KDF, as a key that no script can read. */
export async function vaultInput(salt: Bytes, unlock: Unlock): Promise<CryptoKey> {
  if (!("passphrase" in unlock)) {
    if (unlock.prf.length !== 32) throw new BadVault("a PRF output has 32 bytes");
    return secretKey(unlock.prf);
  }
  const slowed = await slow(parsePassphrase(unlock.passphrase), salt);
  try {
    return await secretKey(slowed);
  } finally {
    slowed.fill(0);
  }
}

async function vaultKey(site: Site, counsellorId: Bytes, salt: Bytes, unlock: Unlock): Promise<CryptoKey> {
  const use = "passphrase" in unlock ? "vault-passphrase" : "vault-passkey";
  return kdfToKey(await vaultInput(salt, unlock), salt, use, join(site.site, counsellorId));
}

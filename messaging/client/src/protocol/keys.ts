/** The site, a person's and a counsellor's keys (PROTOCOL §2.1, §2.2, §2.4, §2.9, §2.10). Secrets stay in this room: what is handed out names them only. */

import { type AgreementKey, agreementKey, forgetAgreement } from "./agreement.ts";
import { type Bytes, decode, demand, equal, ID, join, u8, VERSION, zeros } from "./encoding.ts";
import { BadRequest } from "./errors.ts";
import { type NamedStatement, parseNamed } from "./named.ts";
import { hashed, kdf, kemPublic, secretKey } from "./primitives.ts";
import { forgetSigning, type SigningKey, sign, signatureHolds, signingKey, verifyingKey } from "./signatures.ts";
import { type Progress, slow } from "./slow.ts";
import { parseRequest, type Request } from "./wire.ts";

/** Whose installation: the root's public key, `site`, the exact origin, and the statement that the page's release names, where there is one. */
export interface Site {
  readonly root: Bytes;
  readonly site: Bytes;
  readonly origin: string;
  readonly released: NamedStatement | null;
}

/** What the eight words lead to; the secrets behind it are kept by this module until `forget`. */
export interface InboxKeys {
  readonly inboxId: Bytes;
  readonly kemPublic: Bytes;
  readonly signPublic: Bytes;
  /** The X25519 key that tags are made with, §4.6. */
  readonly tagPublic: Bytes;
}

/** A counsellor's keys; the secrets behind them are kept by this module until `forget`. */
export interface Counsellor {
  readonly counsellorId: Bytes;
  readonly kemPublic: Bytes;
  readonly signPublic: Bytes;
  /** The X25519 key that tags are made with, §4.6. */
  readonly tagPublic: Bytes;
}

/** X-Wing and the vault need their seeds as bytes; everything else is in keys that no script can read. */
export interface InboxSecrets {
  readonly derive: CryptoKey;
  readonly signing: SigningKey;
  readonly tagging: AgreementKey;
  readonly kemSeed: Bytes;
}

export interface CounsellorSecrets {
  readonly secret: Bytes;
  readonly signing: SigningKey;
  readonly tagging: AgreementKey;
  readonly kemSeed: Bytes;
}

export const EMPTY: Bytes = zeros(0);
const inboxes = new WeakMap<InboxKeys, InboxSecrets>();
const counsellors = new WeakMap<Counsellor, CounsellorSecrets>();

/** The site of the root's public key as base64url, with a release's `newest` (§11.2); throws Malformed. */
export async function openSite(root: string, origin: string, newest = ""): Promise<Site> {
  const key = decode(root, 32);
  // What is signed has one layout: a length of two bytes, then ASCII (§7).
  demand(/^[\x00-\x7f]{1,65535}$/.test(origin), "an origin is ASCII");
  return { root: key, site: await hashed("site", key), origin, released: parseNamed(newest) };
}

/** §2.9, from words that `parseWords` gave. Takes about half a second, and far longer where `progress` is told (slow.ts). */
export async function deriveInbox(site: Site, words: readonly string[], progress?: Progress): Promise<InboxKeys> {
  const salt = (await hashed("inbox-salt", site.site)).slice(0, ID);
  const secret = await slow(words.join(" "), salt, progress);
  try {
    return await inboxOf(site, secret);
  } finally {
    secret.fill(0);
  }
}

/** The keys of an inbox secret; the bytes given are the caller's to clear. */
export async function inboxOf(site: Site, secret: Bytes): Promise<InboxKeys> {
  const derive = await secretKey(secret);
  const kemSeed = await kdf(derive, EMPTY, "inbox-kem", site.site);
  const { key, signPublic } = await signingPair(derive, "inbox-sign", site.site);
  const { key: tagging, tagPublic } = await taggingPair(derive, "inbox-tag", site.site);
  const kem = await kemPublic(kemSeed);
  const keys = { inboxId: await inboxIdOf(kem, signPublic, tagPublic), kemPublic: kem, signPublic, tagPublic };
  inboxes.set(keys, { derive, signing: key, tagging, kemSeed });
  return keys;
}

/** Whether two derivations came to the same keys, which they must: what differs would open nothing that was sealed for the other. */
export function sameInbox(one: InboxKeys, other: InboxKeys): boolean {
  return (["inboxId", "kemPublic", "signPublic", "tagPublic"] as const).every((part) => equal(one[part], other[part]));
}

/** §2.9: 16 bytes. */
export async function inboxIdOf(kem: Bytes, signPublic: Bytes, tagPublic: Bytes): Promise<Bytes> {
  return (await hashed("inbox-id", join(kem, signPublic, tagPublic))).slice(0, ID);
}

/** The keys of a counsellor's secret, §2.2, of which this module takes a copy. */
export async function counsellorOf(site: Site, counsellorId: Bytes, secret: Bytes): Promise<Counsellor> {
  const context = join(site.site, counsellorId);
  const derive = await secretKey(secret);
  const kemSeed = await kdf(derive, EMPTY, "counsellor-kem", context);
  const { key, signPublic } = await signingPair(derive, "counsellor-sign", context);
  const { key: tagging, tagPublic } = await taggingPair(derive, "counsellor-tag", context);
  const keys = { counsellorId, kemPublic: await kemPublic(kemSeed), signPublic, tagPublic };
  counsellors.set(keys, { secret: secret.slice(), signing: key, tagging, kemSeed });
  return keys;
}

async function signingPair(derive: CryptoKey, use: string, context: Bytes): Promise<{ key: SigningKey; signPublic: Bytes }> {
  const seed = await kdf(derive, EMPTY, use, context);
  try {
    return await signingKey(seed);
  } finally {
    seed.fill(0);
  }
}

async function taggingPair(derive: CryptoKey, use: string, context: Bytes): Promise<{ key: AgreementKey; tagPublic: Bytes }> {
  const seed = await kdf(derive, EMPTY, use, context);
  try {
    return await agreementKey(seed);
  } finally {
    seed.fill(0);
  }
}

/** For this room only; throws an Error when the keys were forgotten. */
export function inboxSecrets(inbox: InboxKeys): InboxSecrets {
  return inboxes.get(inbox) ?? forgotten();
}

/** For this room only; throws an Error when the keys were forgotten. */
export function counsellorSecrets(counsellor: Counsellor): CounsellorSecrets {
  return counsellors.get(counsellor) ?? forgotten();
}

function forgotten(): never {
  throw new Error("these keys were forgotten");
}

/** Zeroes and drops what stands behind a person's or a counsellor's keys. */
export function forgetKeys(keys: InboxKeys | Counsellor): void {
  const counsellor = counsellors.get(keys as Counsellor);
  for (const held of [inboxes.get(keys as InboxKeys), counsellor]) {
    held?.kemSeed.fill(0);
    if (held === undefined) continue;
    forgetAgreement(held.tagging);
    forgetSigning(held.signing);
  }
  counsellor?.secret.fill(0);
  inboxes.delete(keys as InboxKeys);
  counsellors.delete(keys as Counsellor);
}

/** §2.4: 1,361 bytes. */
export async function makeRequest(site: Site, counsellor: Counsellor): Promise<Bytes> {
  const body = join(u8(VERSION), counsellor.counsellorId, counsellor.kemPublic, counsellor.signPublic, counsellor.tagPublic);
  return join(body, await sign(counsellorSecrets(counsellor).signing, "certificate-request", join(site.site, body)));
}

/** §2.4: a request for new keys that the old certificate's key signs too; 1,441 bytes. */
export async function makeRenewal(site: Site, counsellor: Counsellor, old: Counsellor, oldCertificateId: Bytes): Promise<Bytes> {
  const body = join(await makeRequest(site, counsellor), oldCertificateId);
  return join(body, await sign(counsellorSecrets(old).signing, "certificate-renewal", join(site.site, body)));
}

/** A request that its own key signed; throws Malformed, BadRequest. */
export async function checkRequest(site: Site, raw: Bytes): Promise<Request> {
  const request = parseRequest(raw);
  const key = await verifyingKey(request.signPublic);
  if (!(await signatureHolds(key, "certificate-request", join(site.site, request.own.subarray(0, -64)), request.own.slice(-64)))) {
    throw new BadRequest("the request is not signed by its own key");
  }
  return request;
}

/** Whether a request, as base64url, is for these keys; throws Malformed. */
export function isRequestOf(request: string, counsellor: Counsellor): boolean {
  const asked = parseRequest(decode(request));
  const parts = ["counsellorId", "kemPublic", "signPublic", "tagPublic"] as const;
  return parts.every((part) => equal(asked[part], counsellor[part]));
}

/** §2.10, of a counsellor's keys, request or certificate: what is read out over the telephone. */
export async function fingerprint(counsellor: Counsellor): Promise<string> {
  const { counsellorId, kemPublic, signPublic, tagPublic } = counsellor;
  return written(await hashed("counsellor-fingerprint", join(counsellorId, kemPublic, signPublic, tagPublic)));
}

/** §2.10, of the root. */
export async function rootFingerprint(site: Site): Promise<string> {
  return written(await hashed("root-fingerprint", site.root));
}

function written(hash: Bytes): string {
  const digits = Array.from(hash.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.match(/.{4}/g)!.join(" ");
}

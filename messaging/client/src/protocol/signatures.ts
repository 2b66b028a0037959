/** Ed25519, PROTOCOL §1.3: WebCrypto where the browser has it, and the stand-in's equation where it has none. */

import { type Bytes, decode, join, label, utf8 } from "./encoding.ts";
import { loadStandIns, type StandIns } from "./scripts.ts";

/** A private key that no script can read; its seed where the browser has no Ed25519. */
export type SigningKey = CryptoKey | Bytes;
/** A public key that is a point of the curve, and none of small order. */
export type VerifyingKey = CryptoKey | Bytes;

/** A PKCS #8 wrapper (RFC 8410) of a 32-byte seed: WebCrypto takes a private key in no shorter form. */
const PKCS8 = Uint8Array.of(0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20);

/** Null where the browser does it itself, and right. Found out once; what did not load is asked for again. */
let known: Promise<typeof StandIns | null> | null = null;

function standIns(): Promise<typeof StandIns | null> {
  known ??= hasEd25519().then((has) => (has ? null : loadStandIns()));
  known.catch(() => (known = null));
  return known;
}

/**
 * A key with a part of order eight, and two signatures of these words: by §1.3's equation the first holds and the second does not. WebKitGTK's library
 * (libgcrypt) finds the opposite of both, for it does not reduce the hash. What one reader takes and another refuses splits a conversation.
 */
const MIXED = "NxwOreSaaOGJA-biEQWtBKExAp3E2eXmavKJnkUywBA";
const MIXED_WORDS = utf8("one way to check");
const MIXED_HOLDS = "I5ZKCvFnLJpuLD8-ZLHLEItgt0tXMoIpgX0Ru_gTBgd1PfqT2E24U-4h2M-Kphyz7SacdmEa5KNaegnJrcNNAg";
const MIXED_FAILS = "oGlnBJyCipEPvV4sbhzkEXsX2bzQWK-rcL8L5msfNrMFWigLEe8It4tVniwl0xscesac_lVhujqvQLKlvZnrBA";

/** Whether the browser makes a key, signs with it, takes that signature and no other, and checks by the same equation as everyone. */
async function hasEd25519(): Promise<boolean> {
  try {
    const seed = new Uint8Array(32).fill(1);
    const { key, signPublic } = await nativePair(seed);
    const theirs = await crypto.subtle.importKey("raw", signPublic, "Ed25519", false, ["verify"]);
    const signature = await crypto.subtle.sign("Ed25519", key, seed);
    const mixed = await crypto.subtle.importKey("raw", decode(MIXED), "Ed25519", false, ["verify"]);
    const found = await Promise.all([
      crypto.subtle.verify("Ed25519", theirs, signature, seed),
      crypto.subtle.verify("Ed25519", mixed, decode(MIXED_HOLDS), MIXED_WORDS),
      crypto.subtle.verify("Ed25519", theirs, signature, PKCS8),
      crypto.subtle.verify("Ed25519", mixed, decode(MIXED_FAILS), MIXED_WORDS),
    ]);
    return found.join() === "true,true,false,false";
  } catch {
    return false;
  }
}

async function nativePair(seed: Bytes): Promise<{ key: CryptoKey; signPublic: Bytes }> {
  const encoded = join(PKCS8, seed);
  try {
    // Only an extractable key tells its public half; it lives for these lines, and the one that is kept cannot be read.
    const readable = await crypto.subtle.importKey("pkcs8", encoded, "Ed25519", true, ["sign"]);
    const { x } = await crypto.subtle.exportKey("jwk", readable);
    const key = await crypto.subtle.importKey("pkcs8", encoded, "Ed25519", false, ["sign"]);
    return { key, signPublic: Uint8Array.from(atob(x!.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0)) };
  } finally {
    encoded.fill(0);
  }
}

/** An Ed25519 key pair from its seed, of which the caller clears the given copy; throws NotLoaded. */
export async function signingKey(seed: Bytes): Promise<{ key: SigningKey; signPublic: Bytes }> {
  const own = await standIns();
  return own === null ? nativePair(seed) : { key: seed.slice(), signPublic: own.signPublic(seed) };
}

/** Zeroes a key that is bytes; one that no script can read goes by itself. */
export function forgetSigning(key: SigningKey): void {
  if (key instanceof Uint8Array) key.fill(0);
}

/** Sign(seed, use, x): 64 bytes; throws NotLoaded. */
export async function sign(key: SigningKey, use: string, bytes: Uint8Array): Promise<Bytes> {
  const signed = join(label(use), bytes);
  if (key instanceof Uint8Array) return (await loadStandIns()).sign(key, signed);
  return new Uint8Array(await crypto.subtle.sign("Ed25519", key, signed));
}

/** A key to check signatures with; null when the bytes are no point of the curve, or one of small order. Throws NotLoaded. */
export async function verifyingKey(signPublic: Bytes): Promise<VerifyingKey | null> {
  if (isSmallOrder(signPublic)) return null;
  const own = await standIns();
  if (own !== null) return own.isPoint(signPublic) ? signPublic.slice() : null;
  try {
    return await crypto.subtle.importKey("raw", signPublic, "Ed25519", false, ["verify"]);
  } catch {
    return null;
  }
}

/** Whether an Ed25519 signature holds over L(use) || x. Throws NotLoaded. */
export async function signatureHolds(key: VerifyingKey | null, use: string, bytes: Uint8Array, signature: Bytes): Promise<boolean> {
  if (key === null || isSmallOrder(signature)) return false;
  const signed = join(label(use), bytes);
  if (key instanceof Uint8Array) return (await loadStandIns()).signatureHolds(key, signed, signature);
  return crypto.subtle.verify("Ed25519", key, signature, signed);
}

/**
 * Every encoding of y, without its sign bit, of a point whose order divides eight (§1.3). Under such a key one signature holds for every
 * message, and browsers do not agree whether that is a signature.
 */
const SMALL_ORDER = new Set([
  "00".repeat(32),
  `01${"00".repeat(31)}`,
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  `ec${"ff".repeat(30)}7f`,
  `ed${"ff".repeat(30)}7f`,
  `ee${"ff".repeat(30)}7f`,
]);

/** Nearly every point differs from all of them in its first byte. */
const FIRST_OF_SMALL_ORDER: ReadonlySet<number> = new Set([...SMALL_ORDER].map((hex) => Number.parseInt(hex.slice(0, 2), 16)));

/** Whether a public key, or the first half of a signature, is a point of small order. */
function isSmallOrder(point: Bytes): boolean {
  if (!FIRST_OF_SMALL_ORDER.has(point[0]!)) return false;
  const hex = Array.from(point.subarray(0, 32), (byte, place) => (place === 31 ? byte & 127 : byte).toString(16).padStart(2, "0"));
  return SMALL_ORDER.has(hex.join(""));
}

/** PROTOCOL §1.3 on WebCrypto and @hpke/*: nothing here is our own but the labels. Signatures and the slow hash have rooms of their own. */

import { Aes256Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";
import { type Bytes, demand, equal, isZero, join, KEM_PUBLIC, label, WRAPPED, zeros } from "./encoding.ts";
import { CannotOpen, Malformed } from "./errors.ts";

/** Where random bytes come from: the operating system, and something repeatable only in tests. */
export type Random = (size: number) => Bytes;

export const ZERO_NONCE: Bytes = zeros(12);
const ENC = 1120;
/** WebCrypto takes 1,024 bytes of HKDF's info; the label and a hash stand beside it. */
const LONGEST_WRAP_INFO = 900;
const XWING = new XWing();
const SUITE = new CipherSuite({ kem: XWING, kdf: new HkdfSha256(), aead: new Aes256Gcm() });

export function randomBytes(size: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(size));
}

export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** H(use, x): 32 bytes. */
export function hashed(use: string, bytes: Uint8Array): Promise<Bytes> {
  return sha256(join(label(use), bytes));
}

/** A secret as an input of KDF that no script can read again; the bytes given are left as they are. */
export function secretKey(secret: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits", "deriveKey"]);
}

function derivation(salt: Bytes, use: string, context: Uint8Array): HkdfParams {
  return { name: "HKDF", hash: "SHA-256", salt, info: join(label(use), context) };
}

/** KDF(secret, salt, use, context): 32 bytes. */
export async function kdf(secret: CryptoKey, salt: Bytes, use: string, context: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.deriveBits(derivation(salt, use, context), secret, 256));
}

/** KDF64(secret, use, context): 64 bytes. Its first half is what KDF would give, so no use is one of KDF's. */
export async function kdf64(secret: CryptoKey, use: string, context: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.deriveBits(derivation(zeros(0), use, context), secret, 512));
}

/** The same as an AES-256-GCM key that no script can read. */
export function kdfToKey(secret: CryptoKey, salt: Bytes, use: string, context: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.deriveKey(derivation(salt, use, context), secret, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** A key of HMAC-SHA256 that no script can read; the bytes given are left as they are. */
export function macKey(key: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

/** HMAC-SHA256: 32 bytes. */
export async function mac(key: CryptoKey, bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes));
}

/** The X-Wing public key of a 32-byte seed: 1,216 bytes. */
export async function kemPublic(seed: Bytes): Promise<Bytes> {
  const pair = await XWING.generateKeyPairDerand(new Uint8Array(seed));
  return new Uint8Array(await SUITE.kem.serializePublicKey(pair.publicKey));
}

/**
 * Wrap(public, info, secret): the same 1,168 bytes for the same three, each time.
 * Throws Malformed for bytes that are no X-Wing public key, a secret of another size, an info above 900 bytes.
 */
export async function wrap(recipient: Bytes, info: Bytes, secret: Bytes): Promise<Bytes> {
  demand(recipient.length === KEM_PUBLIC && secret.length === 32 && info.length <= LONGEST_WRAP_INFO, "wrap: wrong size");
  const ekm = await kdf64(await secretKey(secret), "wrap", join(info, await hashed("wrap-key", recipient)));
  try {
    // Exact copies: the library reads the buffer behind what it is given.
    const recipientPublicKey = await SUITE.kem.deserializePublicKey(new Uint8Array(recipient));
    const sender = await SUITE.createSenderContext({ recipientPublicKey, info: new Uint8Array(info), ekm });
    return join(new Uint8Array(sender.enc), new Uint8Array(await sender.seal(new Uint8Array(secret))));
  } catch (error) {
    throw new Malformed("not an X-Wing public key", { cause: error });
  } finally {
    ekm.fill(0);
  }
}

/** Whether these are the very bytes that Wrap makes: opening is not enough, for many others would open as well. */
export async function isWrap(wrapped: Bytes, recipient: Bytes, info: Bytes, secret: Bytes): Promise<boolean> {
  try {
    return equal(await wrap(recipient, info, secret), wrapped);
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}

/** Unwrap(seed, info, wrapped): 32 bytes; throws CannotOpen. */
export async function unwrap(seed: Bytes, info: Bytes, wrapped: Bytes): Promise<Bytes> {
  if (wrapped.length !== WRAPPED || isZero(wrapped)) throw new CannotOpen("not a wrapped secret");
  try {
    const recipientKey = await SUITE.kem.deserializePrivateKey(new Uint8Array(seed));
    const opening = { recipientKey, enc: wrapped.slice(0, ENC), info: new Uint8Array(info) };
    return new Uint8Array(await SUITE.open(opening, wrapped.slice(ENC)));
  } catch (error) {
    throw new CannotOpen("cannot unwrap", { cause: error });
  }
}

export async function seal(key: CryptoKey, nonce: Bytes, aad: Bytes, bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: aad }, key, bytes));
}

/** The reverse of seal; throws CannotOpen. */
export async function openSealed(key: CryptoKey, nonce: Bytes, aad: Bytes, sealed: Bytes): Promise<Bytes> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData: aad }, key, sealed));
  } catch (error) {
    throw new CannotOpen("cannot decrypt", { cause: error });
  }
}

/** PROTOCOL §1.3 on WebCrypto, @hpke/* and hash-wasm: nothing here is our own but the labels. */

import { Aes256Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";
import { argon2id } from "hash-wasm";

import { type Bytes, demand, equal, isZero, join, KEM_PUBLIC, label, utf8, WRAPPED, zeros } from "./encoding.ts";
import { CannotOpen, Malformed } from "./errors.ts";

/** Where random bytes come from: the operating system, and something repeatable only in tests. */
export type Random = (size: number) => Bytes;

export const ZERO_NONCE: Bytes = zeros(12);
const ENC = 1120;
/** WebCrypto takes 1,024 bytes of HKDF's info; the label and a hash stand beside it. */
const LONGEST_WRAP_INFO = 900;
const XWING = new XWing();
const SUITE = new CipherSuite({ kem: XWING, kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** A PKCS #8 wrapper (RFC 8410) of a 32-byte Ed25519 seed: WebCrypto takes a private key in no shorter form. */
const PKCS8 = Uint8Array.of(0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20);

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

/** Slow(text, salt): 32 bytes; takes about half a second and 64 MiB. */
export async function slow(text: string, salt: Bytes): Promise<Bytes> {
  const options = {
    password: utf8(text),
    salt,
    iterations: 3,
    parallelism: 1,
    memorySize: 65_536,
    hashLength: 32,
    outputType: "binary",
  } as const;
  return new Uint8Array(await argon2id(options));
}

/** An Ed25519 key pair from its seed; the private key cannot be read again. */
export async function signingKey(seed: Bytes): Promise<{ key: CryptoKey; signPublic: Bytes }> {
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

/** A key of HMAC-SHA256 that no script can read; the bytes given are left as they are. */
export function macKey(key: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

/** HMAC-SHA256: 32 bytes. */
export async function mac(key: CryptoKey, bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes));
}

/** Sign(seed, use, x): 64 bytes. */
export async function sign(key: CryptoKey, use: string, bytes: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign("Ed25519", key, join(label(use), bytes)));
}

/** A key to check signatures with; null when the bytes are no point of the curve, or one of small order. */
export async function verifyingKey(signPublic: Bytes): Promise<CryptoKey | null> {
  if (isSmallOrder(signPublic)) return null;
  try {
    return await crypto.subtle.importKey("raw", signPublic, "Ed25519", false, ["verify"]);
  } catch {
    return null;
  }
}

/** Whether an Ed25519 signature holds over L(use) || x. */
export async function signatureHolds(key: CryptoKey | null, use: string, bytes: Uint8Array, signature: Bytes): Promise<boolean> {
  return key !== null && !isSmallOrder(signature) && (await crypto.subtle.verify("Ed25519", key, signature, join(label(use), bytes)));
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

/** X25519 (RFC 7748), PROTOCOL §1.3: WebCrypto where the browser has it, and the library's, which X-Wing needs anyway, where it has not. */

import { HkdfSha256 } from "@hpke/core";
import { X25519 } from "@hpke/dhkem-x25519";

import { type Bytes, equal, isZero, join, TAG_PUBLIC, zeros } from "./encoding.ts";

/** A private key that no script can read; its bytes where the browser has no X25519. */
export type AgreementKey = CryptoKey | Bytes;

/** A PKCS #8 wrapper (RFC 8410) of a 32-byte private key: WebCrypto takes one in no shorter form. */
const PKCS8 = Uint8Array.of(0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x04, 0x22, 0x04, 0x20);
const BASE: Bytes = Uint8Array.of(9, ...zeros(31));
const LIBRARY = new X25519(new HkdfSha256());

/** A key pair from its 32 bytes, of which the caller clears the given copy; `native` false takes the library though the browser has X25519. */
export async function agreementKey(seed: Bytes, native = true): Promise<{ key: AgreementKey; tagPublic: Bytes }> {
  const encoded = join(PKCS8, seed);
  try {
    if (!native) throw new Error("the library is asked for");
    // Only an extractable key tells its public half; it lives for these lines, and the one that is kept cannot be read.
    const readable = await crypto.subtle.importKey("pkcs8", encoded, "X25519", true, ["deriveBits"]);
    const { x } = await crypto.subtle.exportKey("jwk", readable);
    const key = await crypto.subtle.importKey("pkcs8", encoded, "X25519", false, ["deriveBits"]);
    const tagPublic = Uint8Array.from(atob(x!.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
    // A browser that takes a key and cannot use it would send messages that nobody can vouch for.
    if (!equal(await natively(key, BASE), tagPublic)) throw new Error("this browser's X25519 is another");
    return { key, tagPublic };
  } catch {
    const key = seed.slice();
    return { key, tagPublic: new Uint8Array(await LIBRARY.derive(key, BASE)) };
  } finally {
    encoded.fill(0);
  }
}

/** X25519(mine, theirs): 32 bytes; null for a key of low order, with which anyone can agree. */
export async function agreedSecret(mine: AgreementKey, theirs: Bytes): Promise<Bytes | null> {
  try {
    const agreed = mine instanceof Uint8Array ? new Uint8Array(await LIBRARY.derive(mine, theirs.slice())) : await natively(mine, theirs);
    return isZero(agreed) ? null : agreed;
  } catch {
    // Either kind refuses a result of zeros, and nothing else: sizes are the parser's.
    return null;
  }
}

async function natively(mine: CryptoKey, theirs: Bytes): Promise<Bytes> {
  const their = await crypto.subtle.importKey("raw", theirs, "X25519", false, []);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "X25519", public: their }, mine, 8 * TAG_PUBLIC));
}

/** Zeroes a key that is bytes; one that no script can read goes by itself. */
export function forgetAgreement(key: AgreementKey): void {
  if (key instanceof Uint8Array) key.fill(0);
}

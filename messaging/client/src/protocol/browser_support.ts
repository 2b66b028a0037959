/** Whether this browser has the cryptography of PROTOCOL §1.3. Pages find out before they ask anyone for anything. */

import { EMPTY } from "./keys.ts";
import { kdfToKey, randomBytes, seal, secretKey, sign, signatureHolds, signingKey, verifyingKey, ZERO_NONCE } from "./primitives.ts";

/** A WebAssembly module with nothing in it: Argon2id needs that there may be one. */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** False where something is missing or does not work, such as Ed25519 in a browser of before 2025, or all of it outside https. */
export async function browserIsAble(): Promise<boolean> {
  try {
    await WebAssembly.compile(EMPTY_MODULE);
    const { key, signPublic } = await signingKey(randomBytes(32));
    const holds = await signatureHolds(await verifyingKey(signPublic), "able", EMPTY, await sign(key, "able", EMPTY));
    const cipher = await kdfToKey(await secretKey(randomBytes(32)), EMPTY, "able", EMPTY);
    return holds && (await seal(cipher, ZERO_NONCE, EMPTY, EMPTY)).length === 16;
  } catch {
    return false;
  }
}

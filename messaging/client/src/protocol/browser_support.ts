/** Whether this browser has the cryptography of PROTOCOL §1.3, or can borrow it. Pages find out before they ask anyone for anything. */

import { EMPTY } from "./keys.ts";
import { kdfToKey, randomBytes, seal, secretKey, ZERO_NONCE } from "./primitives.ts";
import { NotLoaded } from "./scripts.ts";
import { sign, signatureHolds, signingKey, verifyingKey } from "./signatures.ts";

/**
 * Loads what stands in for missing signatures. False where even that does not help: all of it is missing outside https, and in browsers of before 2021.
 * Argon2id every browser can have: `prepareSlow`. Throws NotLoaded.
 */
export async function browserIsAble(): Promise<boolean> {
  try {
    const cipher = await kdfToKey(await secretKey(randomBytes(32)), EMPTY, "able", EMPTY);
    if ((await seal(cipher, ZERO_NONCE, EMPTY, EMPTY)).length !== 16) return false;
    const { key, signPublic } = await signingKey(randomBytes(32));
    return await signatureHolds(await verifyingKey(signPublic), "able", EMPTY, await sign(key, "able", EMPTY));
  } catch (error) {
    if (error instanceof NotLoaded) throw error;
    return false;
  }
}

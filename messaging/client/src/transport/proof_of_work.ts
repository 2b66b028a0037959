/** The work that a server asks for under load, PROTOCOL §7.10: the browser's own PBKDF2, which leaves the page free while it works. */

import { type Bytes, encode } from "../protocol/index.ts";
import { object, text, WrongShape, whole } from "../protocol/schema.ts";
import { Problem } from "./problem.ts";

// What no server of this protocol asks for: rather fail than work for an hour.
const MOST_ITERATIONS = 10_000;
const MOST_TRIES = 20_000;
/** So many at once: the browser shares them out among the device's cores. */
const AT_ONCE = 16;

const challenge = object({
  parameters: object({
    algorithm: text,
    cost: whole,
    keyLength: whole,
    keyPrefix: text,
    nonce: text,
    salt: text,
    keySignature: text,
    data: object({ for: text, until: whole }),
  }),
  signature: text,
});

/** The value of the header `Helpline-Work`; throws Problem `bad-answer` for what is no challenge of §7.10, or has no answer. */
export async function proveWork(asked: unknown): Promise<string> {
  const read = parsed(asked);
  const { algorithm, cost, keyLength, keyPrefix, nonce, salt } = read.parameters;
  const prefix = unhex(keyPrefix);
  const fits = algorithm === "PBKDF2/SHA-256" && keyLength === 32 && cost > 0 && cost <= MOST_ITERATIONS && prefix.length > 0;
  if (!fits) throw bad();
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt: unhex(salt), iterations: cost };
  const password = new Uint8Array([...unhex(nonce), 0, 0, 0, 0]);
  for (let first = 0; first < MOST_TRIES; first += AT_ONCE) {
    const tries = Array.from({ length: AT_ONCE }, (_, place) => derived(password, first + place, derivation));
    const keys = await Promise.all(tries);
    const place = keys.findIndex((key) => prefix.every((byte, index) => key[index] === byte));
    if (place === -1) continue;
    const answer = { challenge: read, solution: { counter: first + place, derivedKey: hex(keys[place]!) } };
    return encode(new TextEncoder().encode(JSON.stringify(answer)));
  }
  throw bad();
}

async function derived(password: Bytes, counter: number, derivation: Pbkdf2Params): Promise<Bytes> {
  const own = password.slice();
  new DataView(own.buffer).setUint32(own.length - 4, counter);
  const key = await crypto.subtle.importKey("raw", own, "PBKDF2", false, ["deriveBits"]);
  return new Uint8Array(await crypto.subtle.deriveBits(derivation, key, 256));
}

function parsed(asked: unknown): ReturnType<typeof challenge> {
  try {
    return challenge(asked, "work");
  } catch (error) {
    if (error instanceof WrongShape) throw bad();
    throw error;
  }
}

function bad(): Problem {
  return new Problem("bad-answer", 429, "work that cannot be done");
}

function unhex(digits: string): Bytes {
  if (!/^([0-9a-f]{2})*$/u.test(digits)) throw bad();
  return Uint8Array.from(digits.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

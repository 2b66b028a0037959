/** The eight inbox words (PROTOCOL §2.8). */

// The only hash that is needed while somebody types: WebCrypto's would make every keystroke wait for a promise.
import { sha256 } from "@hpke/common";
import { wordlist } from "@scure/bip39/wordlists/english.js";

import { WHITE_SPACE } from "./encoding.ts";
import { BadWords } from "./errors.ts";
import { randomBytes, type Random } from "./primitives.ts";

const COUNT = 8;
const RANDOM = 10;
const INDEX_BITS = 11n;
const BETWEEN = new RegExp(`[${WHITE_SPACE},\\-\\u2010-\\u2015]+`, "u");
const INDEX: ReadonlyMap<string, bigint> = new Map(wordlist.map((word, index) => [word, BigInt(index)]));

/** Eight new words: 80 random bits and 8 of checksum. */
export function makeWords(random: Random = randomBytes): string[] {
  const entropy = random(RANDOM);
  const bits = [...entropy, checksum(entropy)].reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return Array.from({ length: COUNT }, (_, place) => wordlist[Number((bits >> (INDEX_BITS * BigInt(COUNT - 1 - place))) & 2047n)]!);
}

/** The words of what somebody typed, in lower case; throws BadWords with the index of the first unknown one, or null. */
export function parseWords(text: string): string[] {
  // Only A–Z: JavaScript's own lower case knows letters that no other implementation need know.
  const lower = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const words = lower.split(BETWEEN).filter((word) => word !== "");
  const unknown = words.slice(0, COUNT).findIndex((word) => !INDEX.has(word));
  if (unknown >= 0) throw new BadWords(unknown, `word ${unknown + 1} is not in the list`);
  if (words.length !== COUNT) throw new BadWords(null, `${words.length} words instead of ${COUNT}`);
  const [entropy, check] = entropyOf(words);
  if (checksum(entropy) !== check) throw new BadWords(null, "the checksum fails");
  return words;
}

/** The ten bytes and the checksum behind eight known words. */
export function entropyOf(words: readonly string[]): [entropy: Uint8Array, check: number] {
  let bits = words.reduce((sum, word) => (sum << INDEX_BITS) | INDEX.get(word)!, 0n);
  const check = Number(bits & 255n);
  const entropy = new Uint8Array(RANDOM);
  for (let place = RANDOM - 1; place >= 0; place--) {
    bits >>= 8n;
    entropy[place] = Number(bits & 255n);
  }
  return [entropy, check];
}

function checksum(entropy: Uint8Array): number {
  return sha256(entropy)[0]!;
}

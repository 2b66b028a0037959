/** The eight inbox words, and how words are read (PROTOCOL §2.8). */

// The only hash that is needed while someone types: WebCrypto's would make every keystroke wait for a promise.
import { sha256 } from "@hpke/common";
import { wordlist } from "@scure/bip39/wordlists/english.js";

import { WHITE_SPACE } from "./encoding.ts";
import { BadWords } from "./errors.ts";
import { type Random, randomBytes } from "./primitives.ts";

const COUNT = 8;
const RANDOM = 10;
const INDEX_BITS = 11n;
// What §2.8 calls invisible signs and separators, for the inside of a character class.
const INVISIBLE = "\\u00ad\\u034f\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\u{e0001}-\\u{e007f}\\u{e0100}-\\u{e01ef}";
const SIGNS =
  "\\u0021-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u007e\\u00a1-\\u00a9\\u00ab-\\u00ac\\u00ae-\\u00b4" +
  "\\u00b6-\\u00b9\\u00bb-\\u00bf\\u00d7\\u00f7\\u02b9-\\u02df\\u05be\\u05f3-\\u05f4" +
  "\\u060c\\u061b\\u061f\\u06d4\\u2010-\\u2027\\u2030-\\u205e\\u2070-\\u208e\\u20a0-\\u20cf\\u20e3\\u2116\\u2122\\u2150-\\u218b\\u2190-\\u2bff\\u2e00-\\u2e7f" +
  "\\u3001-\\u303f\\ue000-\\uf8ff\\ufe30-\\ufe6f\\uff01-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65\\uffe0-\\uffee\\ufffc-\\ufffd\\u{1f000}-\\u{1faff}";
const UNSEEN = new RegExp(`[${INVISIBLE}]`, "gu");
const BETWEEN = new RegExp(`[${WHITE_SPACE}\\u0000-\\u001f\\u007f-\\u009f${SIGNS}]+`, "u");
const NUMBERS = /^[0-9]+|[0-9]+$/gu;
/** Words of the list that nobody is handed out, §2.8: they frighten or give away, or are written down wrongly. */
const LEFT_OUT: ReadonlySet<string> = new Set(
  (
    "abuse accuse addict arrest assault baby blame bomb boy bullet child crime cruel dad daughter despair disorder evidence evil execute " +
    "fatal father girl guilt gun horror hurt husband illegal infant inmate insane kid kiss knife lawsuit liar misery mom monster mother nasty " +
    "neglect nephew orphan panic pistol police prison rifle secret sibling sick suffer suspect toddler trial ugly uncle useless vicious " +
    "weapon wife witness wrong young youth " +
    "armor color defense enroll favorite fiber flavor harbor humor labor license odor vapor pair peace pear piece right write"
  ).split(" "),
);
const INDEX: ReadonlyMap<string, bigint> = new Map(wordlist.map((word, index) => [word, BigInt(index)]));

/** Eight new words, none of them left out: drawn again until it is so. */
export function makeWords(random: Random = randomBytes): string[] {
  for (;;) {
    const words = wordsOfEntropy(random(RANDOM));
    if (!words.some((word) => LEFT_OUT.has(word))) return words;
  }
}

/** The eight words of ten bytes: 80 bits and 8 of checksum. */
export function wordsOfEntropy(entropy: Uint8Array): string[] {
  return wordsOfBits(bitsOf([...entropy, checksum(entropy)]), COUNT);
}

/** Bytes as one number, the first byte the most significant. */
export function bitsOf(bytes: Iterable<number>): bigint {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  return bits;
}

/** So many words for as many groups of 11 bits, the most significant first. */
export function wordsOfBits(bits: bigint, count: number): string[] {
  return Array.from({ length: count }, (_, place) => wordlist[Number((bits >> (INDEX_BITS * BigInt(count - 1 - place))) & 2047n)]!);
}

/** The words of what someone typed, as they were typed, without whatever surrounds them and can be no part of a word. */
export function wordsIn(text: string): string[] {
  const pieces = text.replace(UNSEEN, "").split(BETWEEN);
  return pieces.map((piece) => piece.replace(NUMBERS, "")).filter((word) => word !== "");
}

/** Only A–Z: JavaScript's own lower case knows letters that no other implementation need know. */
export function lowered(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** The words of what someone typed, in lower case; throws BadWords with the index of the first unknown one, or null. */
export function parseWords(text: string): string[] {
  const words = knownWords(text, COUNT);
  const [entropy, check] = entropyOf(words);
  if (checksum(entropy) !== check) throw new BadWords(null, "the checksum fails");
  return words;
}

/** The whole list, in its order. */
export const wordList: readonly string[] = wordlist;

export function isKnown(word: string): boolean {
  return INDEX.has(word);
}

/** Whether eight words are all of the list, and their checksum holds. */
export function belongTogether(words: readonly string[]): boolean {
  if (words.length !== COUNT || !words.every(isKnown)) return false;
  const [entropy, check] = entropyOf(words);
  return checksum(entropy) === check;
}

/** So many words of the list in what someone typed, in lower case; throws BadWords as `parseWords` does. */
export function knownWords(text: string, count: number): string[] {
  const words = wordsIn(text).map(lowered);
  const unknown = words.slice(0, count).findIndex((word) => !INDEX.has(word));
  if (unknown >= 0) throw new BadWords(unknown, `word ${unknown + 1} is not in the list`);
  if (words.length !== count) throw new BadWords(null, `${words.length} words instead of ${count}`);
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

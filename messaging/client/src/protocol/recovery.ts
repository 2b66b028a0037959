/** The recovery sheet: a counsellor's secret in 24 words on paper (PROTOCOL §2.14). */

import { entropyToMnemonic, mnemonicToEntropy } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";

import type { Bytes } from "./encoding.ts";
import { BadWords } from "./errors.ts";
import { type Counsellor, counsellorOf, counsellorSecrets, type Site } from "./keys.ts";
import { knownWords } from "./words.ts";

const WORDS = 24;

/** BIP-39's 24 words of the 32 bytes, whose last one has eight bits of checksum. */
export function makeSheet(counsellor: Counsellor): string[] {
  return entropyToMnemonic(counsellorSecrets(counsellor).secret, wordlist).split(" ");
}

/**
 * The keys of what was copied from a sheet, read as §2.8 reads words; throws BadWords. Whose they are is for the caller to compare.
 */
export async function openSheet(site: Site, counsellorId: Bytes, text: string): Promise<Counsellor> {
  const words = knownWords(text, WORDS);
  let secret: Uint8Array;
  try {
    secret = mnemonicToEntropy(words.join(" "), wordlist);
  } catch (error) {
    throw new BadWords(null, "the checksum fails", { cause: error });
  }
  try {
    return await counsellorOf(site, counsellorId, secret as Bytes);
  } finally {
    secret.fill(0);
  }
}

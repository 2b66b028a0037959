/** The English words of BIP-39 as the build packs them: how many letters a word shares with the one before, then its others. */

declare const WORDS: string;

/** All 2,048, in their order; stands in for the package's list, which is 1.7 KB larger once it is compressed. */
export const wordlist: string[] = [];

for (const [, shared, rest] of WORDS.matchAll(/(\d)([a-z]*)/gu)) wordlist.push(`${wordlist[wordlist.length - 1]?.slice(0, Number(shared)) ?? ""}${rest}`);

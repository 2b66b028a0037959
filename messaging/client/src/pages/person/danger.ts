/** Notices words that may mean that someone is in danger: on the device and nowhere else, so that numbers can be shown before sending. PURE.
 *
 * It decides nothing, holds nothing back, counts nothing and tells nobody. It is better to notice once too often than to miss one: whoever
 * writes that they do not want to kill themselves is shown the numbers too. Every language is looked for on every page, as people write in any. */

import { ENDING, HURT } from "./danger_words.ts";

/** "ending": someone may think about ending a life. "hurt": someone is being hurt, or may be soon. */
export type Danger = "ending" | "hurt";

const ending = all(ENDING);
const hurt = all(HURT);
// Said not to be so ("I would never hurt a child"), or of what is no person ("the truth will hurt her"). It counts for hurting others alone.
const OTHERWISE: readonly RegExp[] = [
  /\b(?:not|\w+n't|dont|didnt|wont|never|nobody|no one|without|nie|nigdy|ddim|byth)(?: (?:really|ever|actually|want|wanted|to|be|chce|chcialbym|chcialabym|zamierzam|yn|eisiau|isio|moyn|am|i))* *$/u,
  /\b(?:it|this|that|which|what|truth|news|lies?|stress|secret|shame|divorce|hynny|prawda)(?: (?:really|only|just|all))* *$/u,
];
const BEFORE = 48;

/** What may be in danger by the words of `text`, the most urgent first; empty for nearly every text. */
export function noticeDanger(text: string): Danger[] {
  const read = plain(text);
  const found: Danger[] = [];
  if (ending.some((pattern) => read.search(pattern) >= 0)) found.push("ending");
  if (hurt.some((pattern) => [...read.matchAll(pattern)].some(({ index }) => meant(read, index)))) found.push("hurt");
  return found;
}

function meant(text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - BEFORE), index);
  return !OTHERWISE.some((pattern) => pattern.test(before));
}

/** Small letters without marks, one kind of apostrophe, one space between words; only what ends a sentence stays. */
function plain(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[\p{M}\p{Cf}]/gu, "")
    .replaceAll("ł", "l")
    .replaceAll(/[’‘`´]/gu, "'")
    .replaceAll(/[^\p{L}\p{N}'.,;:!?()]+/gu, " ")
    .trim();
}

function all(patterns: readonly string[]): RegExp[] {
  return patterns.map((pattern) => new RegExp(`\\b(?:${pattern})`, "gu"));
}

/** Finds text that may say who somebody is, on the device and nowhere else, for the person to decide about. PURE. */

export type Kind = "email" | "phone" | "postcode" | "name" | "address" | "link";

export interface Finding {
  readonly kind: Kind;
  readonly text: string;
  /** Where in the text it stands, in UTF-16 units. */
  readonly start: number;
}

const PATTERNS: readonly (readonly [Kind, RegExp])[] = [
  ["email", /[\p{L}\p{N}._%+'-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/giu],
  ["link", /(?:https?:\/\/|www\.)[^\s<>"']+|(?<![\p{L}\p{N}])@[\p{L}\p{N}_.]{3,}/giu],
  // Outward and inward code of a British postcode, with or without its space.
  ["postcode", /\b(?:[A-PR-UWYZ][A-HK-Y]?\d[\dA-Z]?|GIR)\s?\d[ABD-HJLNP-UW-Z]{2}\b/giu],
  ["address", /\b\d{1,4}[a-z]?,? +(?:\p{L}+ +){1,2}(?:street|road|avenue|lane|crescent|terrace|gardens)\b/giu],
  ["address", /\b\d{1,4}[a-z]?,? +(?:\p{Lu}\p{L}* +){1,3}(?:St|Rd|Ave|Drive|Close|Court|Place|Way|Grove|Walk|Row|Square|Park|Hill)\b/gu],
];
const WHOSE = "my|his|her|their|(?:child|son|daughter|wife|husband|partner|brother|sister|friend|boss|teacher|dad|mum)['’]?s";
const BEFORE_A_NAME: readonly RegExp[] = [
  new RegExp(String.raw`\b(?:${WHOSE})\s+(?:(?:full|first|last|real|sur|user)[ -]?)?names?\s*(?:is|was|are|:|=|['’]s)\s*`, "giu"),
  /\b(?:(?:i\s+am|i['’]m|(?:he|she|who)\s*(?:is|['’]s))\s+called|they\s+call\s+me|call\s+me)\s+/giu,
];
// A name is one word, and as many more as begin with a capital letter. Sticky: it stands right where the words before it end.
const NAME = /\p{L}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*(?: \p{Lu}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*){0,3}/uy;
// "I'm Jo Bloggs": two words with capitals, and more than one letter each, or "I am I" would be a name.
const INTRODUCED = /\b(?:[Ii] am|[Ii]['’]m) (\p{Lu}[\p{L}\p{M}'’-]+(?: \p{Lu}[\p{L}\p{M}'’-]+){1,2})/gu;
// What follows "my name is" and is no name: "my name is not important", "I am called a liar".
const NO_NAME = new Set([
  "not", "a", "an", "the", "my", "none", "no", "being", "in", "on", "and", "but", "so", "such", "very", "really", "names", "bad",
  "private", "secret", "irrelevant", "unimportant", "important", "back", "when", "if", "at", "to", "out", "that", "this", "it",
]);
// Digits in a row, however they are grouped; what makes them a phone number is their count and their beginning.
const DIGITS = /(?<!\d)(?:\+ ?)?\(?\d(?:[\s().\-‐-–]{0,2}\d){8,15}(?!\d)/gu;

/** Every finding in the order of the text; what overlaps is told once. */
export function findIdentifying(text: string): Finding[] {
  const found: Finding[] = [...names(text)];
  for (const [kind, pattern] of PATTERNS) {
    for (const match of text.matchAll(pattern)) found.push({ kind, text: match[0].trim(), start: match.index });
  }
  for (const match of text.matchAll(DIGITS)) {
    if (isPhone(match[0])) found.push({ kind: "phone", text: match[0].trim(), start: match.index });
  }
  return withoutOverlaps(found);
}

function* names(text: string): Generator<Finding> {
  for (const before of BEFORE_A_NAME) {
    for (const match of text.matchAll(before)) {
      NAME.lastIndex = match.index + match[0].length;
      const name = NAME.exec(text);
      if (name !== null && !NO_NAME.has((name[0].split(" ")[0] ?? "").toLowerCase())) yield { kind: "name", text: name[0], start: name.index };
    }
  }
  for (const match of text.matchAll(INTRODUCED)) {
    const name = match[1] ?? "";
    yield { kind: "name", text: name, start: match.index + match[0].length - name.length };
  }
}

function isPhone(written: string): boolean {
  const digits = written.replaceAll(/\D/gu, "");
  if (written.startsWith("+") || digits.startsWith("00")) return digits.length >= 9 && digits.length <= 16;
  return digits.startsWith("0") && (digits.length === 10 || digits.length === 11);
}

function withoutOverlaps(found: readonly Finding[]): Finding[] {
  const kept: Finding[] = [];
  for (const finding of found.toSorted((one, other) => one.start - other.start || other.text.length - one.text.length)) {
    const before = kept.at(-1);
    if (before === undefined || finding.start >= before.start + before.text.length) kept.push(finding);
  }
  return kept;
}

/** Finds text that may say who someone is, on the device and nowhere else, for the person to decide about. PURE. */

import { matchesNotAfter, type NotAfter, notAfter } from "./not_after.ts";

export type Kind = "email" | "phone" | "postcode" | "name" | "address" | "link";

export interface Finding {
  readonly kind: Kind;
  readonly text: string;
  /** Where in the text it stands, in UTF-16 units. */
  readonly start: number;
}

const PATTERNS: readonly (readonly [Kind, RegExp | NotAfter])[] = [
  ["email", /[\p{L}\p{N}._%+'-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/giu],
  ["link", /(?:https?:\/\/|www\.)[^\s<>"']+/giu],
  ["link", notAfter("\\p{L}\\p{N}", /@[\p{L}\p{N}_.]{3,}/giu)],
  // Outward and inward code of a British postcode, with or without its space.
  ["postcode", /\b(?:[A-PR-UWYZ][A-HK-Y]?\d[\dA-Z]?|GIR)\s?\d[ABD-HJLNP-UW-Z]{2}\b/giu],
  ["address", /\b\d{1,4}[a-z]?,? +(?:\p{L}+ +){1,2}(?:street|road|avenue|lane|crescent|terrace|gardens)\b/giu],
  ["address", /\b\d{1,4}[a-z]?,? +(?:\p{Lu}\p{L}* +){1,3}(?:St|Rd|Ave|Drive|Close|Court|Place|Way|Grove|Walk|Row|Square|Park|Hill)\b/gu],
];
// The way addresses are written in Polish and Welsh; a person may write in any language on any page.
const ABROAD: readonly (readonly [Kind, RegExp | NotAfter])[] = [
  [
    "address",
    notAfter(
      "\\p{L}",
      /(?:[Uu]l(?:\.|ic[ay])|[Aa]l(?:\.|ej[ai])|[Oo]s(?:\.|iedl[eu])|[Pp]lacu?|[Pp]l\.) ?\p{Lu}[\p{L}.-]*(?: \p{Lu}[\p{L}.-]*){0,2} \d{1,4}[A-Za-z]?(?:\/\d{1,4})?/gu,
    ),
  ],
  ["address", /\b\d{1,4}[a-z]?,? +(?:Stryd|Heol|Ffordd|Lôn|Rhodfa|Teras|Maes|Clos|Cilgant|Rhes) \p{Lu}[\p{L}’'-]*/gu],
];
// What is a postcode or a telephone number in Poland is any number elsewhere.
const POLISH: readonly (readonly [Kind, RegExp | NotAfter])[] = [
  ["postcode", notAfter("\\d-", /\d{2}-\d{3}(?![\d-])/gu)],
  ["phone", notAfter("\\d", /\d{3}[ -]?\d{3}[ -]?\d{3}(?!\d)/gu)],
];
const WHOSE = "my|his|her|their|(?:child|son|daughter|wife|husband|partner|brother|sister|friend|boss|teacher|dad|mum)['’]?s";
const BEFORE_A_NAME: readonly (RegExp | NotAfter)[] = [
  new RegExp(String.raw`\b(?:${WHOSE})\s+(?:(?:full|first|last|real|sur|user)[ -]?)?names?\s*(?:is|was|are|:|=|['’]s)\s*`, "giu"),
  /\b(?:(?:i\s+am|i['’]m|(?:he|she|who)\s*(?:is|['’]s))\s+called|they\s+call\s+me|call\s+me)\s+/giu,
  // Polish and Welsh: "mam na imię", "nazywam się", "jego imię to"; "fy enw i yw", "enw fy mab yw".
  notAfter(
    "\\p{L}",
    /(?:(?:mam|masz|ma|mają)\s+na\s+imię|na\s+imię\s+(?:mi|mu|jej)|nazywa(?:m|ją)?\s+się|(?:moje|jego|jej|ich)\s+(?:imię|nazwisko|imię\s+i\s+nazwisko)\s*(?:to|:))\s*/giu,
  ),
  notAfter("\\p{L}", /(?:(?:fy|ei|eu)\s+h?enw(?:au)?(?:\s+(?:i|e|o|hi|nhw))?|enw\s+(?:fy|ei|y|yr)\s+\p{L}+)\s+(?:yw|ydy|oedd)\s*/giu),
];
// A name is one word, and as many more as begin with a capital letter. Sticky: it stands right where the words before it end.
const NAME = /\p{L}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*(?: \p{Lu}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*){0,3}/uy;
// "I'm Jo Bloggs": two words with capitals, and more than one letter each, or "I am I" would be a name.
const INTRODUCED = /\b(?:[Ii] am|[Ii]['’]m) (\p{Lu}[\p{L}\p{M}'’-]+(?: \p{Lu}[\p{L}\p{M}'’-]+){1,2})/gu;
// The same in Welsh, where the name comes first: "Jo Bloggs ydw i".
const INTRODUCED_AFTER = notAfter("\\p{L}", /(\p{Lu}[\p{L}\p{M}'’-]+(?: \p{Lu}[\p{L}\p{M}'’-]+){0,2}) (?:yd|d)w i(?!\p{L})/gu);
// What follows "my name is" and is no name: "my name is not important", "I am called a liar".
const NO_NAME = new Set([
  "not",
  "a",
  "an",
  "the",
  "my",
  "none",
  "no",
  "being",
  "in",
  "on",
  "and",
  "but",
  "so",
  "such",
  "very",
  "really",
  "names",
  "bad",
  "private",
  "secret",
  "irrelevant",
  "unimportant",
  "important",
  "back",
  "when",
  "if",
  "at",
  "to",
  "out",
  "that",
  "this",
  "it",
  "nie",
  "tak",
  "jak",
  "już",
  "ale",
  "się",
  "bez",
  "ważne",
  "nieważne",
  "ddim",
  "yn",
  "ac",
  "ond",
  "wedi",
]);
// Digits in a row, however they are grouped; what makes them a phone number is their count and their beginning.
const DIGITS = notAfter("\\d", /(?:\+ ?)?\(?\d(?:[\s().\-‐-–]{0,2}\d){8,15}(?!\d)/gu);

/** Every finding in the order of the text; what overlaps is told once. `language` is the page's, for what only its numbers look like. */
export function findIdentifying(text: string, language = "en-GB"): Finding[] {
  const found: Finding[] = [...names(text)];
  for (const [kind, pattern] of [...PATTERNS, ...ABROAD, ...(language === "pl" ? POLISH : [])]) {
    for (const match of matches(text, pattern)) found.push({ kind, text: match[0].trim(), start: match.index });
  }
  for (const match of matches(text, DIGITS)) {
    if (isPhone(match[0])) found.push({ kind: "phone", text: match[0].trim(), start: match.index });
  }
  return withoutOverlaps(found);
}

function* names(text: string): Generator<Finding> {
  for (const before of BEFORE_A_NAME) {
    for (const match of matches(text, before)) {
      NAME.lastIndex = match.index + match[0].length;
      const name = NAME.exec(text);
      if (name !== null && !NO_NAME.has((name[0].split(" ")[0] ?? "").toLowerCase())) yield { kind: "name", text: name[0], start: name.index };
    }
  }
  for (const match of matches(text, INTRODUCED)) {
    const name = match[1] ?? "";
    yield { kind: "name", text: name, start: match.index + match[0].length - name.length };
  }
  for (const match of matches(text, INTRODUCED_AFTER)) yield { kind: "name", text: match[1] ?? "", start: match.index };
}

function matches(text: string, pattern: RegExp | NotAfter): Iterable<RegExpExecArray> {
  return pattern instanceof RegExp ? text.matchAll(pattern) : matchesNotAfter(text, pattern);
}

function isPhone(written: string): boolean {
  const digits = written.replaceAll(/\D/gu, "");
  if (written.startsWith("+") || digits.startsWith("00")) return digits.length >= 9 && digits.length <= 16;
  return digits.startsWith("0") && (digits.length === 10 || digits.length === 11);
}

function withoutOverlaps(found: readonly Finding[]): Finding[] {
  const kept: Finding[] = [];
  for (const finding of [...found].sort((one, other) => one.start - other.start || other.text.length - one.text.length)) {
    const before = kept[kept.length - 1];
    if (before === undefined || finding.start >= before.start + before.text.length) kept.push(finding);
  }
  return kept;
}

/**
 * Telephone numbers and https addresses in a counsellor's signed reply, so that someone in a crisis need not copy digits. PURE.
 *
 * Only what can be nothing else becomes a link; what is doubtful stays text. What a person wrote is never looked at.
 */

import { matchesNotAfter, notAfter } from "./not_after.ts";

export interface Piece {
  readonly text: string;
  /** `tel:` or `https:`; null for what is only text. */
  readonly href: string | null;
}

const GAP = "[ \\u00a0\\u2011()-]{0,2}";
const ADDRESS = String.raw`https:\/\/[^\s<>"“”‘’«»\p{Cf}\p{Cc}]+`;
const NUMBER = String.raw`(?:\+|\(?0)(?:${GAP}\d){7,14}(?![\p{L}\p{N}]|[.,:/-]\d)`;
/** Numbers of three to six digits that people are told to ring. */
const SHORT = String.raw`(?:116[ \u00a0]?(?:123|000|111|117)|999|112|111|101|18000)(?![\p{L}\p{N}%£€]|[.,:/-]\d)`;
const IS_ADDRESS = /^https:/iu;
const FOUND = { ...notAfter("\\p{L}\\p{N}@/+#£€$.,:-", new RegExp(`${ADDRESS}|${NUMBER}|${SHORT}`, "giu")), but: IS_ADDRESS };
const AFTER_AN_ADDRESS = /[.,;:!?'…]$/u;
const A_DATE = /^\d\d-\d\d-\d{4}$/u;

/** The text in its order, whole: joined, the pieces are what was given. */
export function pieces(text: string): Piece[] {
  const made: Piece[] = [];
  let end = 0;
  for (const match of matchesNotAfter(text, FOUND)) {
    const found = match[0].startsWith("(") && !match[0].includes(")") ? match[0].slice(1) : match[0];
    const begin = match.index + match[0].length - found.length;
    const link = IS_ADDRESS.test(found) ? address(found) : number(found);
    if (link === null) continue;
    if (begin > end) made.push({ text: text.slice(end, begin), href: null });
    made.push(link);
    end = begin + link.text.length;
  }
  if (end < text.length) made.push({ text: text.slice(end), href: null });
  return made;
}

/** Without what only ends the sentence, and without an address that pretends to be another (`https://known.example@other.example`). */
function address(found: string): Piece | null {
  let text = found;
  for (;;) {
    const closes = text.endsWith(")") && !text.includes("(");
    if (!closes && !AFTER_AN_ADDRESS.test(text)) break;
    text = text.slice(0, -1);
  }
  const url = parsed(text);
  if (url === null || url.protocol !== "https:" || url.username !== "" || url.password !== "" || !url.hostname.includes(".")) return null;
  return { text, href: url.href };
}

function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** A number of this country has ten or eleven digits, Childline's eight; one of another begins with a plus or two noughts. */
function number(found: string): Piece | null {
  if (A_DATE.test(found)) return null;
  const abroad = found.startsWith("+") || found.startsWith("00");
  const digits = (abroad ? found.replace("(0)", "") : found).replaceAll(/\D/gu, "");
  const fits =
    !digits.startsWith("0") && !abroad ? true : abroad ? digits.length >= 9 : digits.length === 10 || digits.length === 11 || /^0800\d{4}$/u.test(digits);
  return fits ? { text: found, href: `tel:${found.startsWith("+") ? "+" : ""}${digits}` } : null;
}

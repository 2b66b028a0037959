/** Patterns that must not follow certain signs. Safari of before 2023 reads no script that has `(?<!…)` in it, so this looks back instead. PURE. */

/** A pattern, and what may not stand right before it: a pattern of one sign. */
export interface NotAfter {
  readonly pattern: RegExp;
  readonly before: RegExp;
  /** Matches that may follow any sign. */
  readonly but?: RegExp;
}

/** `sign` is the inside of a character class; `pattern` has the flags g and u. */
export function notAfter(sign: string, pattern: RegExp): NotAfter {
  return { pattern, before: new RegExp(`[${sign}]$`, "u") };
}

/** What `matchAll` gives of the pattern, but for those that follow such a sign: there it looks again one sign further on. */
export function* matchesNotAfter(text: string, { pattern, before, but }: NotAfter): Generator<RegExpExecArray> {
  const search = new RegExp(pattern.source, pattern.flags);
  for (let match = search.exec(text); match !== null; match = search.exec(text)) {
    const start = match.index;
    // A sign is one or two units of the text.
    if (but?.test(match[0]) || !before.test(text.slice(Math.max(0, start - 2), start))) yield match;
    else search.lastIndex = start + (text.codePointAt(start)! > 0xffff ? 2 : 1);
  }
}

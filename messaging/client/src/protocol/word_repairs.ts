/**
 * What eight words may have been, when those that were typed are not eight words that belong together (PROTOCOL §2.8). PURE.
 *
 * All is done with the list and the checksum: nothing is asked of anybody, and only what somebody nearly has is found.
 */

import { belongTogether, isKnown, lowered, wordList, wordsIn } from "./words.ts";

const COUNT = 8;
/** More than these are not tried: each costs a key. One word that is missing at an unknown place has about 66. */
export const MOST_TRIED = 100;
/** As Britons spell them. Most are no longer handed out, and older papers have them. */
const BRITISH: Readonly<Record<string, string>> = {
  armour: "armor",
  artifact: "artefact",
  catalogue: "catalog",
  cheque: "check",
  colour: "color",
  defence: "defense",
  enrol: "enroll",
  favourite: "favorite",
  fibre: "fiber",
  flavour: "flavor",
  harbour: "harbor",
  humour: "humor",
  labour: "labor",
  licence: "license",
  mum: "mom",
  odour: "odor",
  practise: "practice",
  programme: "program",
  storey: "story",
  vapour: "vapor",
};
/** Stands for a word that nobody can read. */
const UNREAD = /^[0-9]*[.):]?\?+$/u;

/** Eight words that belong together, and what was changed to get there. */
export interface Repair {
  readonly words: readonly string[];
  /** `spelling`: the same words, written in another way. `near`: words that look like what was typed. */
  readonly kind: "spelling" | "near" | "swapped" | "missing" | "extra";
  /** The places, from 0, that are not as they were typed. */
  readonly places: readonly number[];
}

/** The words of what someone typed, in lower case; null for a question mark, which stands for one that cannot be read. */
export function typedWords(text: string): (string | null)[] {
  return text.split(/\s+/u).flatMap((piece) => (UNREAD.test(piece) ? [null] : wordsIn(piece).map(lowered)));
}

/** Every set of eight words that may be meant, the likeliest first; none where there are too many, or too few to guess from. */
export function repairsOf(typed: readonly (string | null)[]): Repair[] {
  const found =
    typed.length === COUNT ? ofEight(typed) : typed.length === COUNT - 1 ? withOneMore(typed) : typed.length === COUNT + 1 ? withOneLess(typed) : [];
  const seen = new Set<string>();
  const once = found.filter(({ words }) => !seen.has(words.join(" ")) && seen.add(words.join(" ")));
  return once.length > MOST_TRIED ? [] : once;
}

function ofEight(typed: readonly (string | null)[]): Repair[] {
  const unread = typed.flatMap((word, place) => (word === null ? [place] : []));
  const unknown = typed.flatMap((word, place) => (word !== null && !isKnown(word) ? [place] : []));
  if (unread.length > 1 || unknown.length > 3) return [];
  if (unread.length === 1) {
    if (unknown.length > 1) return [];
    return together(typed, [...unread, ...unknown], (word) => (word === null ? wordList : (spelt(word) ?? near(word))), "missing");
  }
  if (unknown.length > 0) {
    const same = together(typed, unknown, (word) => spelt(word!) ?? [], "spelling");
    return same.length > 0 ? same : together(typed, unknown, (word) => [...(spelt(word!) ?? []), ...near(word!)], "near");
  }
  const words = typed as readonly string[];
  if (belongTogether(words)) return [{ words, kind: "spelling", places: [] }];
  return [...swapped(words), ...words.flatMap((_, place) => together(words, [place], (word) => near(word!), "near"))];
}

/** All ways to put words into `places` with which the eight belong together. */
function together(
  typed: readonly (string | null)[],
  places: readonly number[],
  choices: (word: string | null) => readonly string[],
  kind: Repair["kind"],
): Repair[] {
  let sets: (readonly (string | null)[])[] = [typed];
  for (const place of places) {
    const words = choices(typed[place] ?? null);
    sets = sets.flatMap((set) => words.map((word) => [...set.slice(0, place), word, ...set.slice(place + 1)]));
  }
  return sets.filter((words) => belongTogether(words as string[])).map((words) => ({ words: words as string[], kind, places }));
}

function swapped(words: readonly string[]): Repair[] {
  const pairs = words.flatMap((_, one) => words.map((__, other) => [one, other] as const)).filter(([one, other]) => one < other);
  // Neighbours first.
  pairs.sort((left, right) => left[1] - left[0] - (right[1] - right[0]));
  return pairs.flatMap(([one, other]) => {
    const changed = [...words];
    [changed[one], changed[other]] = [words[other]!, words[one]!];
    return belongTogether(changed) ? [{ words: changed, kind: "swapped" as const, places: [one, other] }] : [];
  });
}

/** Seven words: the eighth may be any, at any place. */
function withOneMore(typed: readonly (string | null)[]): Repair[] {
  if (typed.some((word) => word === null || !isKnown(word))) return [];
  return Array.from({ length: COUNT }, (_, place) =>
    together([...typed.slice(0, place), null, ...typed.slice(place)], [place], () => wordList, "missing"),
  ).flat();
}

/** Nine words: one of them is too much. */
function withOneLess(typed: readonly (string | null)[]): Repair[] {
  return typed.flatMap((_, place) => ofEight(typed.filter((__, at) => at !== place)).map((repair) => ({ ...repair, kind: "extra" as const, places: [place] })));
}

/** The words of the list that this one is another way of writing; null where there is none. */
function spelt(typed: string): readonly string[] | null {
  if (isKnown(typed)) return [typed];
  const british = BRITISH[typed];
  if (british !== undefined) return [british];
  // No two words of the list begin with the same four letters.
  const begun = wordList.filter((word) => typed.length >= 3 && word.startsWith(typed));
  return begun.length === 1 ? begun : null;
}

/** The words of the list that look like it: one letter more, less or other, two that changed places; or the same four letters at the beginning. */
function near(typed: string): readonly string[] {
  const other = wordList.filter((word) => word !== typed);
  const one = other.filter((word) => distance(typed, word) === 1);
  const begun = typed.length > 4 ? other.filter((word) => word.slice(0, 4) === typed.slice(0, 4) && !one.includes(word)) : [];
  const found = [...one, ...begun];
  return found.length > 0 || isKnown(typed) ? found : other.filter((word) => distance(typed, word) === 2);
}

/** How many letters must be put in, taken out, changed, or change places with their neighbours. */
function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return 3;
  let [before, row] = [[] as number[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      next.push(least);
    }
    [before, row] = [row, next];
  }
  return row[other.length]!;
}

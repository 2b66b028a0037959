/** Sentences in the page's language. English stands in the code; the build puts those of another language into a bundle of its own.
 *
 * A page cannot bring any: what a warning says is signed as the code is. They go into the page as text alone, and what is sealed or sent never
 * depends on them. */

type Named<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Named<Rest> : never;
type Values<S extends string> = [Named<S>] extends [never] ? [] : [Readonly<Record<Named<S>, string | number>>];

/** As gettext does it: a sentence's context and the sentence, with this between them. */
const BETWEEN = "\u0004";
const ENGLISH = "en-GB";

/** Both stand in every bundle; a test that runs the sources has neither. */
declare const SENTENCES: Readonly<Record<string, string>>;
declare const LANGUAGE: string;

let sentences: ReadonlyMap<string, string> = new Map(typeof SENTENCES === "undefined" ? [] : Object.entries(SENTENCES));

/** From now on these sentences are said, each by the English one: for tests, which are in no bundle. */
export function setTranslations(spoken: Readonly<Record<string, string>>): void {
  sentences = new Map(Object.entries(spoken).map(([key, said]) => [shortName(key), said]));
}

/** What a sentence is called in a bundle, which need not hold the English twice: FNV-1a of its UTF-16 units. The build sees that no two are called alike. */
function shortName(key: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** The bundle's language, as `Intl` wants it: where the browser does not know it, English. */
export function languages(): string[] {
  return typeof LANGUAGE === "undefined" ? [ENGLISH] : [LANGUAGE, ENGLISH];
}

/** The sentence in the page's language, with its values. The first argument is one string in quotes, so that it can be found and translated. */
export function gettext<const S extends string>(sentence: S, ...values: Values<S>): string {
  return filled(sentence, sentence, values[0]);
}

/** The same for words that mean different things in different places. */
export function pgettext<const S extends string>(context: string, sentence: S, ...values: Values<S>): string {
  return filled(`${context}${BETWEEN}${sentence}`, sentence, values[0]);
}

/** In a bundle of another language this and a short name stand for a sentence that is translated (messaging/release/translatable.py). */
const NAMED = "~";

function filled(key: string, sentence: string, values: Readonly<Record<string, string | number>> = {}): string {
  return (sentences.get(key.startsWith(NAMED) ? key.slice(1) : shortName(key)) ?? sentence).replace(/\{(\w+)\}/gu, (whole, name: string) =>
    String(values[name] ?? whole),
  );
}

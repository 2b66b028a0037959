/** Sentences in the page's language. English stands in the code; for another language the page carries the sentences of its script as data.
 *
 * The block is JSON from the server (`client_sentences` in helpline/templatetags/assets.py), is never executed, and goes into the page as text alone.
 * What is sealed or sent never depends on it. */

type Named<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Named<Rest> : never;
type Values<S extends string> = [Named<S>] extends [never] ? [] : [Readonly<Record<Named<S>, string | number>>];

/** As gettext does it: a sentence's context and the sentence, with this between them. */
const BETWEEN = "\u0004";
const ENGLISH = "en-GB";

let sentences: ReadonlyMap<string, string> | null = null;

/** The sentences of the page's own block; none on an English page. */
function ofPage(): ReadonlyMap<string, string> {
  const block = typeof document === "undefined" ? null : document.getElementById("sentences");
  const read: unknown = block === null ? {} : JSON.parse(block.textContent ?? "{}");
  if (typeof read !== "object" || read === null) return new Map();
  return new Map(Object.entries(read).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

/** From now on these sentences are said: for tests, which have no page. */
export function speak(spoken: Readonly<Record<string, string>>): void {
  sentences = new Map(Object.entries(spoken));
}

/** The page's language, as `Intl` wants it: where the browser does not know it, English. */
export function languages(): string[] {
  return typeof document === "undefined" ? [ENGLISH] : [document.documentElement.lang || ENGLISH, ENGLISH];
}

/** The sentence in the page's language, with its values. The first argument is one string in quotes, so that it can be found and translated. */
export function say<const S extends string>(sentence: S, ...values: Values<S>): string {
  return filled(sentence, sentence, values[0]);
}

/** The same for words that mean different things in different places. */
export function sayIn<const S extends string>(context: string, sentence: S, ...values: Values<S>): string {
  return filled(`${context}${BETWEEN}${sentence}`, sentence, values[0]);
}

function filled(key: string, sentence: string, values: Readonly<Record<string, string | number>> = {}): string {
  sentences ??= ofPage();
  return (sentences.get(key) ?? sentence).replace(/\{(\w+)\}/gu, (whole, name: string) => String(values[name] ?? whole));
}

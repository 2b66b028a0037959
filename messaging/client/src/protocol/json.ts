/** JSON as §4.4 takes it: `JSON.parse` would quietly take a key twice, and `1.0` or `1e0` for `1`. */

/** A number that is not a whole one of §4.4: it may stand in a message of an unknown type, and counts for nothing. */
export const OTHER_NUMBER = Symbol("a number that is not whole");
export type Json = null | boolean | number | typeof OTHER_NUMBER | string | Json[] | Map<string, Json>;

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;
const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };
const DEEPEST = 8;
const BELOW = 2 ** 32;

/** What the text says; throws SyntaxError for anything but one JSON value of §4.4. */
export function parseJson(text: string): Json {
  const reader = new Reader(text);
  const value = reader.value(1);
  reader.end();
  return value;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): Json {
    this.#space();
    const first = this.#text[this.#at];
    if (first === "{") return this.#object(depth);
    if (first === "[") return this.#list(depth);
    if (first === '"') return this.#string();
    const word = this.#take(WORD);
    if (word !== null) return WORDS[word]!;
    const digits = this.#take(NUMBER) ?? this.#refuse("no value");
    return /^[0-9]+$/.test(digits) && Number(digits) < BELOW ? Number(digits) : OTHER_NUMBER;
  }

  end(): void {
    this.#space();
    if (this.#at !== this.#text.length) this.#refuse("more than one value");
  }

  #object(depth: number): Map<string, Json> {
    const object = new Map<string, Json>();
    this.#items("}", depth, () => {
      this.#space();
      const key = this.#string();
      if (object.has(key)) this.#refuse("a key twice");
      this.#space();
      this.#demand(":");
      object.set(key, this.value(depth + 1));
    });
    return object;
  }

  #list(depth: number): Json[] {
    const list: Json[] = [];
    this.#items("]", depth, () => list.push(this.value(depth + 1)));
    return list;
  }

  /** From the bracket that opens to the one that closes. */
  #items(close: string, depth: number, item: () => void): void {
    if (depth > DEEPEST) this.#refuse("nested too deep");
    this.#at++;
    this.#space();
    if (this.#text[this.#at] !== close) {
      item();
      this.#space();
      while (this.#text[this.#at] === ",") {
        this.#at++;
        item();
        this.#space();
      }
    }
    this.#demand(close);
  }

  #string(): string {
    // The token is well formed by now, and unescaping it is JSON.parse's job.
    return JSON.parse(this.#take(STRING) ?? this.#refuse("no string")) as string;
  }

  #space(): void {
    this.#take(SPACE);
  }

  #demand(character: string): void {
    if (this.#text[this.#at] !== character) this.#refuse(`no ${character}`);
    this.#at++;
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return null;
    this.#at = pattern.lastIndex;
    return found[0];
  }

  #refuse(what: string): never {
    throw new SyntaxError(what);
  }
}

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { BadPlaintext, BadWords, decode, encode, Malformed, parseWords, TooLong, textFits } from "../src/protocol/index.ts";
import { type Json, OTHER_NUMBER, parseJson } from "../src/protocol/json.ts";
import { isText, NOTHING_SEEN, read, write } from "../src/protocol/plaintext.ts";
import { entropyOf, wordsOfEntropy } from "../src/protocol/words.ts";

test("base64url gives back any bytes, and takes one spelling of them only", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const text = encode(bytes);
      assert.equal(text, Buffer.from(bytes).toString("base64url"));
      assert.deepEqual([...decode(text)], [...bytes]);
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."AQgwZz09-_=+/ \n") }), (text) => {
      try {
        assert.equal(encode(decode(text)), text);
      } catch (error) {
        assert.ok(error instanceof Malformed);
      }
    }),
  );
});

test("a text that fits is written and read as it was, in 8,192 bytes whatever it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 9000, size: "max" }), fc.constantFrom("text", "closing", "handover"), (text, type) => {
      if (!isText(text)) {
        assert.throws(() => write({ type: type as "text", text }, NOTHING_SEEN, 2, 1), BadPlaintext);
        return;
      }
      const { bytes, limit } = textFits(text);
      if (bytes > limit) return;
      const padded = write({ type: type as "text", text }, NOTHING_SEEN, 2, 1);
      assert.equal(padded.length, 8192);
      assert.equal(read(padded, 2, 1).text, text);
    }),
    { numRuns: 300 },
  );
});

test("the counter's limit is one that always fits, and a text far over it is TooLong", () => {
  const { limit } = textFits("");
  for (const letter of ["a", "é", "я", "🙂", "\u0001", '"']) {
    const text = letter.repeat(Math.floor(limit / textFits(letter).bytes));
    write({ type: "intake", route: "professional", terms: 2 ** 32 - 1, text }, NOTHING_SEEN, 1, 1);
    assert.throws(() => write({ type: "text", text: text + letter.repeat(100) }, NOTHING_SEEN, 1, 2), TooLong);
  }
});

test("plaintext that is no message is BadPlaintext and nothing else", () => {
  const padded = write({ type: "intake", route: "self", terms: 1, text: "Hello" }, NOTHING_SEEN, 1, 1);
  fc.assert(
    fc.property(fc.nat(200), fc.integer({ min: 1, max: 255 }), (place, change) => {
      const other = padded.slice();
      other[place]! ^= change;
      try {
        read(other, 1, 1);
      } catch (error) {
        assert.ok(error instanceof BadPlaintext);
      }
    }),
  );
});

/** Plain objects instead of maps; numbers count for nothing but the whole ones of §4.4. */
function plain(value: Json): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
  if (Array.isArray(value)) return value.map(plain);
  return value === OTHER_NUMBER ? "a number" : value;
}

function withoutNumbers(_: string, value: unknown): unknown {
  return typeof value !== "number" || (Number.isInteger(value) && value >= 0 && value < 2 ** 32 && !Object.is(value, -0)) ? value : "a number";
}

test("strict JSON agrees with JSON.parse wherever both read", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (text) => {
      assert.deepEqual(plain(parseJson(text)), JSON.parse(text, withoutNumbers));
    }),
    { examples: [['{"__proto__":null}'], ['{"__proto__":{"a":1}}']] },
  );
});

test("strict JSON refuses what JSON.parse refuses, a key twice, and nesting deeper than eight", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[]:,"\\u0019e.-+ truefalsn\t'), maxLength: 12 }), (text) => {
      let plain = true;
      try {
        JSON.parse(text);
      } catch {
        plain = false;
      }
      if (!plain) assert.throws(() => parseJson(text), SyntaxError);
    }),
    { numRuns: 2000 },
  );
  for (const text of ['{"a":1,"a":1}', '{"a":1,"\\u0061":2}', '[{"b":{"c":1,"c":2}}]', "[[[[[[[[[1]]]]]]]]]", "\ufeff{}", "NaN", "1 2", ""]) {
    assert.throws(() => parseJson(text), SyntaxError, text);
  }
  parseJson("[[[[[[[[1]]]]]]]]");
});

test("eight words come back from any typing, and one wrong word is named", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 10, maxLength: 10 }),
      fc.constantFrom(" ", "-", ", ", "\n", "\u2013", "\u3000"),
      fc.nat(7),
      (entropy, between, place) => {
        const words = wordsOfEntropy(new Uint8Array(entropy));
        assert.equal(words.length, 8);
        assert.deepEqual([...entropyOf(words)[0]], [...entropy]);
        assert.deepEqual(parseWords(`  ${words.join(between).toUpperCase()}\t`), words);
        assert.throws(
          () => parseWords(words.with(place, "qwertz").join(between)),
          (error) => error instanceof BadWords && error.index === place,
        );
        assert.throws(
          () => parseWords(words.slice(1).join(between)),
          (error) => error instanceof BadWords && error.index === null,
        );
      },
    ),
  );
});

/** What the page points out before sealing, and what it leaves alone. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { findIdentifying, type Kind } from "../../src/pages/person/identifying.ts";

const FOUND: readonly (readonly [string, Kind, string])[] = [
  ["Write to jo.bloggs@example.org please", "email", "jo.bloggs@example.org"],
  ["jo (at) example.co.uk", "email", "jo (at) example.co.uk"],
  ["ring me on 07700 900123 tonight", "phone", "07700 900123"],
  ["ring 0131 496 0000", "phone", "0131 496 0000"],
  ["+44 7700 900 123", "phone", "+44 7700 900 123"],
  ["0044-7700-900123", "phone", "0044-7700-900123"],
  ["(0131) 496 0000", "phone", "(0131) 496 0000"],
  ["I live in EH1 1YZ", "postcode", "EH1 1YZ"],
  ["sw1a1aa", "postcode", "sw1a1aa"],
  ["we are at 12 Marchmont Road", "address", "12 Marchmont Road"],
  ["My name is Jo Bloggs and I need help", "name", "Jo Bloggs"],
  ["my name is jo", "name", "jo"],
  ["my name’s Zoë O’Neill", "name", "Zoë O’Neill"],
  ["my son's name is Finn Bloggs", "name", "Finn Bloggs"],
  ["her name is Анна Иванова", "name", "Анна Иванова"],
  ["I'm Jo Bloggs", "name", "Jo Bloggs"],
  ["I am called Jo", "name", "Jo"],
  ["find me at www.example.org/jo", "link", "www.example.org/jo"],
  ["my account is @jo_bloggs", "link", "@jo_bloggs"],
];

for (const [text, kind, part] of FOUND) {
  test(`points out the ${kind} in “${text}”`, () => {
    assert.deepEqual(
      findIdentifying(text).map((one) => [one.kind, one.text]),
      [[kind, part]],
    );
  });
}

test("names and addresses are found in Polish and in Welsh, whatever the page's language", () => {
  const said: readonly (readonly [string, Kind, string])[] = [
    ["Mam na imię Jan Kowalski i potrzebuję pomocy", "name", "Jan Kowalski"],
    ["nazywam się jan", "name", "jan"],
    ["Jego imię to Michał", "name", "Michał"],
    ["Mieszkam przy ul. Długiej 12/3", "address", "ul. Długiej 12/3"],
    ["Fy enw i yw Siân Jones", "name", "Siân Jones"],
    ["enw fy mab yw Ifan", "name", "Ifan"],
    ["Siân Jones ydw i", "name", "Siân Jones"],
    ["Rwy’n byw yn 12 Heol Fawr", "address", "12 Heol Fawr"],
  ];
  for (const [text, kind, part] of said)
    assert.deepEqual(
      findIdentifying(text).map((one) => [one.kind, one.text]),
      [[kind, part]],
      text,
    );
  for (const text of ["Nie wiem, jak to się nazywa. Boję się.", "Nazywam się nie tak, jak myślisz.", "Rwy’n poeni am fy meddyliau. Dw i angen help."]) {
    assert.deepEqual(findIdentifying(text), [], text);
  }
});

test("a Polish page knows Polish numbers, and an English one leaves them alone", () => {
  const text = "kod 00-950, telefon 600 700 800 albo 600700800";
  assert.deepEqual(
    findIdentifying(text, "pl").map((one) => one.kind),
    ["postcode", "phone", "phone"],
  );
  assert.deepEqual(findIdentifying(text), []);
});

const LEFT_ALONE = [
  "I looked at pictures and I cannot stop.",
  "My name is not important.",
  "I am scared. I am so scared of what I did 3 times in 2019.",
  "It happened between 2015 and 2018, on 12/03/2017 and 14/03/2017.",
  "I spent £1,200 in 30 days, about 1000000000 times too much.",
  "He is 14 and she is 15; they are at a close friend's place.",
  "I think I need help. They call me names.",
  "Мне нужна помощь, я не знаю что делать",
  "😀😀😀 👩‍👩‍👧",
  "",
];

for (const text of LEFT_ALONE) {
  test(`leaves “${text}” alone`, () => {
    assert.deepEqual(findIdentifying(text), []);
  });
}

test("tells several things in the order in which they stand, each once", () => {
  const found = findIdentifying("My name is Jo Bloggs, jo@example.org, 07700 900123, EH1 1YZ");
  assert.deepEqual(
    found.map((one) => one.kind),
    ["name", "email", "phone", "postcode"],
  );
});

test("says where it stands", () => {
  const text = "Hello. My name is Jo Bloggs";
  const [name] = findIdentifying(text);
  assert.equal(text.slice(name?.start), "Jo Bloggs");
});

test("stays quick on a long text made to be slow", () => {
  for (const piece of ["a.", "0 ", "my name is ", "12 Aa ", "a-", "@a", "ul. Aa ", "123 ", "Aa ", "enw fy a "]) findIdentifying(piece.repeat(4000), "pl");
});

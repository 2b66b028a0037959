/** Which parts of a counsellor's reply become links, and what stays text. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { pieces } from "../../src/pages/person/reply_links.ts";

const LINKS: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    "Call 0800 1111 or open https://www.example.org/help",
    [
      ["0800 1111", "tel:08001111"],
      ["https://www.example.org/help", "https://www.example.org/help"],
    ],
  ],
  [
    "Samaritans: 116 123, NHS 111, and 999 if it cannot wait.",
    [
      ["116 123", "tel:116123"],
      ["111", "tel:111"],
      ["999", "tel:999"],
    ],
  ],
  ["(ring 0808 1000 900)", [["0808 1000 900", "tel:08081000900"]]],
  ["ring (0131) 496 0000.", [["(0131) 496 0000", "tel:01314960000"]]],
  ["+44 (0)131 496 0000", [["+44 (0)131 496 0000", "tel:+441314960000"]]],
  ["0131\u00a0496\u00a00000", [["0131\u00a0496\u00a00000", "tel:01314960000"]]],
  [
    "See https://example.org/a_(b), then https://example.org/c). Good?",
    [
      ["https://example.org/a_(b)", "https://example.org/a_(b)"],
      ["https://example.org/c", "https://example.org/c"],
    ],
  ],
  ["HTTPS://Example.org", [["HTTPS://Example.org", "https://example.org/"]]],
  ["https://example.org/\u202egro.live", [["https://example.org/", "https://example.org/"]]],
];

for (const [text, links] of LINKS) {
  test(`in “${text}” can be pressed: ${links.map(([found]) => found).join(", ")}`, () => {
    const made = pieces(text);
    assert.equal(made.map((piece) => piece.text).join(""), text);
    assert.deepEqual(
      made.filter((piece) => piece.href !== null).map((piece) => [piece.text, piece.href]),
      links,
    );
  });
}

const TEXT = [
  "",
  "Come on 01-02-2026 or 01.02.2026, at 10:30",
  "£1,999.50 and 99.9% and 111.5",
  "http://example.org is not safe",
  "https://known.example@other.example/",
  "https://localhost/",
  "https://",
  "javascript:alert(1)",
  "The number 0123456 is too short, and 0123456789012345 too long",
  "A1110 and 1,111 and 2999",
  "reference 4111 1111 1111 1111",
];

for (const text of TEXT) {
  test(`“${text}” stays text`, () => {
    assert.deepEqual(
      pieces(text).filter((piece) => piece.href !== null),
      [],
    );
    assert.equal(
      pieces(text)
        .map((piece) => piece.text)
        .join(""),
      text,
    );
  });
}

/** What a page shows of a certificate is what the protocol reads in it: a new field moved all that stood behind it once. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { certificateOf } from "../../src/pages/desk/certificate.ts";
import { decode } from "../../src/protocol/index.ts";
import { parseCertificate } from "../../src/protocol/wire.ts";

const CASES = new URL("../../../../tests/vectors/cases/", import.meta.url);

for (const name of ["certificate-counsellor", "certificate-key-holder"])
  test(`name, days and role of ${name}`, async () => {
    const raw = decode(JSON.parse(readFileSync(new URL(`${name}.json`, CASES), "utf8")).input.certificate);
    const read = await parseCertificate(raw);
    const { of, ...shown } = certificateOf(raw);
    assert.deepEqual(decode(of), read.counsellorId);
    assert.deepEqual(shown, { name: read.displayName, keyHolder: read.keyHolder, firstDay: read.firstDay, lastDay: read.lastDay });
  });

/** One opening and one envelope on their own, after every check of PROTOCOL §3.3 and §4.5 but the epoch that an envelope acknowledges. */

import { FROM_DESK } from "../../src/protocol/encoding.ts";
import { checkPlace, openBody, type Place, writerOf } from "../../src/protocol/envelopes.ts";
import type { Certificates } from "../../src/protocol/epochs.ts";
import type { Site } from "../../src/protocol/index.ts";
import { demandAuthentic, type Reader, secretOfOpening, type Whose } from "../../src/protocol/openings.ts";
import type { Plaintext } from "../../src/protocol/plaintext.ts";
import type { Envelope, Opening, Statement } from "../../src/protocol/wire.ts";

export async function readOpening(
  site: Site,
  reader: Reader,
  opening: Opening,
  whose: Whose,
  statement: Statement,
  certificates: Certificates,
): Promise<CryptoKey> {
  await demandAuthentic(site, opening, whose, statement, certificates);
  return secretOfOpening(site, reader, opening, whose, statement);
}

export async function openEnvelope(
  site: Site,
  secret: CryptoKey,
  envelope: Envelope,
  place: Place,
  epochFloor: number,
  statement: Statement,
  certificates: Certificates,
): Promise<{ content: Plaintext; writer: string | null }> {
  checkPlace(envelope, place, epochFloor);
  const writer = envelope.direction === FROM_DESK ? (await writerOf(site, envelope, statement, certificates)).displayName : null;
  return { content: await openBody(secret, envelope), writer };
}

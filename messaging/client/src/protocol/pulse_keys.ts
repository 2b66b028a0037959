/** With whom a page exchanges pulses, and under which keys (PROTOCOL §12.2). */

import { type AgreementKey, agreedSecret } from "./agreement.ts";
import { deskSecrets, type OpenDesk } from "./desk.ts";
import { type Bytes, type Direction, encode, FROM_DESK, FROM_PERSON, join, u8 } from "./encoding.ts";
import { type CheckedCertificate, covers } from "./epochs.ts";
import { BadDates, BadOpening, BadSignature } from "./errors.ts";
import { counsellorSecrets, type InboxKeys, inboxSecrets, type Site } from "./keys.ts";
import type { Opened } from "./openings.ts";
import { kdf } from "./primitives.ts";
import type { Reading } from "./threads.ts";
import { readingOf, type Thread } from "./writing.ts";

/** What the person and one counsellor share: a key for each direction, which no script can read. */
export interface PulseKeys {
  readonly certificateId: string;
  readonly displayName: string;
  readonly keys: Readonly<Record<Direction, CryptoKey>>;
}

/** What the keys of pulses are bound to, beside the two who hold them; `secret` is the opening's K. */
export interface PulseContext {
  readonly site: Site;
  readonly conversation: Bytes;
  readonly openingHash: Bytes;
  readonly secret: CryptoKey;
}

type Shared = Pick<CheckedCertificate, "id" | "displayName">;

/** The bytes of both keys; null where nothing can be agreed. The caller clears them. */
export async function pulseSecrets(where: PulseContext, mine: AgreementKey, theirs: Bytes, { id }: Shared): Promise<Record<Direction, Bytes> | null> {
  const agreed = await agreedSecret(mine, theirs);
  if (agreed === null) return null;
  try {
    const of = (direction: Direction): Promise<Bytes> =>
      kdf(where.secret, agreed, "pulse", join(where.site.site, where.conversation, where.openingHash, id, u8(direction)));
    return { [FROM_PERSON]: await of(FROM_PERSON), [FROM_DESK]: await of(FROM_DESK) };
  } finally {
    agreed.fill(0);
  }
}

/** Of the person and the counsellor of this certificate, by the one's private key and the other's public; none where nothing is agreed. */
export async function pulseKeys(where: PulseContext, mine: AgreementKey, theirs: Bytes, certificate: Shared): Promise<PulseKeys[]> {
  const secrets = await pulseSecrets(where, mine, theirs, certificate);
  if (secrets === null) return [];
  const key = async (bytes: Bytes): Promise<CryptoKey> => {
    const made = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
    bytes.fill(0);
    return made;
  };
  const keys = { [FROM_PERSON]: await key(secrets[FROM_PERSON]), [FROM_DESK]: await key(secrets[FROM_DESK]) };
  return [{ certificateId: encode(certificate.id), displayName: certificate.displayName, keys }];
}

/**
 * Those of everyone on today's roster with whom something is agreed, in the roster's order. Throws BadDates without a desk of today, BadOpening
 * where no opening held.
 */
export async function personsPulseKeys(site: Site, inbox: InboxKeys, thread: Thread): Promise<PulseKeys[]> {
  const reading = readingOf(thread);
  const where = whereOf(site, reading);
  const people = (reading.desk?.statement.roster ?? []).map((id) => reading.certificates.get(encode(id))!);
  return (await Promise.all(people.map((each) => pulseKeys(where, inboxSecrets(inbox).tagging, each.tagPublic, each)))).flat();
}

/** The counsellor's own, one; none where the inbox's key agrees with nothing. Throws as `personsPulseKeys`, and BadSignature without a certificate that counts today. */
export async function desksPulseKeys(site: Site, desk: OpenDesk, thread: Thread): Promise<PulseKeys[]> {
  const reading = readingOf(thread);
  const where = whereOf(site, reading);
  const { certificate } = deskSecrets(desk);
  if (certificate === null || reading.desk === null || !covers(certificate, reading.desk.statement)) {
    throw new BadSignature("this certificate does not count in the current epoch");
  }
  return pulseKeys(where, counsellorSecrets(desk.counsellor).tagging, reading.answered.tagPublic, certificate);
}

function whereOf(site: Site, { desk, openings, answered: { conversation } }: Reading): PulseContext {
  if (desk === null) throw new BadDates("no desk epoch of today can be relied on");
  // The first that held of the newest epoch in which one did: both sides come to the same, once both have read the same.
  const newest = [...openings.values()].reduce<Opened | null>((best, each) => (best === null || each.opening.epoch > best.opening.epoch ? each : best), null);
  if (newest === null) throw new BadOpening("no opening held");
  return { site, conversation, openingHash: newest.opening.hash, secret: newest.secret };
}

/** An epoch's seed, wrapped to one counsellor (PROTOCOL §2.7). */

import { type Bytes, equal, join, label, u32 } from "./encoding.ts";
import { BadGrant, CannotOpen } from "./errors.ts";
import { type Counsellor, counsellorSecrets, type Site } from "./keys.ts";
import { isWrap, kemPublic, unwrap, wrap } from "./primitives.ts";
import type { Certificate, Statement } from "./wire.ts";

/** A grant as the server tells of it, §8.1. */
export interface Granted {
  readonly epoch: number;
  readonly certificateId: Bytes;
  readonly wrapped: Bytes;
}

function grantInfo(site: Site, epoch: number, certificateId: Bytes): Bytes {
  return join(label("grant"), site.site, u32(epoch), certificateId);
}

/** An epoch's seed, §2.7; throws BadGrant when it cannot be unwrapped, gives another public key, or would be wrapped in other bytes. */
export async function openGrant(site: Site, counsellor: Counsellor, certificateId: Bytes, statement: Statement, wrapped: Bytes): Promise<Bytes> {
  const info = grantInfo(site, statement.number, certificateId);
  let seed: Bytes;
  try {
    seed = await unwrap(counsellorSecrets(counsellor).kemSeed, info, wrapped);
  } catch (error) {
    if (error instanceof CannotOpen) throw new BadGrant("the grant cannot be opened", { cause: error });
    throw error;
  }
  if (!equal(await kemPublic(seed), statement.kemPublic)) throw new BadGrant("the grant is not of this epoch");
  if (!(await isWrap(wrapped, counsellor.kemPublic, info, seed))) throw new BadGrant("the grant is not what the epoch's seed gives");
  return seed;
}

/** 1,168 bytes; throws Malformed when nothing can be wrapped to the certificate's key. */
export function makeGrant(site: Site, epoch: number, certificate: Certificate, seed: Bytes): Promise<Bytes> {
  return wrap(certificate.kemPublic, grantInfo(site, epoch, certificate.id), seed);
}

/** Whether these bytes are the certificate's grant: whoever has the seed can tell of everyone's, and opens none but their own. */
function holdsGrant(site: Site, epoch: number, certificate: Certificate, seed: Bytes, wrapped: Bytes): Promise<boolean> {
  return isWrap(wrapped, certificate.kemPublic, grantInfo(site, epoch, certificate.id), seed);
}

/** Who of the people on an epoch's roster has no grant that opens it, of those in `grants`. */
export async function withoutGrant(site: Site, epoch: number, people: readonly Certificate[], seed: Bytes, grants: readonly Granted[]): Promise<Certificate[]> {
  const lacking: Certificate[] = [];
  for (const person of people) {
    let holds = false;
    for (const grant of grants) {
      const theirs = grant.epoch === epoch && equal(grant.certificateId, person.id);
      if (!holds && theirs) holds = await holdsGrant(site, epoch, person, seed, grant.wrapped);
    }
    if (!holds) lacking.push(person);
  }
  return lacking;
}

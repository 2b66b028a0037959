/** An epoch's seed, wrapped to one counsellor (PROTOCOL §2.7). */

import { type Bytes, equal, join, label, u32 } from "./encoding.ts";
import { BadGrant, CannotOpen } from "./errors.ts";
import { type Counsellor, counsellorSecrets, type Site } from "./keys.ts";
import { kemPublic, unwrap, wrap } from "./primitives.ts";
import type { Certificate, Statement } from "./wire.ts";

function grantInfo(site: Site, epoch: number, certificateId: Bytes): Bytes {
  return join(label("grant"), site.site, u32(epoch), certificateId);
}

/** An epoch's seed, §2.7; throws BadGrant when it cannot be unwrapped or gives another public key. */
export async function openGrant(site: Site, counsellor: Counsellor, certificateId: Bytes, statement: Statement, wrapped: Bytes): Promise<Bytes> {
  let seed: Bytes;
  try {
    seed = await unwrap(counsellorSecrets(counsellor).kemSeed, grantInfo(site, statement.number, certificateId), wrapped);
  } catch (error) {
    if (error instanceof CannotOpen) throw new BadGrant("the grant cannot be opened", { cause: error });
    throw error;
  }
  if (!equal(await kemPublic(seed), statement.kemPublic)) throw new BadGrant("the grant is not of this epoch");
  return seed;
}

/** 1,168 bytes; throws Malformed when nothing can be wrapped to the certificate's key. */
export function makeGrant(site: Site, epoch: number, certificate: Certificate, seed: Bytes): Promise<Bytes> {
  return wrap(certificate.kemPublic, grantInfo(site, epoch, certificate.id), seed);
}

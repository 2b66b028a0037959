/** A second person confirms a desk epoch (PROTOCOL §2.15, §8.2). */

import { deskSecrets, type OpenDesk } from "./desk.ts";
import { encode, join, u8, VERSION } from "./encoding.ts";
import { BadConfirmation } from "./errors.ts";
import { counsellorSecrets, type Site } from "./keys.ts";
import { sign } from "./signatures.ts";
import { ownOn, type WaitingEpoch } from "./waiting_epochs.ts";

/** The confirmation, 113 bytes as base64url, after a person has looked and pressed; throws BadConfirmation for one that they cannot confirm. */
export async function confirmEpoch(site: Site, desk: OpenDesk, waiting: WaitingEpoch): Promise<string> {
  const { chain, certificates } = deskSecrets(desk);
  const statement = chain.find(({ number }) => number === waiting.number);
  const own = statement === undefined ? null : ownOn(statement, desk.counsellor, certificates);
  if (statement === undefined || own === null || waiting.trouble !== null || !desk.waiting.includes(waiting)) {
    throw new BadConfirmation(waiting.trouble ?? "not-yours");
  }
  const body = join(u8(VERSION), statement.hash, own.id);
  return encode(join(body, await sign(counsellorSecrets(desk.counsellor).signing, "confirmation", join(site.site, body))));
}

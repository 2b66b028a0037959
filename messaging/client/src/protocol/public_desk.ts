/** The desk as whoever writes to it meets it (PROTOCOL §7.2). */

import type { DeskPublicKeysAnswer } from "./api_types.ts";
import { confirmedOf } from "./confirmations.ts";
import { decode, encode, last } from "./encoding.ts";
import { byId, type CheckedCertificate, checkCertificate, checkRoster, checkStatement, type Desk, deskOf } from "./epochs.ts";
import { BadConfirmation, BadStatement, OlderChain } from "./errors.ts";
import type { Site } from "./keys.ts";
import { hasNamed } from "./named.ts";
import { parseStatement, type Statement } from "./wire.ts";

/** §7.2's answer, checked from the root down; throws Malformed, BadCertificate, BadStatement, BadContinuation, BadConfirmation, BadDates. */
export async function checkDesk(site: Site, answer: DeskPublicKeysAnswer, today: number): Promise<Desk> {
  // Everything is decoded before anything is checked (§7).
  const [statements, confirmations, named] = [answer.statements, answer.confirmations, answer.certificates].map((texts) => texts.map((text) => decode(text)));
  const checked: CheckedCertificate[] = [];
  for (const raw of named!) checked.push(await checkCertificate(site, raw));
  const certificates = byId(checked);
  const chain: Statement[] = [];
  for (const raw of statements!) {
    const statement = await parseStatement(raw);
    await checkStatement(site, statement, certificates.get(encode(statement.signer)), last(chain) ?? null);
    checkRoster(statement, certificates);
    chain.push(statement);
  }
  const newest = last(chain);
  if (newest === undefined) throw new BadStatement("there is none");
  if (!hasNamed(chain, site.released)) throw new OlderChain("the statement that the release names is not among the epochs");
  if (!(await confirmedOf(site, chain, confirmations!, certificates, null)).includes(newest)) throw new BadConfirmation("nobody has confirmed the epoch");
  return deskOf(newest, certificates, today);
}

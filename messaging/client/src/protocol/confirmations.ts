/** Confirmations of epochs: a second person's word, or the root's, that one counts (PROTOCOL §2.15). */

import { type Bytes, cut, demand, encode, equal, HASH, ID, isZero, join, last, SIGNATURE, VERSION } from "./encoding.ts";
import { type Certificates, type CheckedCertificate, covers, orNull } from "./epochs.ts";
import { BadConfirmation, Malformed } from "./errors.ts";
import type { Site } from "./keys.ts";
import { isNamed } from "./named.ts";
import { signatureHolds, verifyingKey } from "./signatures.ts";
import type { Certificate, Statement } from "./wire.ts";

/** What a second person, or the root, signs about a statement; zeros for the certificate are the root. */
export interface Confirmation {
  readonly statementHash: Bytes;
  readonly certificateId: Bytes;
  readonly raw: Bytes;
}

export function parseConfirmation(raw: Bytes): Confirmation {
  const [version, statementHash, certificateId] = cut(raw, 1, HASH, ID, SIGNATURE);
  demand(version[0] === VERSION, "confirmation version");
  return { statementHash, certificateId, raw };
}

/**
 * Who confirms the statement, or null for the root; `before` is the newest confirmed one before it, where it is known. Throws BadConfirmation:
 * another statement; a certificate that is unknown, does not cover it, is its signer's, or was not there before; the signature.
 */
export async function checkConfirmation(
  site: Site,
  confirmation: Confirmation,
  statement: Statement,
  certificates: Certificates,
  before: Statement | null,
): Promise<CheckedCertificate | null> {
  const refuseUnless = (holds: boolean, what: string): void => {
    if (!holds) throw new BadConfirmation(what);
  };
  refuseUnless(equal(confirmation.statementHash, statement.hash), "it is of another statement");
  const signed = join(site.site, confirmation.raw.subarray(0, -SIGNATURE));
  const signature = confirmation.raw.slice(-SIGNATURE);
  if (isZero(confirmation.certificateId)) {
    refuseUnless(await signatureHolds(await verifyingKey(site.root), "confirmation", signed, signature), "the root did not sign it");
    return null;
  }
  const confirmer = certificates.get(encode(confirmation.certificateId));
  const signer = certificates.get(encode(statement.signer));
  refuseUnless(confirmer !== undefined && signer !== undefined && covers(confirmer, statement), "its certificate does not cover the epoch");
  refuseUnless(isAnother(confirmer!, signer!), "nobody confirms an epoch that they opened");
  refuseUnless(before === null || namedSince(confirmer!, before), "its certificate was left off the roster before");
  refuseUnless(await signatureHolds(confirmer!.verifier, "confirmation", signed, signature), "its signature");
  return confirmer!;
}

/** Whether two certificates are of two people: another counsellor, with other keys. */
export function isAnother(one: Certificate, other: Certificate): boolean {
  return !(["counsellorId", "kemPublic", "signPublic"] as const).some((part) => equal(one[part], other[part]));
}

/** Whether the certificate is on the roster before, or newer than it: who was left off must not come back by their own word. */
export function namedSince(certificate: Certificate, before: Statement): boolean {
  return before.roster.some((id) => equal(id, certificate.id)) || certificate.firstDay > before.firstDay;
}

/** Whether the desk is one person's: number 1 with a roster of one, or a roster of the one person who was the roster before. */
function needsNone(statement: Statement, certificates: Certificates, before: Statement | null): boolean {
  if (statement.roster.length !== 1 || statement.number === 1) return statement.roster.length === 1;
  if (before === null || before.roster.length !== 1) return false;
  const [now, then] = [statement, before].map(({ roster }) => certificates.get(encode(roster[0]!)));
  return now !== undefined && then !== undefined && equal(now.counsellorId, then.counsellorId);
}

async function isConfirmed(
  site: Site,
  statement: Statement,
  confirmations: readonly Confirmation[],
  certificates: Certificates,
  before: Statement | null,
): Promise<boolean> {
  const signer = certificates.get(encode(statement.signer));
  const maySign = signer !== undefined && (before === null || namedSince(signer, before));
  if (maySign && needsNone(statement, certificates, before)) return true;
  for (const confirmation of confirmations) {
    try {
      // The root's word stands for both: nobody whom it names can be kept out by those who were left.
      if ((await checkConfirmation(site, confirmation, statement, certificates, before)) === null || maySign) return true;
    } catch (error) {
      if (!(error instanceof BadConfirmation)) throw error;
    }
  }
  return false;
}

/**
 * Those statements of a checked chain that count, in its order. A confirmation that fails is left out, and so is what only it could confirm.
 * `before` is the newest confirmed statement before the chain, where it is known; the one that the release names counts (§11.2).
 */
export async function confirmedOf(
  site: Site,
  chain: readonly Statement[],
  raws: readonly Bytes[],
  certificates: Certificates,
  before: Statement | null,
): Promise<Statement[]> {
  const parsed = (await Promise.all(raws.map((raw) => orNull((async () => parseConfirmation(raw))(), Malformed)))).filter((each) => each !== null);
  const found: Statement[] = [];
  for (const statement of chain) {
    const own = parsed.filter(({ statementHash }) => equal(statementHash, statement.hash));
    const counts = isNamed(statement, site.released) || (await isConfirmed(site, statement, own, certificates, last(found) ?? before));
    if (counts) found.push(statement);
  }
  return found;
}

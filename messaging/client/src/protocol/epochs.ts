/** Certificates and epoch statements: checking them, and a chain of them (PROTOCOL §2.5, §2.6, §7.2). */

import { type Bytes, encode, equal, isZero, join, SIGNATURE } from "./encoding.ts";
import { BadCertificate, BadDates, BadStatement, Malformed, type ProtocolError } from "./errors.ts";
import type { Counsellor, Site } from "./keys.ts";
import { signatureHolds, type VerifyingKey, verifyingKey } from "./signatures.ts";
import { type Certificate, parseCertificate, parseStatement, type Statement } from "./wire.ts";

/** A certificate that the root signed, with the key to check its counsellor's signatures. */
export interface CheckedCertificate extends Certificate {
  readonly verifier: VerifyingKey | null;
}

/** Checked certificates by their id as base64url. */
export type Certificates = ReadonlyMap<string, CheckedCertificate>;

/** The desk as it is on a day: the epoch to seal to, and who can read. */
export interface Desk {
  readonly epoch: number;
  /** Display names on the roster, in the order of their code points. */
  readonly names: readonly string[];
  /** The same people by id, keys and name, in an order of their own: two desks with the same names need not have the same readers (§5.4). */
  readonly readers: readonly string[];
  /** Each one's key for tags, in the roster's order. */
  readonly tagPublics: readonly Bytes[];
  readonly firstDay: number;
  readonly lastDay: number;
  readonly statement: Statement;
}

const LONGEST_EPOCH = 34;
const LONGEST_CERTIFICATE = 99;

export function includes(days: { readonly firstDay: number; readonly lastDay: number }, day: number): boolean {
  return days.firstDay <= day && day <= days.lastDay;
}

/** Whether a certificate is on the roster and in force all through the epoch. */
export function covers(certificate: Certificate, statement: Statement): boolean {
  const listed = statement.roster.some((id) => equal(id, certificate.id));
  return listed && includes(certificate, statement.firstDay) && includes(certificate, statement.lastDay);
}

/** A certificate that the root signed; throws Malformed, BadCertificate. */
export async function checkCertificate(site: Site, raw: Bytes): Promise<CheckedCertificate> {
  const certificate = await parseCertificate(raw);
  const signed = join(site.site, raw.subarray(0, -SIGNATURE));
  const holds = await signatureHolds(await verifyingKey(site.root), "certificate", signed, raw.slice(-SIGNATURE));
  const { firstDay, lastDay } = certificate;
  if (!holds || firstDay > lastDay || lastDay > firstDay + LONGEST_CERTIFICATE) throw new BadCertificate("not signed by the root, or its days do not fit");
  return { ...certificate, verifier: await verifyingKey(certificate.signPublic) };
}

export function byId(certificates: readonly CheckedCertificate[]): Certificates {
  return new Map(certificates.map((certificate) => [encode(certificate.id), certificate]));
}

/** Those certificates that the root signed; the others are left out, so that what relies on them fails. */
export async function checkCertificates(site: Site, raws: readonly Bytes[]): Promise<Certificates> {
  const checked = await Promise.all(raws.map((raw) => orNull(checkCertificate(site, raw), Malformed, BadCertificate)));
  return byId(checked.filter((certificate) => certificate !== null));
}

/** That a statement follows from its signer and, where known, the statement before it; throws BadStatement. */
export async function checkStatement(site: Site, statement: Statement, signer: CheckedCertificate | undefined, before: Statement | null): Promise<void> {
  const refuseUnless = (holds: boolean, what: string): void => {
    if (!holds) throw new BadStatement(what);
  };
  refuseUnless(signer !== undefined && equal(signer.id, statement.signer) && signer.keyHolder, "its signer is no key-holder");
  // Who signs drew the key, and nobody may read who is not named; nor may a certificate that ends open more days than it has.
  refuseUnless(
    statement.roster.some((id) => equal(id, statement.signer)),
    "its signer is not on its roster",
  );
  refuseUnless(covers(signer!, statement), "its signer's certificate does not last through it");
  refuseUnless(statement.firstDay <= statement.lastDay && statement.lastDay <= statement.firstDay + LONGEST_EPOCH, "its days");
  refuseUnless(
    statement.roster.every((id, place) => place === 0 || ascending(statement.roster[place - 1]!, id)),
    "its roster is not in ascending order",
  );
  refuseUnless((statement.number === 1) === isZero(statement.previous), "its link to the one before");
  if (before !== null) {
    refuseUnless(statement.number === before.number + 1 && equal(statement.previous, before.hash), "it does not follow the one before");
    refuseUnless(statement.firstDay >= before.firstDay, "its first day is before that of the one before");
  }
  const signed = join(site.site, statement.raw.subarray(0, -SIGNATURE));
  refuseUnless(await signatureHolds(signer!.verifier, "statement", signed, statement.raw.slice(-SIGNATURE)), "its signature");
}

/** That nobody is on the roster twice, by counsellor id or by either key, §2.6; of the certificates that are here. Throws BadStatement. */
export function checkRoster(statement: Statement, certificates: Certificates): void {
  const people = statement.roster.map((id) => certificates.get(encode(id))).filter((person) => person !== undefined);
  for (const part of ["counsellorId", "kemPublic", "signPublic"] as const) {
    if (new Set(people.map((person) => encode(person[part]))).size < people.length) throw new BadStatement("someone is on its roster twice");
  }
}

/** Whether both are for the same keys of the same counsellor, whatever they say beside. */
export function samePerson(one: Counsellor, other: Counsellor): boolean {
  return (["counsellorId", "kemPublic", "signPublic", "tagPublic"] as const).every((part) => equal(one[part], other[part]));
}

function ascending(a: Bytes, b: Bytes): boolean {
  const place = a.findIndex((byte, index) => byte !== b[index]);
  return place >= 0 && a[place]! < b[place]!;
}

/** The statements as one chain without gaps, up to the first that fails: what relies on that or a later one fails too. */
export async function checkChain(site: Site, raws: readonly Bytes[], certificates: Certificates): Promise<Statement[]> {
  const statements = await Promise.all(raws.map((raw) => orNull(parseStatement(raw), Malformed)));
  const held = await Promise.all(
    statements.map(async (statement, place) => {
      const before = place === 0 ? null : statements[place - 1]!;
      if (statement === null || (place > 0 && before === null)) return false;
      return (
        (await orNull(
          checkStatement(site, statement, certificates.get(encode(statement.signer)), before).then(() => {
            checkRoster(statement, certificates);
            return true;
          }),
          BadStatement,
        )) ?? false
      );
    }),
  );
  const failed = held.indexOf(false);
  return (failed < 0 ? statements : statements.slice(0, failed)) as Statement[];
}

/** The newest of the confirmed epochs that have begun, where it includes the day, §2.6: one that is over never returns. */
export function currentEpoch(confirmed: readonly Statement[], day: number): Statement | null {
  const newest = confirmed
    .filter(({ firstDay }) => firstDay <= day)
    .reduce<Statement | null>((best, next) => (best !== null && best.number > next.number ? best : next), null);
  return newest !== null && includes(newest, day) ? newest : null;
}

/** The desk of a checked statement; throws BadStatement for a roster id without certificate, BadDates when today is none of its days. */
export function deskOf(statement: Statement, certificates: Certificates, today: number): Desk {
  const found = statement.roster.map((id) => certificates.get(encode(id)));
  const people = found.filter((person) => person !== undefined);
  if (people.length < found.length) throw new BadStatement("someone on the roster has no certificate of this root");
  checkRoster(statement, certificates);
  if (!includes(statement, today)) throw new BadDates("the desk's epoch is not of today");
  const names = people.map((person) => person.displayName).sort(byCodePoint);
  const readers = people
    .map((person) => `${encode(join(person.counsellorId, person.kemPublic, person.signPublic, person.tagPublic))} ${person.displayName}`)
    .sort();
  const tagPublics = people.map((person) => person.tagPublic);
  return { epoch: statement.number, names, readers, tagPublics, firstDay: statement.firstDay, lastDay: statement.lastDay, statement };
}

export function byCodePoint(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  const place = left.findIndex((character, index) => character !== right[index]);
  if (place < 0) return left.length - right.length;
  return place >= right.length ? 1 : left[place]!.codePointAt(0)! - right[place]!.codePointAt(0)!;
}

/** What a promise gives, or null when it fails with one of the errors named; any other failure goes on. */
export async function orNull<T>(promise: Promise<T>, ...errors: readonly (abstract new (...parts: never[]) => ProtocolError)[]): Promise<T | null> {
  try {
    return await promise;
  } catch (error) {
    if (errors.some((kind) => error instanceof kind)) return null;
    throw error;
  }
}

/** A counsellor at the desk: certificate, the chain of epochs, the seeds granted; and a key-holder opening an epoch (PROTOCOL §2.7, §8.1, §8.2). */

import type { EpochBody, MeAnswer } from "./answers.ts";
import { decode, encode, equal, join, label, u16, u32, u8, zeros, HASH, type Bytes } from "./encoding.ts";
import { byId, checkCertificate, checkCertificates, checkChain, checkStatement, covers, currentEpoch, deskOf, includes, orNull, type Certificates, type CheckedCertificate, type Desk } from "./epochs.ts";
import { BadCertificate, BadDates, BadGrant, BadStatement, CannotOpen } from "./errors.ts";
import { counsellorSecrets, type Counsellor, type Site } from "./keys.ts";
import { kemPublic, randomBytes, sign, unwrap, wrap, type Random } from "./primitives.ts";
import { parseStatement, type Certificate, type Statement } from "./wire.ts";

/** What a counsellor still lacks before they can read and answer. */
export type DeskTrouble =
  /** The root's keepers have not signed yet. */
  | "no-certificate"
  /** The certificate is not in force today. */
  | "certificate-dates"
  /** The epochs that the server tells are no chain that follows from the root: nothing is sealed to them. */
  | "broken-chain"
  /** No epoch includes today: a key-holder must open one. */
  | "no-current-epoch"
  /** The current epoch's roster does not have this certificate: the next epoch will. */
  | "not-on-roster"
  /** The current epoch's seed was not granted. */
  | "no-grant"
  /** A grant does not give its epoch's key. */
  | "bad-grant";

/** A counsellor's open desk; the seeds behind it are kept by this module until `forget`. */
export interface OpenDesk {
  readonly counsellor: Counsellor;
  readonly displayName: string | null;
  readonly keyHolder: boolean;
  readonly firstDay: number | null;
  readonly lastDay: number | null;
  /** The current epoch, when there is one and everything in it holds. */
  readonly desk: Desk | null;
  /** The epochs that this counsellor can read, ascending. */
  readonly granted: readonly number[];
  readonly troubles: readonly DeskTrouble[];
}

/** What stands behind an open desk, for this room only. */
export interface DeskSecrets {
  readonly certificate: CheckedCertificate | null;
  readonly certificates: Certificates;
  readonly chain: readonly Statement[];
  readonly whole: boolean;
  readonly seeds: ReadonlyMap<number, Bytes>;
}

export const LONGEST_EPOCH_DAYS = 35;
const desks = new WeakMap<OpenDesk, DeskSecrets>();

/** §8.1's answer, checked, with the grants opened; what is missing is in `troubles`. Throws Malformed, BadCertificate. */
export async function openDesk(site: Site, counsellor: Counsellor, me: MeAnswer, today: number): Promise<OpenDesk> {
  const certificate = me.certificate === null ? null : await checkCertificate(site, decode(me.certificate));
  if (certificate !== null && !isOf(certificate, counsellor)) throw new BadCertificate("this certificate is not of this vault");
  const certificates = await checkCertificates(site, me.certificates.map((text) => decode(text)));
  const chain = await checkChain(site, me.statements.map((text) => decode(text)), certificates);
  const whole = chain.length === me.statements.length && (chain[0]?.number ?? 1) === 1;
  const seeds = new Map<number, Bytes>();
  let badGrant = false;
  for (const grant of certificate === null ? [] : me.grants) {
    const statement = chain.find(({ number }) => number === grant.epoch);
    if (statement === undefined) continue;
    const seed = await orNull(openGrant(site, counsellor, certificate!.id, statement, decode(grant.wrapped)), BadGrant);
    if (seed === null) badGrant = true;
    else seeds.set(grant.epoch, seed);
  }
  const current = whole ? currentEpoch(chain, today) : null;
  const troubles = [...troublesOf(certificate, whole, current, seeds, today), ...(badGrant ? (["bad-grant"] as const) : [])];
  const opened: OpenDesk = {
    counsellor,
    displayName: certificate?.displayName ?? null,
    keyHolder: certificate?.keyHolder ?? false,
    firstDay: certificate?.firstDay ?? null,
    lastDay: certificate?.lastDay ?? null,
    desk: current === null ? null : quietDesk(current, certificates, today),
    granted: [...seeds.keys()].sort((a, b) => a - b),
    troubles,
  };
  desks.set(opened, { certificate, certificates, chain, whole, seeds });
  return opened;
}

function isOf(certificate: Certificate, counsellor: Counsellor): boolean {
  return (
    equal(certificate.counsellorId, counsellor.counsellorId) && equal(certificate.kemPublic, counsellor.kemPublic) &&
    equal(certificate.signPublic, counsellor.signPublic)
  );
}

function troublesOf(
  certificate: Certificate | null, whole: boolean, current: Statement | null, seeds: ReadonlyMap<number, Bytes>, today: number,
): DeskTrouble[] {
  const troubles: DeskTrouble[] = [];
  if (certificate === null) troubles.push("no-certificate");
  else if (!includes(certificate, today)) troubles.push("certificate-dates");
  if (!whole) troubles.push("broken-chain");
  else if (current === null) troubles.push("no-current-epoch");
  else if (certificate !== null && !covers(certificate, current)) troubles.push("not-on-roster");
  else if (certificate !== null && !seeds.has(current.number)) troubles.push("no-grant");
  return troubles;
}

function quietDesk(current: Statement, certificates: Certificates, today: number): Desk | null {
  try {
    return deskOf(current, certificates, today);
  } catch (error) {
    if (error instanceof BadStatement || error instanceof BadDates) return null;
    throw error;
  }
}

/** For this room only; throws an Error when the desk was forgotten. */
export function deskSecrets(desk: OpenDesk): DeskSecrets {
  const secrets = desks.get(desk);
  if (secrets === undefined) throw new Error("this desk was forgotten");
  return secrets;
}

/** Zeroes the seeds, and drops them. */
export function forgetDesk(desk: OpenDesk): void {
  desks.get(desk)?.seeds.forEach((seed) => seed.fill(0));
  desks.delete(desk);
}

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

/**
 * A new epoch from today for the candidates, with a grant for each; those who are new get the earlier epochs that this key-holder holds too.
 * Throws Malformed, BadCertificate (a candidate is not the root's, or not in force all through the epoch), BadStatement.
 */
export async function openEpoch(
  site: Site, desk: OpenDesk, candidates: readonly string[], today: number, days: number, random: Random = randomBytes,
): Promise<EpochBody> {
  const { certificate, chain, whole, seeds } = deskSecrets(desk);
  if (certificate === null || !whole) throw new BadStatement("this vault has no certificate, or the epochs before do not hold");
  if (!Number.isInteger(days) || days < 1 || days > LONGEST_EPOCH_DAYS) throw new BadStatement(`an epoch has 1 to ${LONGEST_EPOCH_DAYS} days`);
  const people = await Promise.all(candidates.map((text) => checkCertificate(site, decode(text))));
  const lastDay = today + days - 1;
  const short = people.find((person) => !includes(person, today) || !includes(person, lastDay));
  if (short !== undefined) throw new BadCertificate(`${short.displayName}'s certificate does not last through the epoch`);
  const before = chain.at(-1) ?? null;
  const number = (before?.number ?? 0) + 1;
  const seed = random(32);
  try {
    const roster = [...byId(people).values()].map(({ id }) => id).sort(byBytes);
    const body = join(
      u8(1), u32(number), await kemPublic(seed), before?.hash ?? zeros(HASH), u32(today), u32(lastDay), certificate.id, u16(roster.length), ...roster,
    );
    const raw = join(body, await sign(counsellorSecrets(desk.counsellor).signing, "statement", join(site.site, body)));
    await checkStatement(site, await parseStatement(raw), certificate, before);
    const grants: { certificate_id: string; epoch: number; wrapped: string }[] = [];
    for (const person of byId(people).values()) {
      for (const [epoch, granted] of [...earlierFor(person, chain, before, seeds), [number, seed] as const]) {
        const wrapped = await wrap(person.kemPublic, grantInfo(site, epoch, person.id), granted);
        grants.push({ certificate_id: encode(person.id), epoch, wrapped: encode(wrapped) });
      }
    }
    return { statement: encode(raw), grants };
  } finally {
    seed.fill(0);
  }
}

/** The earlier epochs that somebody who was not on the last roster has not had. */
function earlierFor(person: Certificate, chain: readonly Statement[], before: Statement | null, seeds: ReadonlyMap<number, Bytes>): [number, Bytes][] {
  const on = (statement: Statement): boolean => statement.roster.some((id) => equal(id, person.id));
  if (before === null || on(before)) return [];
  return [...seeds].filter(([epoch]) => chain.some((statement) => statement.number === epoch && !on(statement)));
}

function byBytes(a: Bytes, b: Bytes): number {
  const place = a.findIndex((byte, index) => byte !== b[index]);
  return place < 0 ? 0 : a[place]! - b[place]!;
}

/** A counsellor at the desk: certificate, the chain of epochs, and the seeds granted (PROTOCOL §8.1). */

import type { MeAnswer } from "./api_types.ts";
import { confirmedOf } from "./confirmations.ts";
import { type Bytes, decode, encode, equal, ID, last } from "./encoding.ts";
import {
  byCodePoint,
  type Certificates,
  type CheckedCertificate,
  checkCertificate,
  checkCertificates,
  checkChain,
  covers,
  currentEpoch,
  type Desk,
  deskOf,
  includes,
  orNull,
  samePerson,
} from "./epochs.ts";
import { BadCertificate, BadDates, BadGrant, BadStatement } from "./errors.ts";
import { openGrant, withoutGrant } from "./grants.ts";
import type { Counsellor, Site } from "./keys.ts";
import { hasNamed } from "./named.ts";
import { type WaitingEpoch, waitingEpochs } from "./waiting_epochs.ts";
import type { Certificate, Statement } from "./wire.ts";

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
  | "bad-grant"
  /** Someone on the current roster was given no key that opens it: they cannot read what is written now. */
  | "somebody-cannot-read";

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
  /** Those of the current roster who were given no key that opens the epoch, by name. */
  readonly cannotRead: readonly string[];
  /** The epochs after the newest one that counts, which nobody has confirmed: the newest first. */
  readonly waiting: readonly WaitingEpoch[];
}

/** What stands behind an open desk, for this room only. */
export interface DeskSecrets {
  readonly certificate: CheckedCertificate | null;
  readonly certificates: Certificates;
  readonly chain: readonly Statement[];
  /** Those of the chain that count. */
  readonly confirmed: readonly Statement[];
  readonly whole: boolean;
  readonly seeds: ReadonlyMap<number, Bytes>;
}

const desks = new WeakMap<OpenDesk, DeskSecrets>();

/** §8.1's answer, checked, with the grants opened; what is missing is in `troubles`. Throws Malformed, BadCertificate. */
export async function openDesk(site: Site, counsellor: Counsellor, me: MeAnswer, today: number): Promise<OpenDesk> {
  // Everything is decoded before anything is checked (§7).
  const own = me.certificate === null ? null : decode(me.certificate);
  const counsellorId = decode(me.counsellor_id, ID);
  const named = me.certificates.map((text) => decode(text));
  const statements = me.statements.map((text) => decode(text));
  const confirmations = me.confirmations.map((text) => decode(text));
  const grants = me.grants.map(({ epoch, certificate_id, wrapped }) => ({ epoch, certificateId: decode(certificate_id, ID), wrapped: decode(wrapped) }));
  const certificate = own === null ? null : await checkCertificate(site, own);
  const mine = equal(counsellorId, counsellor.counsellorId) && (certificate === null || samePerson(certificate, counsellor));
  if (!mine) throw new BadCertificate("this certificate is not of this vault");
  const certificates = await checkCertificates(site, named);
  const held = await checkChain(site, statements, certificates);
  // §8.1: the whole chain; of one that does not begin with number 1, or lacks the statement that the release names, nothing counts.
  const chain = (held[0]?.number ?? 1) === 1 && hasNamed(held, site.released) ? held : [];
  const follows = chain.length === me.statements.length && hasNamed(chain, site.released);
  const confirmed = await confirmedOf(site, chain, confirmations, certificates, null);
  const seeds = new Map<number, Bytes>();
  const refused = new Set<number>();
  for (const grant of grants) {
    if (certificate === null || !equal(grant.certificateId, certificate.id)) continue;
    const statement = confirmed.find(({ number }) => number === grant.epoch);
    // §8.4: of several grants of one epoch the first that opens counts.
    if (statement === undefined || seeds.has(grant.epoch)) continue;
    const seed = await orNull(openGrant(site, counsellor, certificate.id, statement, grant.wrapped), BadGrant);
    if (seed === null) refused.add(grant.epoch);
    else seeds.set(grant.epoch, seed);
  }
  const badGrant = [...refused].some((epoch) => !seeds.has(epoch));
  const newest = follows ? currentEpoch(confirmed, today) : null;
  const desk = newest === null ? null : quietDesk(newest, certificates, today);
  // An epoch whose roster names someone unknown is none that can be relied on.
  const whole = follows && (newest === null) === (desk === null);
  const current = desk?.statement ?? null;
  const seed = current === null || certificate === null || !covers(certificate, current) ? undefined : seeds.get(current.number);
  const people = seed === undefined ? [] : current!.roster.map((id) => certificates.get(encode(id))!);
  const lacking = seed === undefined ? [] : await withoutGrant(site, current!.number, people, seed, grants);
  const cannotRead = lacking.map(({ displayName }) => displayName).sort(byCodePoint);
  const troubles = [
    ...troublesOf(certificate, whole, current, seeds, today),
    ...(badGrant ? (["bad-grant"] as const) : []),
    ...(cannotRead.length > 0 ? (["somebody-cannot-read"] as const) : []),
  ];
  const opened: OpenDesk = {
    counsellor,
    displayName: certificate?.displayName ?? null,
    keyHolder: certificate?.keyHolder ?? false,
    firstDay: certificate?.firstDay ?? null,
    lastDay: certificate?.lastDay ?? null,
    desk,
    granted: [...seeds.keys()].sort((a, b) => a - b),
    troubles,
    cannotRead,
    waiting: await waitingEpochs(site, counsellor, chain, last(confirmed) ?? null, certificates, grants),
  };
  desks.set(opened, { certificate, certificates, chain, confirmed, whole, seeds });
  return opened;
}

function troublesOf(
  certificate: Certificate | null,
  whole: boolean,
  current: Statement | null,
  seeds: ReadonlyMap<number, Bytes>,
  today: number,
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
  for (const seed of desks.get(desk)?.seeds.values() ?? []) seed.fill(0);
  desks.delete(desk);
}

/** Epochs that wait to be confirmed, as a second person looks at them (PROTOCOL §2.15, §8.4). */

import { isAnother, namedSince } from "./confirmations.ts";
import { encode, equal } from "./encoding.ts";
import { byCodePoint, type Certificates, covers, orNull, samePerson } from "./epochs.ts";
import { BadGrant } from "./errors.ts";
import { type Granted, openGrant, withoutGrant } from "./grants.ts";
import type { Counsellor, Site } from "./keys.ts";
import type { Certificate, Statement } from "./wire.ts";

/** Who opened an epoch, and who came and went since the newest confirmed one: names, for people told apart by their counsellor ids. */
export interface EpochChanges {
  readonly openedBy: string;
  readonly came: readonly string[];
  readonly went: readonly string[];
  readonly stayed: readonly string[];
  /** On both, with other keys than before. */
  readonly newKeys: readonly string[];
}

/** Why a counsellor cannot confirm an epoch: they opened it, are not on it or were left off before; who opened it was left off before; a certificate is missing; a grant fails. */
export type WaitingTrouble = "not-yours" | "signer-left" | "somebody-unknown" | "no-grant" | "somebody-cannot-read";

/** An epoch that nobody has confirmed, as one counsellor sees it. */
export interface WaitingEpoch {
  readonly number: number;
  readonly firstDay: number;
  readonly lastDay: number;
  /** Whether this counsellor opened it. */
  readonly mine: boolean;
  readonly changes: EpochChanges;
  readonly cannotRead: readonly string[];
  /** Null when this counsellor can confirm it: their own grant opened, and everyone else's was made again and is the same. */
  readonly trouble: WaitingTrouble | null;
}

/** The epochs after the newest one that counts, the newest first; every grant of each is made again where the counsellor's own opens. */
export function waitingEpochs(
  site: Site,
  counsellor: Counsellor,
  chain: readonly Statement[],
  before: Statement | null,
  certificates: Certificates,
  grants: readonly Granted[],
): Promise<WaitingEpoch[]> {
  const after = chain.filter(({ number }) => number > (before?.number ?? 0)).reverse();
  return Promise.all(after.map((statement) => lookAt(site, counsellor, statement, before, certificates, grants)));
}

async function lookAt(
  site: Site,
  counsellor: Counsellor,
  statement: Statement,
  before: Statement | null,
  certificates: Certificates,
  grants: readonly Granted[],
): Promise<WaitingEpoch> {
  const { number, firstDay, lastDay } = statement;
  const own = ownOn(statement, counsellor, certificates);
  const signer = certificates.get(encode(statement.signer))!;
  const mayConfirm = own !== null && isAnother(own, signer) && (before === null || namedSince(own, before)) && covers(own, statement);
  const left = before !== null && !namedSince(signer, before);
  const [trouble, cannotRead] = !mayConfirm
    ? (["not-yours", []] as const)
    : left
      ? (["signer-left", []] as const)
      : await grantsOf(site, counsellor, own, statement, before, certificates, grants);
  const changes = changesOf(signer.displayName, peopleOf(statement, certificates), before === null ? [] : peopleOf(before, certificates));
  return { number, firstDay, lastDay, mine: equal(signer.counsellorId, counsellor.counsellorId), changes, cannotRead, trouble };
}

async function grantsOf(
  site: Site,
  counsellor: Counsellor,
  own: Certificate,
  statement: Statement,
  before: Statement | null,
  certificates: Certificates,
  grants: readonly Granted[],
): Promise<[WaitingTrouble | null, readonly string[]]> {
  const people = peopleOf(statement, certificates);
  const missing = people.length < statement.roster.length || (before !== null && peopleOf(before, certificates).length < before.roster.length);
  if (missing) return ["somebody-unknown", []];
  for (const { epoch, certificateId, wrapped } of grants) {
    if (epoch !== statement.number || !equal(certificateId, own.id)) continue;
    const seed = await orNull(openGrant(site, counsellor, own.id, statement, wrapped), BadGrant);
    if (seed === null) continue;
    const lacking = await withoutGrant(site, statement.number, people, seed, grants);
    seed.fill(0);
    return [lacking.length > 0 ? "somebody-cannot-read" : null, lacking.map(({ displayName }) => displayName).sort(byCodePoint)];
  }
  return ["no-grant", []];
}

/** The certificate for these keys that the roster has; a renewed one may be on a new roster while the old one is on the current. */
export function ownOn(statement: Statement, counsellor: Counsellor, certificates: Certificates): Certificate | null {
  return peopleOf(statement, certificates).find((person) => samePerson(person, counsellor)) ?? null;
}

function peopleOf(statement: Statement, certificates: Certificates): Certificate[] {
  return statement.roster.map((id) => certificates.get(encode(id))).filter((person) => person !== undefined);
}

function changesOf(openedBy: string, now: readonly Certificate[], then: readonly Certificate[]): EpochChanges {
  const among = (people: readonly Certificate[], one: Certificate): Certificate | undefined =>
    people.find(({ counsellorId }) => equal(counsellorId, one.counsellorId));
  const names = (people: readonly Certificate[]): string[] => people.map(({ displayName }) => displayName).sort(byCodePoint);
  const both = now.filter((one) => among(then, one) !== undefined);
  const same = both.filter((one) => samePerson(one, among(then, one)!));
  return {
    openedBy,
    came: names(now.filter((one) => among(then, one) === undefined)),
    went: names(then.filter((one) => among(now, one) === undefined)),
    stayed: names(same),
    newKeys: names(both.filter((one) => !same.includes(one))),
  };
}

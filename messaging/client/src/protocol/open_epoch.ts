/** A key-holder opens a desk epoch (PROTOCOL §2.6, §8.2). */

import type { EpochBody } from "./api_types.ts";
import { namedSince } from "./confirmations.ts";
import { deskSecrets, type OpenDesk } from "./desk.ts";
import { type Bytes, decode, encode, equal, HASH, join, last, u8, u16, u32, VERSION, zeros } from "./encoding.ts";
import { byId, checkCertificate, checkRoster, checkStatement, includes, orNull, samePerson } from "./epochs.ts";
import { BadCertificate, BadDates, BadStatement, Malformed } from "./errors.ts";
import { makeGrant } from "./grants.ts";
import { counsellorSecrets, type Site } from "./keys.ts";
import { kemPublic, type Random, randomBytes } from "./primitives.ts";
import { sign } from "./signatures.ts";
import { type Certificate, parseStatement, type Statement } from "./wire.ts";

export const LONGEST_EPOCH_DAYS = 35;

/**
 * A new epoch from today for the candidates, with a grant for each; those who are new get the earlier epochs that this key-holder holds too.
 * Throws Malformed, BadCertificate (a candidate is not the root's), BadDates (days, or a certificate that does not last through them), BadStatement.
 */
export async function openEpoch(
  site: Site,
  desk: OpenDesk,
  candidates: readonly string[],
  today: number,
  days: number,
  random: Random = randomBytes,
): Promise<EpochBody> {
  const { certificate: own, chain, confirmed, whole, seeds } = deskSecrets(desk);
  if (own === null || !whole) throw new BadStatement("this vault has no certificate, or the epochs before do not hold");
  if (!Number.isInteger(days) || days < 1 || days > LONGEST_EPOCH_DAYS) throw new BadDates(`an epoch has 1 to ${LONGEST_EPOCH_DAYS} days`);
  const named = await Promise.all(candidates.map(async (text) => checkCertificate(site, decode(text))));
  const before = last(chain) ?? null;
  // Who may sign, and who is new, is told by the newest one that counts; the next one names whatever was opened last.
  const standing = last(confirmed) ?? null;
  // Who signs is on the roster: under a renewed certificate, unless it is too new to sign the next one (§2.6).
  const renewed = named.find((person) => samePerson(person, own)) ?? own;
  const certificate = standing === null || namedSince(renewed, standing) ? renewed : own;
  if (standing !== null && !namedSince(certificate, standing)) throw new BadStatement("its signer was left off the roster before");
  // A renewal with new keys waits until somebody else opens an epoch: who signs does it with the keys that they have.
  const people = named.map((person) => (equal(person.counsellorId, own.counsellorId) ? certificate : person));
  const firstDay = Math.max(today, before?.firstDay ?? today);
  const lastDay = firstDay + days - 1;
  const short = people.find((person) => !includes(person, firstDay) || !includes(person, lastDay));
  if (short !== undefined) throw new BadDates(`${short.displayName}'s certificate does not last through the epoch`);
  const number = (before?.number ?? 0) + 1;
  const seed = random(32);
  try {
    const roster = [...byId(people).values()].map(({ id }) => id).sort(byBytes);
    const body = join(
      u8(VERSION),
      u32(number),
      await kemPublic(seed),
      before?.hash ?? zeros(HASH),
      u32(firstDay),
      u32(lastDay),
      certificate.id,
      u16(roster.length),
      ...roster,
    );
    const raw = join(body, await sign(counsellorSecrets(desk.counsellor).signing, "statement", join(site.site, body)));
    const statement = await parseStatement(raw);
    await checkStatement(site, statement, certificate, before);
    checkRoster(statement, byId(people));
    const grants: { certificate_id: string; epoch: number; wrapped: string }[] = [];
    for (const person of byId(people).values()) {
      for (const [epoch, granted] of [...earlierFor(person, chain, standing, seeds), [number, seed] as const]) {
        const wrapped = await orNull(makeGrant(site, epoch, person, granted), Malformed);
        if (wrapped === null) throw new BadCertificate(`nothing can be wrapped to ${person.displayName}'s key`);
        grants.push({ certificate_id: encode(person.id), epoch, wrapped: encode(wrapped) });
      }
    }
    return { statement: encode(raw), grants };
  } finally {
    seed.fill(0);
  }
}

/**
 * Grants of the epochs that are held here, for another certificate of the same counsellor, as `POST vault/grants` wants them (§8.1): all, or
 * those below an epoch. Throws Malformed, BadCertificate.
 */
export async function grantsForOwn(site: Site, desk: OpenDesk, certificate: string, below = Number.POSITIVE_INFINITY): Promise<EpochBody["grants"]> {
  const own = await checkCertificate(site, decode(certificate));
  if (!equal(own.counsellorId, desk.counsellor.counsellorId)) throw new BadCertificate("this certificate is somebody else's");
  const seeds = [...deskSecrets(desk).seeds].filter(([epoch]) => epoch < below);
  return Promise.all(seeds.map(async ([epoch, seed]) => ({ certificate_id: encode(own.id), epoch, wrapped: encode(await makeGrant(site, epoch, own, seed)) })));
}

/** The earlier epochs that someone who was not on the last roster has not had. */
function earlierFor(person: Certificate, chain: readonly Statement[], standing: Statement | null, seeds: ReadonlyMap<number, Bytes>): [number, Bytes][] {
  if (standing === null || isOn(person, standing)) return [];
  return [...seeds].filter(([epoch]) => chain.some((statement) => statement.number === epoch && !isOn(person, statement)));
}

function isOn(person: Certificate, statement: Statement): boolean {
  return statement.roster.some((id) => equal(id, person.id));
}

function byBytes(a: Bytes, b: Bytes): number {
  const place = a.findIndex((byte, index) => byte !== b[index]);
  return place < 0 ? 0 : a[place]! - b[place]!;
}

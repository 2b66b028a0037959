/** By what each reader knows that the person wrote a message, and no colleague in their name (PROTOCOL §4.6). */

import { type AgreementKey, agreedSecret } from "./agreement.ts";
import { type Bytes, encode, equal, isZero, join, TAG, TAGS, u32, zeros } from "./encoding.ts";
import { type Certificates, samePerson } from "./epochs.ts";
import { type Counsellor, counsellorSecrets, EMPTY, type InboxKeys, inboxSecrets, type Site } from "./keys.ts";
import { kdf, mac, macKey, secretKey } from "./primitives.ts";
import type { Certificate, Envelope, Statement } from "./wire.ts";

/** `k_i` of everyone on a roster, in its order; null where a key is of low order, and then zeros stand in that place. */
export type TagKeys = readonly (CryptoKey | null)[];

/** Says of a person's envelope whether the tags that this reader can check are right; null where the reader was not on that roster. */
export type Vouching = (envelope: Envelope, statement: Statement, certificates: Certificates) => Promise<boolean | null>;

/** Keys are made once for each conversation, epoch and counsellor, as long as the page has the keys that they come from. */
const made = new WeakMap<InboxKeys | Counsellor, Map<string, Promise<CryptoKey | null>>>();

/** The bytes of `k_i`; null where nothing can be agreed. The caller clears them. */
export async function tagSecret(
  site: Site,
  mine: AgreementKey,
  theirs: Bytes,
  conversation: Bytes,
  statement: Statement,
  certificateId: Bytes,
): Promise<Bytes | null> {
  const agreed = await agreedSecret(mine, theirs);
  if (agreed === null) return null;
  try {
    const context = join(site.site, conversation, u32(statement.number), statement.hash, certificateId);
    return await kdf(await secretKey(agreed), EMPTY, "tag", context);
  } finally {
    agreed.fill(0);
  }
}

async function newKey(...of: Parameters<typeof tagSecret>): Promise<CryptoKey | null> {
  const secret = await tagSecret(...of);
  if (secret === null) return null;
  try {
    return await macKey(secret);
  } finally {
    secret.fill(0);
  }
}

function keyOf(holder: InboxKeys | Counsellor, ...of: Parameters<typeof tagSecret>): Promise<CryptoKey | null> {
  const known = made.get(holder) ?? new Map<string, Promise<CryptoKey | null>>();
  made.set(holder, known);
  const [, , theirs, conversation, statement, certificateId] = of;
  const name = [theirs, conversation, statement.hash, certificateId].map(encode).join(" ");
  const found = known.get(name) ?? newKey(...of);
  known.set(name, found);
  return found;
}

/** Drops the keys that were made of these. */
export function forgetTags(holder: InboxKeys | Counsellor): void {
  made.delete(holder);
}

/** The person's keys for everyone on the roster, whose public keys are given in its order. */
export function personsTagKeys(site: Site, inbox: InboxKeys, conversation: Bytes, statement: Statement, publics: readonly Bytes[]): Promise<TagKeys> {
  const { tagging } = inboxSecrets(inbox);
  return Promise.all(statement.roster.map((id, place) => keyOf(inbox, site, tagging, publics[place]!, conversation, statement, id)));
}

/** 16 bytes; zeros where there is no key. */
async function tagOf(key: CryptoKey | null, signed: Bytes): Promise<Bytes> {
  return key === null ? zeros(TAG) : (await mac(key, signed)).slice(0, TAG);
}

/** A tag for each of the roster in its order, and zeros in the places that are left: 1,024 bytes. */
export async function tagsOf(keys: TagKeys, header: Bytes, ciphertext: Bytes): Promise<Bytes> {
  const signed = join(header, ciphertext);
  const tags = await Promise.all(keys.map((key) => tagOf(key, signed)));
  return join(...tags, zeros(TAGS - TAG * tags.length));
}

/** Calls `make` once for each conversation and statement; what it looks for in certificates is the same for all envelopes of an answer. */
function oncePerEpoch<T>(make: (envelope: Envelope, statement: Statement, certificates: Certificates) => T) {
  const found = new Map<Certificates, Map<string, T>>();
  return (envelope: Envelope, statement: Statement, certificates: Certificates): T => {
    const known = found.get(certificates) ?? new Map<string, T>();
    found.set(certificates, known);
    const name = `${encode(envelope.conversation)} ${encode(statement.hash)}`;
    const made = known.get(name) ?? make(envelope, statement, certificates);
    known.set(name, made);
    return made;
  };
}

/** The person checks every tag of their own messages; where someone's certificate is not there to tell, it is not vouched for. */
export function personsVouching(site: Site, inbox: InboxKeys): Vouching {
  const keysOf = oncePerEpoch(async ({ conversation }, statement, certificates) => {
    const people = statement.roster.map((id) => certificates.get(encode(id)));
    if (people.includes(undefined)) return null;
    const publics = people.map((person) => person!.tagPublic);
    return personsTagKeys(site, inbox, conversation, statement, publics);
  });
  return async (envelope, statement, certificates) => {
    const keys = await keysOf(envelope, statement, certificates);
    return keys !== null && equal(await tagsOf(keys, envelope.header, envelope.ciphertext), envelope.tags);
  };
}

/**
 * A counsellor checks the tag that is theirs; `known` are certificates beside those of the answer, their own with them. Someone on the roster
 * whose certificate is nowhere might be this counsellor: then it is not vouched for. The places that nobody has are zeros.
 */
export function desksVouching(site: Site, counsellor: Counsellor, inboxTag: Bytes, known: Certificates): Vouching {
  /** Each place of theirs with its key, and whether everyone's certificate is there. */
  const placesOf = oncePerEpoch(async ({ conversation }, statement, certificates) => {
    const { tagging } = counsellorSecrets(counsellor);
    const named = statement.roster.map((id): Certificate | undefined => certificates.get(encode(id)) ?? known.get(encode(id)));
    const places = [...named.keys()].filter((place) => named[place] !== undefined && samePerson(named[place], counsellor));
    const keys = places.map((place) => keyOf(counsellor, site, tagging, inboxTag, conversation, statement, statement.roster[place]!));
    return { keys: new Map((await Promise.all(keys)).map((key, index) => [places[index]!, key])), complete: !named.includes(undefined) };
  });
  return async (envelope, statement, certificates) => {
    const { keys, complete } = await placesOf(envelope, statement, certificates);
    if (keys.size === 0) return complete ? null : false;
    const signed = join(envelope.header, envelope.ciphertext);
    const right = [...keys].map(
      async ([place, key]) => key !== null && equal(await tagOf(key, signed), envelope.tags.subarray(TAG * place, TAG * (place + 1))),
    );
    return (await Promise.all(right)).every(Boolean) && isZero(envelope.tags.subarray(TAG * statement.roster.length));
  };
}

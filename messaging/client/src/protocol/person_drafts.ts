/** What a person keeps to finish later, sealed to them alone, and the proof that it is theirs (PROTOCOL §4.7, §7.12). */

import type { DraftBody } from "./api_types.ts";
import { isDay } from "./days.ts";
import { type Bytes, CIPHERTEXT, cut, decode, demand, encode, ID, isZero, join, label, VERSION, zeros } from "./encoding.ts";
import { type InboxKeys, inboxSecrets, type Site } from "./keys.ts";
import { isRoute, isText, pad, type Route, refuseUnless, unpad } from "./plaintext.ts";
import { kdfToKey, openSealed, type Random, randomBytes, seal, ZERO_NONCE } from "./primitives.ts";
import { asked } from "./proofs.ts";
import { sign } from "./signatures.ts";

const SALT = 16;
const KEYS = ["type", "text", "route", "terms", "day"];
/** Before there is a conversation. */
export const NO_CONVERSATION: Bytes = zeros(ID);

/** What was typed and not sent. `route` and `terms` stand before there is a conversation; the route may not be chosen yet. */
export interface PersonDraft {
  readonly text: string;
  readonly day: string;
  readonly route: Route | null;
  readonly terms: number | null;
}

/** 8,225 bytes; throws TooLong, and BadPlaintext for what a reader would refuse. */
export async function sealDraft(
  site: Site,
  inbox: InboxKeys,
  draft: PersonDraft,
  conversation = NO_CONVERSATION,
  random: Random = randomBytes,
): Promise<string> {
  const { text, route, terms, day } = draft;
  // JSON.stringify would escape an unpaired surrogate quietly.
  refuseUnless(isText(text), "no text");
  const padded = pad({ type: "draft", text, route, terms, day });
  read(padded, conversation);
  const header = join(Uint8Array.of(VERSION), random(SALT));
  try {
    const key = await draftKey(site, inbox, header.slice(1), conversation);
    return encode(join(header, await seal(key, ZERO_NONCE, around(site, inbox, header, conversation), padded)));
  } finally {
    padded.fill(0);
  }
}

/** Throws Malformed, CannotOpen (another inbox's, or of another conversation) and BadPlaintext. */
export async function openDraft(site: Site, inbox: InboxKeys, raw: string, conversation = NO_CONVERSATION): Promise<PersonDraft> {
  const bytes = decode(raw, 1 + SALT + CIPHERTEXT);
  const [version, salt, ciphertext] = cut(bytes, 1, SALT, CIPHERTEXT);
  demand(version[0] === VERSION, "another version");
  const key = await draftKey(site, inbox, salt, conversation);
  const padded = await openSealed(key, ZERO_NONCE, around(site, inbox, bytes.slice(0, 1 + SALT), conversation), ciphertext);
  try {
    return read(padded, conversation);
  } finally {
    padded.fill(0);
  }
}

/** The body of `POST drafts`, §7.12; throws Malformed. */
export async function signDraft(site: Site, inbox: InboxKeys, draft: string, challenge: string): Promise<DraftBody> {
  const proof = await sign(inboxSecrets(inbox).signing, "person-draft", join(asked(site, challenge), inbox.inboxId));
  const keys = { kem_public: encode(inbox.kemPublic), sign_public: encode(inbox.signPublic), tag_public: encode(inbox.tagPublic) };
  return { ...keys, draft, challenge, proof: encode(proof) };
}

function draftKey(site: Site, inbox: InboxKeys, salt: Bytes, conversation: Bytes): Promise<CryptoKey> {
  return kdfToKey(inboxSecrets(inbox).derive, salt, "person-draft", join(site.site, inbox.inboxId, conversation));
}

function around(site: Site, inbox: InboxKeys, header: Bytes, conversation: Bytes): Bytes {
  return join(header, label("person-draft"), site.site, inbox.inboxId, conversation);
}

/** Throws BadPlaintext. */
function read(padded: Bytes, conversation: Bytes): PersonDraft {
  const first = isZero(conversation);
  const content = unpad(padded);
  const [type, text, route, terms, day] = KEYS.map((key) => content.get(key));
  refuseUnless(content.size === KEYS.length && type === "draft" && isText(text) && isDay(day), "its keys, text or day");
  refuseUnless(route === null || (first && isRoute(route)), "its route");
  refuseUnless(first ? typeof terms === "number" && terms >= 1 : terms === null, "its terms");
  return { text, day, route: route as Route | null, terms: terms as number | null };
}

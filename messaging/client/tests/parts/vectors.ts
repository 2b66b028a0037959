/** Runs one test vector (tests/vectors/README.md), in node and in a browser alike: gives what came out, or the error's class. */

import type { ConversationAnswer, DeskAnswer, InboxAnswer, MeAnswer } from "../../src/protocol/answers.ts";
import { openGrant } from "../../src/protocol/desk.ts";
import { decode, encode, join, label, u32, type Bytes, type Direction } from "../../src/protocol/encoding.ts";
import { openEnvelope } from "../../src/protocol/envelopes.ts";
import { byId, checkCertificate, checkCertificates, checkStatement, currentEpoch, type Certificates, type CheckedCertificate } from "../../src/protocol/epochs.ts";
import { BadWords, checkDesk, fingerprint, openDesk, openVault, parseWords, prfInput, ProtocolError, readAsDesk, readAsPerson, signSession, openSite, type Site, type Thread } from "../../src/protocol/index.ts";
import { checkRequest, counsellorOf, counsellorSecrets, EMPTY, inboxOf, type InboxKeys } from "../../src/protocol/keys.ts";
import { openNote } from "../../src/protocol/notes.ts";
import { readOpening } from "../../src/protocol/openings.ts";
import { read, type Plaintext } from "../../src/protocol/plaintext.ts";
import { hashed, kdf, secretKey, signatureHolds, slow, unwrap, verifyingKey } from "../../src/protocol/primitives.ts";
import { vaultInput } from "../../src/protocol/vault.ts";
import { parseCertificate, parseEnvelope, parseOpening, parseStatement, type Statement } from "../../src/protocol/wire.ts";
import { entropyOf } from "../../src/protocol/words.ts";

type Input = any;
export interface Vector {
  readonly name: string;
  readonly kind: string;
  readonly input: Input;
  readonly expect?: Record<string, unknown>;
  readonly error?: string;
  readonly index?: number | null;
}

/** What a vector came to, to be compared with what it expects. */
export type Outcome = { readonly expect: Record<string, unknown> } | { readonly error: string; readonly index?: number | null };

export async function outcome(vector: Vector): Promise<Outcome> {
  try {
    return { expect: await KINDS[vector.kind]!(vector.input, vector.expect) };
  } catch (error) {
    if (error instanceof BadWords) return { error: error.name, index: error.index };
    if (error instanceof ProtocolError) return { error: error.name };
    throw error;
  }
}

/** What a vector says must come out. */
export function wanted(vector: Vector): Outcome {
  if (vector.error === undefined) return { expect: vector.expect! };
  return vector.error === "BadWords" ? { error: vector.error, index: vector.index! } : { error: vector.error };
}

const b = (text: string): Bytes => decode(text);
const siteOf = (input: Input): Promise<Site> => openSite(input.root, input.origin);

/** The inbox of a vector that gives its secret beside the words: the slow derivation has vectors of its own. */
async function inboxOfVector(site: Site, input: Input): Promise<InboxKeys> {
  return inboxOf(site, b(input.inbox_secret));
}

async function keysOf(use: string, secret: Bytes, context: Bytes): Promise<{ kem_seed: string; sign_seed: string }> {
  const key = await secretKey(secret);
  const seed = async (part: string): Promise<string> => encode(await kdf(key, EMPTY, `${use}-${part}`, context));
  return { kem_seed: await seed("kem"), sign_seed: await seed("sign") };
}

function contentOf(content: Plaintext): Record<string, unknown> {
  return {
    type: content.type,
    text: content.text,
    ack: { sequence: content.ack.sequence, hash: encode(content.ack.hash) },
    route: content.route,
    terms: content.terms,
  };
}

function threadOf(thread: Thread): Record<string, unknown> {
  return {
    items: thread.items.map((item) => (item.kind === "warning" ? { ...item } : { ...item, content: contentOf(item.content) })),
    desk: thread.desk === null ? null : { epoch: thread.desk.epoch, names: thread.desk.names },
  };
}

async function statementAndCertificates(site: Site, input: Input): Promise<[Statement, Certificates]> {
  return [await parseStatement(b(input.statement)), await checkCertificates(site, input.certificates.map(b))];
}

async function same(key: CryptoKey, secret: Bytes): Promise<boolean> {
  const [a, other] = [await kdf(key, EMPTY, "probe", EMPTY), await kdf(await secretKey(secret), EMPTY, "probe", EMPTY)];
  return encode(a) === encode(other);
}

const origin = (site: Site): Bytes => join(Uint8Array.of(site.origin.length >> 8, site.origin.length), new TextEncoder().encode(site.origin));

const KINDS: Readonly<Record<string, (input: Input, expect: Input) => Promise<Record<string, unknown>>>> = {
  "base64url": async (input) => ({ hex: Array.from(decode(input.text, input.size ?? undefined), (byte) => byte.toString(16).padStart(2, "0")).join("") }),

  "words": async (input) => {
    const words = parseWords(input.text);
    return { words, entropy: encode(entropyOf(words)[0]) };
  },

  "inbox": async (input) => {
    const site = await siteOf(input);
    const salt = (await hashed("inbox-salt", site.site)).slice(0, 16);
    const secret = await slow(input.words, salt);
    const inbox = await inboxOf(site, secret);
    return {
      site: encode(site.site),
      salt: encode(salt),
      inbox_secret: encode(secret),
      ...(await keysOf("inbox", secret, site.site)),
      kem_public: encode(inbox.kemPublic),
      sign_public: encode(inbox.signPublic),
      inbox_id: encode(inbox.inboxId),
    };
  },

  "vault": async (input) => {
    const site = await siteOf(input);
    const id = b(input.counsellor_id);
    const unlock = "passphrase" in input ? { passphrase: input.passphrase as string } : { prf: b(input.prf) };
    const counsellor = await openVault(site, id, input.record, unlock);
    const { secret } = counsellorSecrets(counsellor);
    const salt = b(input.record).slice(1, 17);
    const use = "passphrase" in input ? "vault-passphrase" : "vault-passkey";
    return {
      secret: encode(secret),
      ...(await keysOf("counsellor", secret, join(site.site, id))),
      kem_public: encode(counsellor.kemPublic),
      sign_public: encode(counsellor.signPublic),
      key: encode(await kdf(await vaultInput(salt, unlock), salt, use, join(site.site, id))),
      prf_input: encode(await prfInput(site, id)),
    };
  },

  "request": async (input) => {
    const request = await checkRequest(await siteOf(input), b(input.request));
    return {
      counsellor_id: encode(request.counsellorId),
      kem_public: encode(request.kemPublic),
      sign_public: encode(request.signPublic),
      fingerprint: await fingerprint(request),
    };
  },

  "certificate": async (input) => {
    const certificate = await checkCertificate(await siteOf(input), b(input.certificate));
    return {
      counsellor_id: encode(certificate.counsellorId),
      kem_public: encode(certificate.kemPublic),
      sign_public: encode(certificate.signPublic),
      key_holder: certificate.keyHolder,
      first_day: certificate.firstDay,
      last_day: certificate.lastDay,
      display_name: certificate.displayName,
      certificate_id: encode(certificate.id),
      fingerprint: await fingerprint(certificate),
    };
  },

  "statements": async (input) => {
    const site = await siteOf(input);
    const checked: CheckedCertificate[] = [];
    for (const raw of input.certificates) checked.push(await checkCertificate(site, b(raw)));
    const certificates = byId(checked);
    const chain: Statement[] = [];
    for (const raw of input.statements) {
      const statement = await parseStatement(b(raw));
      await checkStatement(site, statement, certificates.get(encode(statement.signer)), chain.at(-1) ?? null);
      chain.push(statement);
    }
    return {
      numbers: chain.map(({ number }) => number),
      hashes: chain.map(({ hash }) => encode(hash)),
      rosters: chain.map(({ roster }) => roster.map(encode)),
      current: currentEpoch(chain, input.day)?.number ?? null,
    };
  },

  "desk": async (input) => {
    const desk = await checkDesk(await siteOf(input), input.answer as DeskAnswer, input.today);
    return { epoch: desk.epoch, names: desk.names };
  },

  "grant": async (input) => {
    const site = await siteOf(input);
    const counsellor = await counsellorOf(site, b(input.counsellor_id), b(input.secret));
    const certificate = await parseCertificate(b(input.certificate));
    const statement = await parseStatement(b(input.statement));
    return { epoch_seed: encode(await openGrant(site, counsellor, certificate.id, statement, b(input.wrapped))) };
  },

  "opening": async (input, expect) => {
    const site = await siteOf(input);
    const [statement, certificates] = await statementAndCertificates(site, input);
    const reader = input.side === "person" ? { inbox: await inboxOfVector(site, input) } : { seed: b(input.epoch_seed) };
    const before = input.earlier === null ? null : { epoch: input.earlier.epoch as number, secret: await secretKey(b(input.earlier.secret)) };
    const opening = await parseOpening(b(input.opening));
    const place = { inboxId: b(input.inbox_id), conversation: b(input.conversation), statement: { ...statement, number: input.epoch as number }, before };
    const secret = await readOpening(site, reader, opening, place, certificates);
    const where = join(site.site, opening.conversation, u32(before?.epoch ?? 0), u32(opening.epoch));
    return {
      // K cannot be read out of its key: whether it is the one expected shows in what is derived from it.
      secret: await same(secret, b(expect.secret)) ? expect.secret : "another",
      commitment: encode(await kdf(secret, EMPTY, "commit", join(site.site, opening.conversation, u32(opening.epoch), statement.hash))),
      continuity_key: before === null ? null : encode(await kdf(before.secret, EMPTY, "continuity", where)),
      opening_hash: encode(opening.hash),
    };
  },

  "envelope": async (input) => {
    const site = await siteOf(input);
    const [statement, certificates] = await statementAndCertificates(site, input);
    const secret = await secretKey(b(input.secret));
    const envelope = await parseEnvelope(b(input.envelope));
    const place = {
      conversation: b(input.conversation),
      direction: input.direction as Direction,
      openingHash: b(input.opening_hash),
      sequence: input.sequence as number,
      previous: b(input.previous),
    };
    const { content, writer } = await openEnvelope(site, secret, envelope, place, input.epoch_floor, statement, certificates);
    return {
      key: encode(await kdf(secret, envelope.salt, "message", envelope.header)),
      envelope_hash: encode(envelope.hash),
      content: contentOf(content),
      writer,
    };
  },

  "plaintext": async (input) => ({ content: contentOf(read(b(input.plaintext), input.direction, input.sequence)) }),

  "thread": async (input) => {
    const site = await siteOf(input);
    if (input.reader.side === "person") {
      return threadOf(await readAsPerson(site, await inboxOfVector(site, input.reader), input.answer as InboxAnswer, input.today));
    }
    const counsellor = await counsellorOf(site, b(input.reader.counsellor_id), b(input.reader.secret));
    const desk = await openDesk(site, counsellor, input.reader.me as MeAnswer, input.today);
    return threadOf(await readAsDesk(site, desk, input.answer as ConversationAnswer, input.today));
  },

  "note": async (input) => {
    const site = await siteOf(input);
    const [statement, certificates] = await statementAndCertificates(site, input);
    const note = b(input.note);
    const place = { kind: input.note_kind as 1 | 2, subject: b(input.subject) };
    const found = await openNote(site, b(input.epoch_seed), { ...statement, number: input.epoch }, certificates, place, note);
    const context = join(site.site, note.slice(2, 3), place.subject, u32(input.epoch));
    const secret = await unwrap(b(input.epoch_seed), join(label("note-key"), context), note.slice(71, 1239));
    return {
      secret: encode(secret),
      key: encode(await kdf(await secretKey(secret), note.slice(23, 39), "note-body", note.slice(0, 1239))),
      content: { name: null, ...found.content },
      writer: found.writer,
    };
  },

  "session": async (input) => {
    const site = await siteOf(input);
    return { body: await signSession(site, await inboxOfVector(site, input), input.challenge) };
  },

  "session-proof": async (input) => {
    const site = await siteOf(input);
    const signed = join(site.site, origin(site), b(input.body.challenge), b(input.body.inbox_id));
    return { holds: await signatureHolds(await verifyingKey(b(input.sign_public)), "session", signed, b(input.body.signature)) };
  },

  "first-message-proof": async (input) => {
    const site = await siteOf(input);
    const { kem_public, sign_public, opening, envelope, proof } = input.body;
    const signed = join(site.site, origin(site), b(kem_public), b(sign_public), b(opening), b(envelope));
    return { holds: await signatureHolds(await verifyingKey(b(sign_public)), "first-message", signed, b(proof)) };
  },
};

/** The kinds that a browser has to do with: the root's key file never meets one (§2.11). */
export const kinds: readonly string[] = Object.keys(KINDS);

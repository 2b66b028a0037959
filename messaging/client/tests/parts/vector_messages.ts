/** The vectors of PROTOCOL §3 to §7: openings, envelopes, threads, notes, proofs. */

import type { ConversationAnswer, InboxAnswer, MeAnswer } from "../../src/protocol/api_types.ts";
import { type Opener, openDecision, openProposal, textAsProposed } from "../../src/protocol/disclosures.ts";
import { bothChecks, documentOf } from "../../src/protocol/documents.ts";
import { type Bytes, type Direction, encode, join, SIGNATURE, u16, u32, utf8 } from "../../src/protocol/encoding.ts";
import { type Certificates, checkCertificates } from "../../src/protocol/epochs.ts";
import { openDesk, readAsDesk, readAsPerson, type Site, signFirst, signSession, type Thread, type WaitingEpoch } from "../../src/protocol/index.ts";
import { counsellorOf, EMPTY, type InboxKeys, inboxIdOf, inboxOf } from "../../src/protocol/keys.ts";
import { openPadded } from "../../src/protocol/notes.ts";
import { type Plaintext, read } from "../../src/protocol/plaintext.ts";
import { hashed, kdf, secretKey } from "../../src/protocol/primitives.ts";
import { signatureHolds, verifyingKey } from "../../src/protocol/signatures.ts";
import type { Message, Warning, WarningName } from "../../src/protocol/warnings.ts";
import { parseEnvelope, parseOpening, parseStatement, type Statement } from "../../src/protocol/wire.ts";
import { openEnvelope, readOpening } from "./one_by_one.ts";
import { b, type Input, type Kinds, siteOf } from "./vector_keys.ts";

/** The inbox of a vector that gives its secret beside the words: the slow derivation has vectors of its own. */
async function inboxOfVector(site: Site, input: Input): Promise<InboxKeys> {
  return inboxOf(site, b(input.inbox_secret));
}

export function contentOf(content: Plaintext): Record<string, unknown> {
  return {
    type: content.type,
    text: content.text,
    ack: { sequence: content.ack.sequence, hash: encode(content.ack.hash) },
    route: content.route,
    terms: content.terms,
    since: content.since,
    day: content.day,
  };
}

interface Item {
  readonly direction: Direction;
  readonly sequence: number;
  readonly day: string;
  readonly text: string;
  readonly read?: number;
  readonly own?: string | null;
  readonly vouched?: boolean | null;
  readonly warning?: WarningName;
}

function itemOf({ text, read, own, vouched = true, warning, day, ...place }: Item): Message | Warning {
  if (warning !== undefined) return { kind: "warning", warning, writer: null, ...place };
  const ack = { sequence: read ?? 0, hash: EMPTY };
  const content = { type: "text" as const, text, ack, route: null, terms: null, since: null, day: own ?? null };
  return { kind: "message", day, writer: null, unread: null, vouched: place.direction === 1 ? vouched : null, content, ...place };
}

function threadOf(thread: Thread): Record<string, unknown> {
  return {
    items: thread.items.map((item) => (item.kind === "warning" ? { ...item } : { ...item, content: contentOf(item.content) })),
    read: [thread.read[1], thread.read[2]],
    desk: thread.desk === null ? null : { epoch: thread.desk.epoch, names: thread.desk.names },
  };
}

function waitingOf({ number, changes, cannotRead, trouble }: WaitingEpoch): Record<string, unknown> {
  const { openedBy, came, went, stayed, newKeys } = changes;
  return { number, opened_by: openedBy, came, went, stayed, new_keys: newKeys, cannot_read: cannotRead, trouble };
}

async function statementAndCertificates(site: Site, input: Input): Promise<[Statement, Certificates]> {
  return [await parseStatement(b(input.statement)), await checkCertificates(site, input.certificates.map(b))];
}

async function same(key: CryptoKey, secret: Bytes): Promise<boolean> {
  const [a, other] = [await kdf(key, EMPTY, "probe", EMPTY), await kdf(await secretKey(secret), EMPTY, "probe", EMPTY)];
  return encode(a) === encode(other);
}

const origin = (site: Site): Bytes => join(u16(site.origin.length), utf8(site.origin));

export const MESSAGE_KINDS: Kinds = {
  "open-desk": async (input) => {
    const site = await siteOf(input);
    const counsellor = await counsellorOf(site, b(input.counsellor_id), b(input.secret));
    const { desk, granted, troubles, cannotRead, waiting } = await openDesk(site, counsellor, input.me as MeAnswer, input.today);
    const current = desk === null ? null : { epoch: desk.epoch, names: desk.names };
    return { desk: current, granted, troubles, cannot_read: cannotRead, waiting: waiting.map(waitingOf) };
  },

  opening: async (input, expect) => {
    const site = await siteOf(input);
    const [statement, certificates] = await statementAndCertificates(site, input);
    const reader = input.side === "person" ? { inbox: await inboxOfVector(site, input) } : { seed: b(input.epoch_seed) };
    const opening = await parseOpening(b(input.opening));
    const whose = {
      inboxId: b(input.inbox_id),
      inboxKem: b(input.kem_public),
      conversation: b(input.conversation),
      persons: await verifyingKey(b(input.sign_public)),
    };
    const secret = await readOpening(site, reader, opening, whose, { ...statement, number: input.epoch as number }, certificates);
    return {
      // K cannot be read out of its key: whether it is the one expected shows in what is derived from it.
      secret: expect?.secret !== undefined && (await same(secret, b(expect.secret))) ? expect.secret : "another",
      commitment: encode(await kdf(secret, EMPTY, "commit", join(site.site, opening.conversation, u32(opening.epoch), statement.hash))),
      opening_hash: encode(opening.hash),
    };
  },

  envelope: async (input) => {
    const site = await siteOf(input);
    const [statement, certificates] = await statementAndCertificates(site, input);
    const secret = await secretKey(b(input.secret));
    const envelope = await parseEnvelope(b(input.envelope));
    const place = {
      conversation: b(input.conversation),
      direction: input.direction as Direction,
      epoch: statement.number,
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

  plaintext: async (input) => ({ content: contentOf(read(b(input.plaintext), input.direction, input.sequence)) }),

  thread: async (input) => {
    const site = await siteOf(input);
    if (input.reader.side === "person") {
      return threadOf(await readAsPerson(site, await inboxOfVector(site, input.reader), input.answer as InboxAnswer, input.today));
    }
    const counsellor = await counsellorOf(site, b(input.reader.counsellor_id), b(input.reader.secret));
    const desk = await openDesk(site, counsellor, input.reader.me as MeAnswer, input.today);
    return threadOf(await readAsDesk(site, desk, input.answer as ConversationAnswer, input.today));
  },

  disclosure: async (input) => {
    const site = await siteOf(input);
    const [statement, certificates] = await statementAndCertificates(site, input);
    const place = { subject: b(input.subject) };
    const open: Opener = (kind, raw) => openPadded(site, b(input.epoch_seed), { ...statement, number: input.epoch }, certificates, { ...place, kind }, raw);
    const { proposal, checks, document, certificate } = await openProposal(open, b(input.disclosure));
    const items = (input.items as Item[]).map(itemOf);
    const text = await textAsProposed(proposal, checks, document, items);
    const decision = await openDecision(open, b(input.decision), b(input.disclosure), certificate, proposal.messages);
    return {
      proposal: { ...proposal, checks, document: encode(document) },
      proposer: certificate.displayName,
      hash: encode(await hashed("disclosure", b(input.disclosure))),
      text,
      leaves: documentOf(proposal, bothChecks(checks, decision.checks), items),
      decision,
    };
  },

  session: async (input) => {
    const site = await siteOf(input);
    return { body: await signSession(site, await inboxOfVector(site, input), input.challenge) };
  },

  "session-proof": async (input) => {
    const site = await siteOf(input);
    const signed = join(site.site, origin(site), b(input.body.challenge), b(input.body.inbox_id));
    return { holds: await signatureHolds(await verifyingKey(b(input.sign_public)), "session", signed, b(input.body.signature)) };
  },

  "vault-proof": async (input) => {
    const site = await siteOf(input);
    const { challenge, credential_id, record, signature } = input.body;
    const credential = b(credential_id);
    const changed = await hashed("vault-change", join(u16(credential.length), credential, b(record)));
    const signed = join(site.site, origin(site), b(challenge), b(input.counsellor_id), changed);
    return { holds: await signatureHolds(await verifyingKey(b(input.sign_public)), "vault-change", signed, b(signature)) };
  },

  "first-message": async (input) => {
    const site = await siteOf(input);
    return { body: await signFirst(site, await inboxOfVector(site, input), input.first, input.challenge) };
  },

  "first-message-proof": async (input) => {
    const site = await siteOf(input);
    const { kem_public, sign_public, tag_public, challenge, proof } = input.body;
    const opening = await parseOpening(b(input.body.opening));
    const inboxId = await inboxIdOf(b(kem_public), b(sign_public), b(tag_public));
    const key = await verifyingKey(b(sign_public));
    const opens = await signatureHolds(key, "opening-person", join(site.site, opening.raw.subarray(0, -SIGNATURE)), opening.signature);
    const signed = join(site.site, origin(site), b(challenge), inboxId, opening.hash);
    const own = encode(opening.inboxId) === encode(inboxId) && opens;
    return { holds: own && (await signatureHolds(key, "first-message", signed, b(proof))) };
  },
};

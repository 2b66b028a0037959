/** The rare breach of confidentiality, by two people: what would leave, the proposal, and the decision on it (PROTOCOL §6.1, §8.9). */

import type { DisclosureBody, DisclosureLine, DisclosureReason, DisclosureRecipient, MessageRef, Telling } from "./api_types.ts";
import type { OpenDesk } from "./desk.ts";
import { BREAKS, bothChecks, type Check, documentOf, type Items, type Leaving, ownChecks, REASONS, RECIPIENTS } from "./documents.ts";
import { type Bytes, decode, encode, equal, FROM_DESK, FROM_PERSON, HASH, has, ID, utf8 } from "./encoding.ts";
import { type Certificates, type CheckedCertificate, orNull } from "./epochs.ts";
import { BadChain, BadPlaintext, BadSignature, CannotOpen, Malformed, ProtocolError } from "./errors.ts";
import type { Json } from "./json.ts";
import type { Site } from "./keys.ts";
import { type NoteKind, openPadded, sealPadded } from "./notes.ts";
import { epochFor, known, sealingFor } from "./open_notes.ts";
import { isText, pad, refuseUnless, unpad } from "./plaintext.ts";
import { hashed } from "./primitives.ts";

const TELLINGS: readonly Json[] = ["told", "risk"] satisfies Telling[];
const KEYS = ["type", "reason", "recipient", "telling", "to", "why", "messages", "checks", "document"];
export const MOST_DISCLOSED = 50;
const LONGEST_LINE = 200;
const DISCLOSURE = 3;
const DECISION = 4;

/** A proposal; `why` is for the second person alone. */
export interface Proposal extends Leaving {
  readonly telling: Telling;
  readonly why: string;
}

/** A proposal as this browser read it. */
export interface ReadDisclosure {
  readonly proposal: Proposal;
  readonly proposer: string;
  /** What the proposer's own page said of each message, in their order. */
  readonly checks: readonly Check[];
  /**
   * The text that leaves, made anew from the thread that this browser opened, with what the second person's checks add, or what this reader's
   * would; null where it is not the very text that was proposed.
   */
  readonly text: string | null;
  /** The decision of someone else at the desk, if there is one and it holds. */
  readonly decision: { readonly agrees: boolean; readonly text: string; readonly writer: string; readonly checks: readonly Check[] } | null;
}

/** Whether it can stand in the text's line of whom it is for. */
export function isOneLine(to: string): boolean {
  return isText(to) && [...to].length <= LONGEST_LINE && !BREAKS.test(to);
}

/** The body of `POST …/disclosures`; throws BadChain, BadPlaintext, TooLong, BadDates, BadSignature. */
export async function sealDisclosure(site: Site, desk: OpenDesk, conversation: string, proposal: Proposal, items: Items): Promise<DisclosureBody> {
  const { reason, recipient, telling, to, why } = proposal;
  const messages = [...proposal.messages].sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const checks = ownChecks(messages, items);
  const document = encode(await hashed("document", utf8(documentOf({ ...proposal, messages }, checks, items))));
  refuseUnless(isOneLine(to) && isText(why) && messages.length > 0 && messages.length <= MOST_DISCLOSED, "its words or messages");
  const content = { type: "disclosure", reason, recipient, telling, to, why, messages, checks, document };
  const note = await sealed(site, desk, DISCLOSURE, conversation, content);
  return { reason, recipient, telling, messages, note };
}

/** The hash by which a decision, and each step after it, names the proposal. */
export async function disclosureHash(note: string): Promise<string> {
  return encode(await hashed("disclosure", decode(note)));
}

/** What the second person decides: agreed or refused, why, and what their own page says of each message (`ownChecks`). */
export interface Deciding {
  readonly agrees: boolean;
  readonly text: string;
  readonly checks: readonly Check[];
}

/** Base64url of a decision on the proposal; throws BadPlaintext, TooLong, BadDates, BadSignature. */
export async function sealDecision(site: Site, desk: OpenDesk, conversation: string, note: string, { agrees, text, checks }: Deciding): Promise<string> {
  refuseUnless(isText(text), "no text");
  const content = { type: "decision", decision: agrees ? "agree" : "refuse", disclosure: await disclosureHash(note), text, checks };
  return sealed(site, desk, DECISION, conversation, content);
}

async function sealed(site: Site, desk: OpenDesk, kind: NoteKind, conversation: string, content: object): Promise<string> {
  const { statement, writer } = sealingFor(desk);
  return encode(await sealPadded(site, statement, writer, { kind, subject: decode(conversation, ID) }, pad(content)));
}

/**
 * What is proposed, checked against what the server says of it and against the thread.
 *
 * Throws Malformed, BadChain, BadSignature, CannotOpen, BadPlaintext where the proposal does not hold; then nothing of it is shown.
 */
export async function readDisclosure(
  site: Site,
  desk: OpenDesk,
  conversation: string,
  line: DisclosureLine,
  answered: readonly string[],
  items: Items,
): Promise<ReadDisclosure> {
  const open = opener(site, desk, await known(site, answered), conversation);
  const raw = decode(line.note ?? "");
  const { proposal, checks, document, certificate } = await openProposal(open, raw);
  const { reason, recipient, telling } = line;
  const same =
    proposal.reason === reason && proposal.recipient === recipient && proposal.telling === telling && String(proposal.messages) === String(line.messages);
  if (!same) throw new BadChain("the server says something else of it");
  const { messages } = proposal;
  const decision = line.decision === null ? null : await orNull(openDecision(open, decode(line.decision), raw, certificate, messages), ProtocolError);
  const second = decision?.checks ?? ownChecks(messages, items);
  const text = await orNull(
    textAsProposed(proposal, checks, document, items).then(() => documentOf(proposal, bothChecks(checks, second), items)),
    BadChain,
  );
  return { proposal, proposer: certificate.displayName, checks, text, decision };
}

/** Opens what is sealed on the conversation; throws Malformed, BadChain, BadSignature, CannotOpen. */
export type Opener = (kind: NoteKind, raw: Bytes) => Promise<{ readonly padded: Bytes; readonly certificate: CheckedCertificate }>;

function opener(site: Site, desk: OpenDesk, certificates: Certificates, conversation: string): Opener {
  return async (kind, raw) => {
    const epoch = epochFor(desk, raw);
    if (epoch === null) throw new CannotOpen("no grant for its epoch");
    return openPadded(site, epoch.seed, epoch.statement, certificates, { kind, subject: decode(conversation, ID) }, raw);
  };
}

/** The text as it was proposed, with the proposer's checks, made anew from the thread; throws BadChain unless it is that one. */
export async function textAsProposed(leaving: Leaving, checks: readonly Check[], document: Bytes, items: Items): Promise<string> {
  const text = documentOf(leaving, checks, items);
  if (!equal(await hashed("document", utf8(text)), document)) throw new BadChain("the text is not the one that was proposed");
  return text;
}

/** A proposal, the proposer's checks and the hash of its text. */
interface Proposed {
  readonly proposal: Proposal;
  readonly checks: readonly Check[];
  readonly document: Bytes;
  readonly certificate: CheckedCertificate;
}

/** What is proposed, and the certificate of who made it; throws as `opener`, and BadPlaintext. */
export async function openProposal(open: Opener, raw: Bytes): Promise<Proposed> {
  const { padded, certificate } = await open(DISCLOSURE, raw);
  const content = unpad(padded);
  const [type, reason, recipient, telling, to, why, messages, checks, document] = KEYS.map((key) => content.get(key));
  refuseUnless(type === "disclosure" && content.size === KEYS.length, "its type or keys");
  refuseUnless(typeof reason === "string" && has(REASONS, reason), "its reason");
  refuseUnless(typeof recipient === "string" && has(RECIPIENTS, recipient) && TELLINGS.includes(telling!), "its codes");
  refuseUnless(typeof to === "string" && isOneLine(to) && isText(why), "its words");
  refuseUnless(Array.isArray(messages) && messages.length > 0 && messages.length <= MOST_DISCLOSED, "its messages");
  const places = messages.map(readPlace);
  refuseUnless(new Set(places.map(String)).size === places.length, "a message twice");
  const codes = { reason: reason as DisclosureReason, recipient: recipient as DisclosureRecipient, telling: telling as Telling };
  return { proposal: { ...codes, to, why, messages: places }, checks: readChecks(places, checks), document: readHash(document), certificate };
}

function readPlace(value: Json): MessageRef {
  refuseUnless(Array.isArray(value) && value.length === 2, "its messages");
  const [direction, sequence] = value;
  refuseUnless((direction === FROM_PERSON || direction === FROM_DESK) && typeof sequence === "number" && sequence >= 1, "its messages");
  return [direction, sequence];
}

/** One for each message, and none of a reply. */
function readChecks(messages: readonly MessageRef[], value: Json | undefined): readonly Check[] {
  refuseUnless(Array.isArray(value) && value.length === messages.length, "its checks");
  return value.map((check, place) => {
    refuseUnless(check === null || (typeof check === "boolean" && messages[place]![0] === FROM_PERSON), "its checks");
    return check;
  });
}

function readHash(value: Json | undefined): Bytes {
  try {
    return decode(value, HASH);
  } catch (error) {
    if (error instanceof Malformed) throw new BadPlaintext("its hash", { cause: error });
    throw error;
  }
}

/** On the proposal of these bytes, and never by whoever proposed it, under whatever certificate; throws as `openProposal`. */
export async function openDecision(
  open: Opener,
  raw: Bytes,
  proposed: Bytes,
  proposer: CheckedCertificate,
  messages: readonly MessageRef[],
): Promise<NonNullable<ReadDisclosure["decision"]>> {
  const { padded, certificate } = await open(DECISION, raw);
  if (equal(certificate.counsellorId, proposer.counsellorId) || equal(certificate.signPublic, proposer.signPublic))
    throw new BadSignature("decided by whoever proposed it");
  const content = unpad(padded);
  const [type, does, disclosure, text, checks] = ["type", "decision", "disclosure", "text", "checks"].map((key) => content.get(key));
  refuseUnless(type === "decision" && content.size === 5 && isText(text) && (does === "agree" || does === "refuse"), "its type, keys or text");
  const read = readChecks(messages, checks);
  if (!equal(readHash(disclosure), await hashed("disclosure", proposed))) throw new BadChain("a decision on something else");
  return { agrees: does === "agree", text, writer: certificate.displayName, checks: read };
}

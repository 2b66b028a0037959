/** The rare breach of confidentiality, by two people: what would leave, the proposal, and the decision on it (PROTOCOL §6.1, §8.9). */

import type { DisclosureBody, DisclosureLine, DisclosureReason, DisclosureRecipient, MessageRef, Telling } from "./api_types.ts";
import type { OpenDesk } from "./desk.ts";
import { epochFor, known, sealingFor } from "./desk_notes.ts";
import { BREAKS, documentOf, type Items, type Leaving, REASONS, RECIPIENTS } from "./documents.ts";
import { type Bytes, decode, encode, equal, FROM_DESK, FROM_PERSON, HASH, ID, utf8 } from "./encoding.ts";
import { type Certificates, type CheckedCertificate, orNull } from "./epochs.ts";
import { BadChain, BadPlaintext, BadSignature, CannotOpen, Malformed, ProtocolError } from "./errors.ts";
import type { Json } from "./json.ts";
import type { Site } from "./keys.ts";
import { type NoteKind, openPadded, sealPadded } from "./notes.ts";
import { isText, pad, refuseUnless, unpad } from "./plaintext.ts";
import { hashed } from "./primitives.ts";

const TELLINGS: readonly Json[] = ["told", "risk"] satisfies Telling[];
const KEYS = ["type", "reason", "recipient", "telling", "to", "why", "messages", "document"];
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
  /** Made anew from the thread that this browser opened; null where it is not the very text that was proposed. */
  readonly text: string | null;
  /** The decision of someone else at the desk, if there is one and it holds. */
  readonly decision: { readonly agrees: boolean; readonly text: string; readonly writer: string } | null;
}

/** Whether it can stand in the text's line of whom it is for. */
export function isOneLine(to: string): boolean {
  return isText(to) && [...to].length <= LONGEST_LINE && !BREAKS.test(to);
}

/** The body of `POST …/disclosures`; throws BadChain, BadPlaintext, TooLong, BadDates, BadSignature. */
export async function sealDisclosure(site: Site, desk: OpenDesk, conversation: string, proposal: Proposal, items: Items): Promise<DisclosureBody> {
  const { reason, recipient, telling, to, why } = proposal;
  const messages = [...proposal.messages].sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const document = encode(await hashed("document", utf8(documentOf(proposal, items))));
  refuseUnless(isOneLine(to) && isText(why) && messages.length > 0 && messages.length <= MOST_DISCLOSED, "its words or messages");
  const note = await sealed(site, desk, DISCLOSURE, conversation, { type: "disclosure", reason, recipient, telling, to, why, messages, document });
  return { reason, recipient, telling, messages, note };
}

/** The hash by which a decision, and each step after it, names the proposal. */
export async function disclosureHash(note: string): Promise<string> {
  return encode(await hashed("disclosure", decode(note)));
}

/** Base64url of a decision on the proposal; throws BadPlaintext, TooLong, BadDates, BadSignature. */
export async function sealDecision(site: Site, desk: OpenDesk, conversation: string, note: string, agrees: boolean, text: string): Promise<string> {
  refuseUnless(isText(text), "no text");
  return sealed(site, desk, DECISION, conversation, { type: "decision", decision: agrees ? "agree" : "refuse", disclosure: await disclosureHash(note), text });
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
  const { proposal, document, certificate } = await openProposal(open, raw);
  const { reason, recipient, telling } = line;
  const same =
    proposal.reason === reason && proposal.recipient === recipient && proposal.telling === telling && String(proposal.messages) === String(line.messages);
  if (!same) throw new BadChain("the server says something else of it");
  const text = await orNull(textAsProposed(proposal, document, items), BadChain);
  const decision = line.decision === null ? null : await orNull(openDecision(open, decode(line.decision), raw, certificate), ProtocolError);
  return { proposal, proposer: certificate.displayName, text, decision };
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

/** The text that would leave, made anew from the thread; throws BadChain unless it is the one that was proposed. */
export async function textAsProposed(leaving: Leaving, document: Bytes, items: Items): Promise<string> {
  const text = documentOf(leaving, items);
  if (!equal(await hashed("document", utf8(text)), document)) throw new BadChain("the text is not the one that was proposed");
  return text;
}

/** A proposal, the hash of its text, and the certificate of who made it; throws as `opener`, and BadPlaintext. */
export async function openProposal(open: Opener, raw: Bytes): Promise<{ proposal: Proposal; document: Bytes; certificate: CheckedCertificate }> {
  const { padded, certificate } = await open(DISCLOSURE, raw);
  const content = unpad(padded);
  const [type, reason, recipient, telling, to, why, messages, document] = KEYS.map((key) => content.get(key));
  refuseUnless(type === "disclosure" && content.size === KEYS.length, "its type or keys");
  refuseUnless(typeof reason === "string" && Object.hasOwn(REASONS, reason), "its reason");
  refuseUnless(typeof recipient === "string" && Object.hasOwn(RECIPIENTS, recipient) && TELLINGS.includes(telling!), "its codes");
  refuseUnless(typeof to === "string" && isOneLine(to) && isText(why), "its words");
  refuseUnless(Array.isArray(messages) && messages.length > 0 && messages.length <= MOST_DISCLOSED, "its messages");
  const places = messages.map(readPlace);
  refuseUnless(new Set(places.map(String)).size === places.length, "a message twice");
  const codes = { reason: reason as DisclosureReason, recipient: recipient as DisclosureRecipient, telling: telling as Telling };
  return { proposal: { ...codes, to, why, messages: places }, document: readHash(document), certificate };
}

function readPlace(value: Json): MessageRef {
  refuseUnless(Array.isArray(value) && value.length === 2, "its messages");
  const [direction, sequence] = value;
  refuseUnless((direction === FROM_PERSON || direction === FROM_DESK) && typeof sequence === "number" && sequence >= 1, "its messages");
  return [direction, sequence];
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
export async function openDecision(open: Opener, raw: Bytes, proposed: Bytes, proposer: CheckedCertificate): Promise<NonNullable<ReadDisclosure["decision"]>> {
  const { padded, certificate } = await open(DECISION, raw);
  if (equal(certificate.counsellorId, proposer.counsellorId) || equal(certificate.signPublic, proposer.signPublic))
    throw new BadSignature("decided by whoever proposed it");
  const content = unpad(padded);
  const [type, does, disclosure, text] = ["type", "decision", "disclosure", "text"].map((key) => content.get(key));
  refuseUnless(type === "decision" && content.size === 4 && isText(text) && (does === "agree" || does === "refuse"), "its type, keys or text");
  if (!equal(readHash(disclosure), await hashed("disclosure", proposed))) throw new BadChain("a decision on something else");
  return { agrees: does === "agree", text, writer: certificate.displayName };
}

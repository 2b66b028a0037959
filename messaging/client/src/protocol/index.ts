/** The helpline's protocol in the browser: PROTOCOL.md, whole. Pages use what is exported here and nothing behind it. */

import type { ConversationAnswer, DeskAnswer, EnvelopeBody, EpochBody, FirstMessageBody, InboxAnswer, MeAnswer, SessionBody } from "./answers.ts";

export type * from "./answers.ts";
export * from "./errors.ts";

export type Bytes = Uint8Array<ArrayBuffer>;
export type Route = "self" | "other" | "young" | "professional";
export type WarningName = "altered" | "out-of-order" | "older-epoch" | "unknown-writer" | "bad-opening" | "missing";
export interface Site { readonly root: Bytes; readonly site: Bytes; readonly origin: string }
export interface InboxKeys { readonly inboxId: Bytes; readonly kemPublic: Bytes; readonly signPublic: Bytes }
export interface Desk { readonly epoch: number; readonly names: readonly string[]; readonly firstDay: number; readonly lastDay: number }
export interface Intake { readonly route: Route; readonly terms: number; readonly text: string }
export interface Ack { readonly sequence: number; readonly hash: Bytes }
export interface Plaintext {
  readonly type: "intake" | "text" | "handover" | "closing" | "unknown";
  readonly text: string;
  readonly ack: Ack;
  readonly route: Route | null;
  readonly terms: number | null;
}
export interface Message {
  readonly kind: "message"; readonly direction: 1 | 2; readonly sequence: number; readonly day: string;
  readonly content: Plaintext; readonly writer: string | null;
}
export interface Warning { readonly kind: "warning"; readonly warning: WarningName; readonly direction: 1 | 2; readonly sequence: number }
export interface Thread { readonly items: readonly (Message | Warning)[]; readonly desk: Desk | null }
export interface Counsellor { readonly counsellorId: Bytes; readonly kemPublic: Bytes; readonly signPublic: Bytes }
/** What a counsellor still lacks before they can read and answer: shown in words on the keys page. */
export type DeskTrouble =
  | "no-certificate" | "certificate-dates" | "broken-chain" | "no-current-epoch" | "not-on-roster" | "no-grant" | "bad-grant";
export interface OpenDesk {
  readonly displayName: string | null; readonly keyHolder: boolean; readonly firstDay: number | null; readonly lastDay: number | null;
  readonly desk: Desk | null; readonly granted: readonly number[]; readonly troubles: readonly DeskTrouble[];
}

const later = (): never => { throw new Error("not built yet"); };
export function openSite(_root: string, _origin: string): Promise<Site> { return later(); }
export function makeWords(): string[] { return later(); }
export function parseWords(_text: string): string[] { return later(); }
export function deriveInbox(_site: Site, _words: readonly string[]): Promise<InboxKeys> { return later(); }
export function checkDesk(_site: Site, _answer: DeskAnswer, _today: number): Promise<Desk> { return later(); }
export function sealFirst(_site: Site, _inbox: InboxKeys, _desk: Desk, _intake: Intake): Promise<FirstMessageBody> { return later(); }
export function signSession(_site: Site, _inbox: InboxKeys, _challenge: string): Promise<SessionBody> { return later(); }
export function readAsPerson(_site: Site, _inbox: InboxKeys, _answer: InboxAnswer, _today: number): Promise<Thread> { return later(); }
export function sealFromPerson(_site: Site, _inbox: InboxKeys, _thread: Thread, _text: string): Promise<EnvelopeBody> { return later(); }
export function textFits(_text: string): { bytes: number; limit: number } { return later(); }
export function makeVault(_site: Site, _counsellorId: Bytes, _passphrase: string): Promise<{ counsellor: Counsellor; record: string; request: string }> { return later(); }
export function openVault(_site: Site, _counsellorId: Bytes, _record: string, _input: { passphrase: string } | { prf: Bytes }): Promise<Counsellor> { return later(); }
export function addPasskeyVault(_site: Site, _counsellor: Counsellor, _prf: Bytes): Promise<string> { return later(); }
export function prfInput(_site: Site, _counsellorId: Bytes): Promise<Bytes> { return later(); }
export function openDesk(_site: Site, _counsellor: Counsellor, _me: MeAnswer, _today: number): Promise<OpenDesk> { return later(); }
export function readAsDesk(_site: Site, _desk: OpenDesk, _answer: ConversationAnswer, _today: number): Promise<Thread> { return later(); }
export function sealFromDesk(_site: Site, _desk: OpenDesk, _thread: Thread, _content: { type: "text" | "handover" | "closing"; text: string }): Promise<EnvelopeBody> { return later(); }
export function openEpoch(_site: Site, _desk: OpenDesk, _candidates: readonly string[], _today: number, _days: number): Promise<EpochBody> { return later(); }
/** Zeroes and drops the secrets of keys, a desk or a thread: when the page locks, exits or signs out. */
export function forget(_secret: InboxKeys | Counsellor | OpenDesk | Thread): void { return later(); }
export function encode(_bytes: Uint8Array): string { return later(); }
export function decode(_text: string, _size?: number): Bytes { return later(); }

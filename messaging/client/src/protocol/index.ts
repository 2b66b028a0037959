/**
 * The helpline's protocol in the browser: PROTOCOL.md, whole. Pages use what is exported here and nothing behind it.
 *
 * Every function that takes the server's word checks it; `today` is a day of PROTOCOL §1.5. What goes wrong is thrown as a `ProtocolError`.
 */

import { forgetDesk, type OpenDesk } from "./desk.ts";
import { forgetKeys, type Counsellor, type InboxKeys } from "./keys.ts";
import { forgetThread, type Thread } from "./writing.ts";

export { browserIsAble } from "./browser_support.ts";
export { demandChainGoesOn, deskFollows, sameReaders, type Seen } from "./continuity.ts";
export type * from "./api_types.ts";
export { openDesk, type DeskTrouble, type OpenDesk } from "./desk.ts";
export { decode, encode, type Bytes, type Direction } from "./encoding.ts";
export { disclosureHash, documentOf, isOneLine, MOST_DISCLOSED, readDisclosure, REASONS, RECIPIENTS, sealDecision, sealDisclosure, type Leaving, type Proposal, type ReadDisclosure } from "./disclosures.ts";
export { draftKey } from "./drafts.ts";
export { checkDesk, type Desk } from "./epochs.ts";
export * from "./errors.ts";
export { readNotes, readSavedReplies, resealReplies, sealNoteOn, sealSavedReply, type ReadNote, type SavedReply } from "./desk_notes.ts";
export { deriveInbox, fingerprint, openSite, rootFingerprint, sameInbox, type Counsellor, type InboxKeys, type Site } from "./keys.ts";
export { LONGEST_EPOCH_DAYS, openEpoch } from "./open_epoch.ts";
export { textFits, type Ack, type DeskType, type Intake, type Plaintext, type Route } from "./plaintext.ts";
export type { Message, Warning, WarningName } from "./threads.ts";
export { addPasskeyVault, changePassphrase, makeVault, openVault, passphraseFits, prfInput, type Unlock } from "./vault.ts";
export { lowered, makeWords, parseWords, wordsIn } from "./words.ts";
export { readAsDesk, readAsPerson, sealFirst, sealFromDesk, sealFromPerson, signSession, type Thread } from "./writing.ts";

/** Zeroes and drops the secrets behind keys, a desk or a thread: when a page locks, is left, or signs out. Using them later throws an Error. */
export function forget(...held: readonly (InboxKeys | Counsellor | OpenDesk | Thread)[]): void {
  for (const each of held) {
    forgetKeys(each as InboxKeys);
    forgetDesk(each as OpenDesk);
    forgetThread(each as Thread);
  }
}

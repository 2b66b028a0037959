/**
 * The helpline's protocol in the browser: PROTOCOL (docs/protocol), whole. Pages use what is exported here and nothing behind it.
 *
 * Every function that takes the server's word checks it; `today` is a day of PROTOCOL §1.5. What goes wrong is thrown as a `ProtocolError`.
 */

import { forgetDesk, type OpenDesk } from "./desk.ts";
import { type Counsellor, forgetKeys, type InboxKeys } from "./keys.ts";
import { forgetTags } from "./tags.ts";
import { forgetThread, type Thread } from "./writing.ts";

export type * from "./api_types.ts";
export { browserIsAble } from "./browser_support.ts";
export { confirmEpoch } from "./confirm_epoch.ts";
export { demandChainGoesOn, deskFollows, type Seen, sameReaders } from "./continuity.ts";
export { dateOf } from "./days.ts";
export { type DeskTrouble, type OpenDesk, openDesk } from "./desk.ts";
export { NOTHING_READ, type NotesRead, type NoteWarning, type ReadNote, readNotes, sealNoteOn } from "./desk_notes.ts";
export {
  disclosureHash,
  isOneLine,
  MOST_DISCLOSED,
  type Proposal,
  type ReadDisclosure,
  readDisclosure,
  sealDecision,
  sealDisclosure,
} from "./disclosures.ts";
export { type Check, documentOf, type Items, type Leaving, ownChecks, REASONS, RECIPIENTS } from "./documents.ts";
export { draftKey } from "./drafts.ts";
export { type Bytes, type Direction, decode, encode } from "./encoding.ts";
export type { Desk } from "./epochs.ts";
export * from "./errors.ts";
export { type Counsellor, deriveInbox, fingerprint, type InboxKeys, isRequestOf, openSite, rootFingerprint, type Site, sameInbox } from "./keys.ts";
export type { NoteReceipt } from "./note_texts.ts";
export { grantsForOwn, LONGEST_EPOCH_DAYS, openEpoch } from "./open_epoch.ts";
export { openDraft, type PersonDraft, sealDraft, signDraft } from "./person_drafts.ts";
export { type Ack, type DeskContent, type Intake, type PersonText, type Plaintext, type Route, textFits } from "./plaintext.ts";
export { signFirst, signSession, signVaultChange } from "./proofs.ts";
export { checkDesk } from "./public_desk.ts";
export { desksPulseKeys, type PulseKeys, personsPulseKeys } from "./pulse_keys.ts";
export { makeSheet, openSheet } from "./recovery.ts";
export { readSavedReplies, type SavedReply, sealSavedReply } from "./saved_replies.ts";
export { loadOnce, NotLoaded } from "./scripts.ts";
export { isQuick, type Progress, prepareSlow, slowSeconds } from "./slow.ts";
export {
  addPasskeyVault,
  changePassphrase,
  makePassphrase,
  makeVault,
  openVault,
  parsePassphrase,
  prfInput,
  renewVault,
  type Unlock,
} from "./vault.ts";
export type { EpochChanges, WaitingEpoch, WaitingTrouble } from "./waiting_epochs.ts";
export { isInPlace, type Message, type Warning, type WarningName } from "./warnings.ts";
export { type Repair, repairsOf, typedWords } from "./word_repairs.ts";
export { lowered, makeWords, parseWords, wordsIn } from "./words.ts";
export { readAsDesk, readAsPerson, sealFirst, sealFromDesk, sealFromPerson, type Thread } from "./writing.ts";

/** Zeroes and drops the secrets behind keys, a desk or a thread: when a page locks, is left, or signs out. Using them later throws an Error. */
export function forget(...held: readonly (InboxKeys | Counsellor | OpenDesk | Thread)[]): void {
  for (const each of held) {
    forgetTags(each as InboxKeys);
    forgetKeys(each as InboxKeys);
    forgetDesk(each as OpenDesk);
    forgetThread(each as Thread);
  }
}

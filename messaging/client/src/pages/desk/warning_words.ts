/** Every warning that the protocol knows, in words for a counsellor: what happened, and what to do. PURE. */

import type { DeskTrouble, NoteWarning, WaitingTrouble, WarningName } from "../../protocol/index.ts";

const LATE =
  "The message above was sealed with the keys of an earlier epoch, and it stands after a reply of a later one. The person’s page does not write like that. Someone who has left the desk may have written it in their name. Do not act on it alone. Tell your lead, and ask the person in a reply whether they wrote it.";

/** PROTOCOL §5.2, for the one who answers. */
export const WARNINGS: Readonly<Record<WarningName, string>> = {
  altered: "A message here was changed on its way, so it is not shown. Do not answer as if you had read it. Tell your lead.",
  "out-of-order": "A message here is missing, is here twice or is in the wrong place. Tell your lead before you answer.",
  "older-epoch":
    "A message was sealed with keys that had already been replaced, so it is not shown. Someone who has left the desk may have written it. Tell your lead.",
  "unknown-writer": "A reply here is not signed by anyone on the desk’s list, so it is not shown. Do not rely on it. Tell your lead at once.",
  "bad-opening":
    "The key for this message fails its checks, so the message is not shown. You may not have the grant for an earlier epoch: ask a key-holder. If you have it, tell your lead. If it is the person’s, you can ask them to write it again: choose that below your reply.",
  missing:
    "At least one message that was read before is no longer here. The server may have lost part of the conversation or kept it back. Tell your lead before you answer.",
  "not-seen":
    "The last two messages of one side were written without this message of the other side, which stands above them. The server may have kept it back. Read it now, do not take what follows it as an answer to it, and tell your lead.",
  "not-vouched":
    "Your own check of the message above failed: someone else may have written it in the person’s name. Only someone who could read this conversation can do that. Do not act on it alone. Tell your lead, and ask a colleague to open the conversation: each page makes its own check.",
  late: LATE,
};

/** PROTOCOL §6.2, for anyone who reads a note. */
export const NOTE_WARNINGS: Readonly<Record<NoteWarning, string>> = {
  "does-not-open":
    "It does not open with your keys. As soon as a colleague who can read it opens this conversation, it opens for you too. If it does not, tell your lead.",
  "note-missing": "This note follows on from another note that is not here. The server may be keeping a note back. Tell your lead.",
  "message-missing":
    "The writer of this note had read a message that is not in this conversation. The server may be keeping it back. Tell your lead before you answer.",
  late: "This note claims to be older than others here, but none of them knows it. Someone who has left may have added it. Do not rely on it. Tell your lead.",
};

/** PROTOCOL §8.4: what a counsellor lacks. */
export const TROUBLES: Readonly<Record<DeskTrouble, string>> = {
  "no-certificate":
    "You do not have a certificate yet. The keeper of the helpline’s root key makes it, and an admin passes it on. The page “Vault” shows how far it has got.",
  "certificate-dates": "Your certificate is not valid today. If this device’s date is wrong, correct it. If it is right, ask an admin for a new certificate.",
  "broken-chain": "The desk’s keys do not follow on from each other as they should. Do not continue. Tell your lead and the keeper of the root key.",
  "no-current-epoch":
    "The desk has no key for today, so nobody can write to the helpline. If this device’s date is wrong, correct it and load the page again. If it is right, a key-holder must open the next epoch, on the page “Keys”, and someone else confirm it.",
  "not-on-roster": "You are not in the current epoch. Ask a key-holder to open a new one that includes you.",
  "no-grant": "You do not have the current epoch’s key. Ask a key-holder to open a new epoch that includes you.",
  "bad-grant": "The key you were given does not match the epoch. Tell the key-holder who opened it, and your lead.",
  "somebody-cannot-read":
    "{names} cannot read what is written now. The key they were given does not open it, or the server is holding it back. Tell them and your lead. To fix it, another key-holder must open a new epoch.",
};

const DO_NOT = "Do not confirm it. Tell the person who opened it, and your lead. Until an epoch is confirmed, the one before it goes on.";

/** PROTOCOL §8.4: why someone cannot confirm an epoch that waits. */
export const WHY_NOT: Readonly<Record<WaitingTrouble, string>> = {
  "not-yours": "You cannot confirm this epoch. That takes someone else who is on it, and who was there before it or was certified since.",
  "signer-left": `The person who opened this epoch was left off the one before it, so the desk’s word is not enough for it. ${DO_NOT}`,
  "somebody-unknown": `The server did not send everyone’s certificate, so this page cannot say who would read. ${DO_NOT}`,
  "no-grant": `The key that you were given for it does not open it. ${DO_NOT}`,
  "somebody-cannot-read": `{names} could not read what is written in it: the key that they were given does not open it. ${DO_NOT}`,
};

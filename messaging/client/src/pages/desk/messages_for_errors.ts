/** What the desk says: warnings, routes, troubles and failures, each in words for a counsellor that say what to do. */

import {
  BadContinuation,
  BadDates,
  BadVault,
  type DeskTrouble,
  OlderEpoch,
  ProtocolError,
  type Route,
  TooLong,
  type WarningName,
} from "../../protocol/index.ts";
import { Problem } from "../../transport/index.ts";
import { deviceDate } from "../parts/clock.ts";

export const ROUTES: Readonly<Record<Route, string>> = {
  self: "Writes about their own thoughts or behaviour",
  other: "Writes about someone else",
  young: "A young person",
  professional: "Writes as a professional",
};

const LATE =
  "The message above was sealed with the keys of an earlier epoch, and it stands after a reply of a later one. The person’s page does not write like that. Someone who has left the desk may have written it in their name. Do not act on it alone. Tell your lead, and ask the person in a reply whether they wrote it.";

/** PROTOCOL §5.2, for the one who answers. */
export const WARNINGS: Readonly<Record<WarningName, string>> = {
  altered: "A message here was changed on its way. It is not shown. Do not answer as if you had read it. Tell your lead.",
  "out-of-order": "A message here is repeated, missing or in the wrong order. Tell your lead before you answer.",
  "older-epoch": "A message was sealed with keys that had already been replaced, so it is not shown. Tell your lead.",
  "unknown-writer": "A reply here is not signed by anyone on the desk’s list, so it is not shown. Do not rely on it. Tell your lead at once.",
  "bad-opening":
    "The key for this message fails its checks, so the message is not shown. You may not have the grant for an earlier epoch: ask a key-holder. If you have it, tell your lead. You can ask the person to write it again: choose that below your reply.",
  missing:
    "At least one message that was read before is no longer here. The server may have lost part of the conversation or kept it back. Tell your lead before you answer.",
  "not-seen":
    "The last two messages of one side were written without this message of the other side, which stands above them. The server may have kept it back. Read it now, do not take what follows it as an answer to it, and tell your lead.",
  "not-vouched":
    "Your own check of the message above failed: someone else may have written it in the person’s name. Only someone who could read this conversation can do that. Do not act on it alone. Tell your lead, and ask a colleague to open the conversation: each page makes its own check.",
  late: LATE,
};

export const TROUBLES: Readonly<Record<DeskTrouble, string>> = {
  "no-certificate":
    "You do not have a certificate yet. The keeper of the helpline’s root key makes it, and an admin passes it on. The page “Vault” shows how far it has got.",
  "certificate-dates": "Your certificate is not valid today. If this device’s date is wrong, correct it. If it is right, ask an admin for a new certificate.",
  "broken-chain": "The desk’s keys do not follow on from each other as they should. Do not continue. Tell your lead and the keeper of the root key.",
  "no-current-epoch":
    "The desk has no key for today, so nobody can write to the helpline. If this device’s date is wrong, correct it and load the page again. If it is right, a key-holder must open the next epoch, on the page “Keys”, and someone else confirm it.",
  "not-on-roster": "You are not in the current epoch. Ask a key-holder to open a new one that includes you.",
  "no-grant": "You do not have the current epoch’s key. Ask a key-holder to open a new epoch that includes you.",
  "bad-grant": "The key you were given does not match the epoch. Tell the key-holder who opened it.",
  "somebody-cannot-read":
    "{names} cannot read what is written now. The key they were given does not open it, or the server is holding it back. Tell them and your lead. To fix it, another key-holder must open a new epoch.",
};

export function routeWords(route: Route | null): string {
  return route === null ? "" : ROUTES[route];
}

/** Whether the server does not know this browser any more. */
export function isSignedOut(error: unknown): boolean {
  if (!(error instanceof Problem)) return false;
  // A page whose token is of the session before is refused too, until it has taken up the new one.
  return error.type === "signed-out" || error.type === "session" || (error.status === 403 && (error.type === "bad-answer" || error.type === "unknown"));
}

/** Why the lists are not up to date, and what helps: a page from before an update does not understand what the server says now. */
export function silenceWords(error: unknown): string {
  if (error instanceof Problem && error.type === "bad-answer") return "this page is older than the server. Load it again";
  return "the server does not answer. This page keeps trying";
}

/** One sentence for any failure of `doing` ("Your reply was not sent"): what happened, and what to do. */
export function failureWords(doing: string, error: unknown): string {
  if (error instanceof Problem) return `${doing}: ${problemWords(error)}`;
  if (error instanceof BadVault) return `${doing}: the vault did not open.`;
  if (error instanceof TooLong) return `${doing}: it is too long. Shorten it, or send it as two messages.`;
  if (error instanceof BadDates) {
    const then = "If that is wrong, correct it and load the page again. If it is right, tell a key-holder.";
    return `${doing}: its dates do not match. This device says that the date is ${deviceDate()}. ${then}`;
  }
  if (error instanceof OlderEpoch)
    return `${doing}: this conversation is in a newer epoch than yours. Load the page again. If that does not help, ask a key-holder.`;
  if (error instanceof BadContinuation) {
    const why = "the server sent something different from what you read before";
    const what = "It may be another person’s conversation, or keys that are not the desk’s. Nothing more was sent.";
    return `${doing}: ${why}. ${what} What you typed is still here. Do not send it, and tell your lead.`;
  }
  if (error instanceof ProtocolError)
    return `${doing}: what the server sent fails its checks (${error.name}). Load the page again. If it happens again, tell your lead.`;
  return `${doing}, and this page does not know why. Load it again. If it happens again, tell your admin.`;
}

function problemWords(problem: Problem): string {
  switch (problem.type) {
    case "unreachable":
      return "there is no connection. Check it, then try again.";
    case "timed-out":
      return "the server did not answer in time. Try again.";
    case "signed-out":
    case "session":
      return "you have been signed out. Sign in again in another tab, then try again here.";
    case "second-factor":
      return "your sign-in no longer has a second step. Set one up on the page “My sign-in”, then try again here.";
    case "not-yours":
      return `${takenBy(problem)} has this conversation now${answeredAgo(problem, ", and answered")}. What you typed is still here.`;
    case "taken":
      return `${takenBy(problem)} has taken it.`;
    case "not-certified":
      return "you do not have a valid certificate. The page “Vault” shows how far it has got.";
    case "conflict":
      return `something new came into this conversation${answeredAgo(problem, `: ${takenBy(problem)} answered`)}. Read it, then send again.`;
    case "epoch-changed":
      return "the desk has a new epoch. Load the page again.";
    case "closed":
      return "the desk has no key for today. A key-holder must open the next epoch.";
    case "not-found":
      return "it is no longer there. The person may have deleted everything.";
    case "too-large":
      return "it is too large for the server.";
    default:
      // The server's own sentence is shown as its word.
      return problem.detail === ""
        ? "the server refused it. Load the page again. If it happens again, tell your admin."
        : `the server refused it, and says: “${problem.detail}”`;
  }
}

/** How long ago the other one answered (§8.3), after the words given; "" when nobody has. */
function answeredAgo(problem: Problem, words: string): string {
  const ago = problem.extra.ago;
  if (typeof ago !== "number") return "";
  if (ago < 60) return `${words} ${ago === 1 ? "1 second" : `${ago} seconds`} ago`;
  return ago < 3_600 ? `${words} ${Math.floor(ago / 60) === 1 ? "1 minute" : `${Math.floor(ago / 60)} minutes`} ago` : `${words} more than an hour ago`;
}

/** Who has it now (§8, `taken`). */
export function takenBy(problem: Problem): string {
  const by = problem.extra.by;
  return typeof by === "string" && by !== "" ? by : "Another counsellor";
}

/** What the desk says of routes and failures, each in words for a counsellor that say what to do. */

import { BadContinuation, BadDates, BadVault, OlderEpoch, ProtocolError, type Route, TooLong } from "../../protocol/index.ts";
import { Problem } from "../../transport/index.ts";
import { deviceDate } from "../parts/clock.ts";

export const ROUTES: Readonly<Record<Route, string>> = {
  self: "Writes about their own thoughts or behaviour",
  other: "Writes about someone else",
  young: "A young person",
  professional: "Writes as a professional",
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
  if (error instanceof Problem && error.type === "bad-answer" && !isAway(error)) return "this page is older than the server. Load it again";
  return "the server does not answer. This page keeps trying";
}

/** Whether the proxy answered in place of a server that is not there: it says so in no words of the interface. */
function isAway(problem: Problem): boolean {
  return problem.type === "bad-answer" && problem.status >= 500;
}

/** What this page has found out and not the server; its message goes on from `doing`. */
export class OwnWords extends Error {}

/** One sentence for any failure of `doing` ("Your reply was not sent"): what happened, and what to do. */
export function failureWords(doing: string, error: unknown): string {
  if (error instanceof OwnWords) return `${doing}: ${error.message}`;
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
  if (isAway(problem)) return "the server does not answer at the moment. Try again.";
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

/** What went wrong, in words that say what to do. The server's own sentences are never shown. PURE. */

import { BadContinuation, BadDates, NotLoaded, OlderChain, ProtocolError } from "../../protocol/index.ts";
import { Problem } from "../../transport/index.ts";
import { deviceDate, now, zone } from "../parts/clock.ts";
import { gettext } from "../parts/gettext.ts";
import { deadlineWords } from "../parts/moments.ts";
import { NotTheSameKey } from "./derive_twice.ts";

function kept(): string {
  return gettext("What you wrote is still here, on this page.");
}

/** On this device no key of the helpline is of today: most likely its date is wrong, and only the person can see that. */
function wrongDate(callUs: string): string {
  return gettext("Your device says that the date is {date}. If that is wrong, correct it and try again. If it is right, do not write now. Please {call_us}.", {
    date: deviceDate(),
    call_us: callUs,
  });
}

/** A script of the page's own did not come. */
export function notLoaded(callUs: string): string {
  return gettext("Part of this page did not load. Check that you are online, then load the page again. Or {call_us}.", { call_us: callUs });
}

/** The words did not become a key: the browser has too little room for it. */
export class KeyNotMade extends Error {}

/** When a block ends (§7.6, `blocked`). */
function untilWords(problem: Problem): string {
  const until = problem.extra.until;
  return deadlineWords(typeof until === "string" && !Number.isNaN(Date.parse(until)) ? until : new Date(now()).toISOString(), now(), zone());
}

/** Whether the server may have taken the message although no answer came: then the very same bytes go again, PROTOCOL §5.3. */
export function mayHaveArrived(error: unknown): boolean {
  return error instanceof Problem && (error.status === 0 || error.type === "bad-answer" || (error.status >= 500 && error.type !== "closed"));
}

/** Why a message was not sent. */
export function whyNotSent(error: unknown, callUs: string): string {
  if (error instanceof BadContinuation) {
    return gettext(
      "The helpline’s server sent something different from what you saw here, so your message was not sent. This may be a trick. {kept} Do not send it again. Please {call_us}.",
      { kept: kept(), call_us: callUs },
    );
  }
  if (error instanceof BadDates) return `${wrongDate(callUs)} ${kept()}`;
  if (error instanceof ProtocolError)
    return gettext("We could not make sure who would read your message, so it was not sent. {kept} Please {call_us}.", { kept: kept(), call_us: callUs });
  if (!(error instanceof Problem)) return gettext("Something on this page went wrong, and your message has not been sent. {kept}", { kept: kept() });
  if (error.type === "unreachable")
    return gettext("We could not reach the helpline. {kept} Check that you are online, then press “Try again”.", { kept: kept() });
  if (error.type === "timed-out")
    return gettext("The helpline did not answer in time. {kept} Press “Try again”. Your message will not arrive twice.", { kept: kept() });
  if (error.type === "closed")
    return gettext("Nobody can read messages right now, so we did not take yours. {kept} Please {call_us}, or try again later.", {
      kept: kept(),
      call_us: callUs,
    });
  if (error.type === "epoch-changed") {
    return gettext("The helpline has new keys, and different counsellors may read what you write. Check who they are now, then press “Try again”. {kept}", {
      kept: kept(),
    });
  }
  if (error.type === "blocked") {
    return gettext(
      "You cannot write to us until {time}. You can still read what is here, and delete it. {kept} If you need help before then, please {call_us}.",
      {
        time: untilWords(error),
        kept: kept(),
        call_us: callUs,
      },
    );
  }
  if (error.type === "too-many")
    return gettext("Fifty of your messages are waiting for an answer. Wait for a reply before you send more. {kept}", { kept: kept() });
  if (error.type === "work-wanted" || error.type === "too-fast") {
    return gettext("We are very busy right now, and your message has not been sent yet. {kept} Wait a minute, then press “Try again”.", { kept: kept() });
  }
  if (error.type === "inbox-exists") {
    return gettext("An earlier message from this page did arrive. To send this one too, copy it, then choose “Your reply” and type your eight words. {kept}", {
      kept: kept(),
    });
  }
  if (error.status >= 500)
    return gettext("Something went wrong at the helpline. It is our fault. {kept} Press “Try again”. Your message will not arrive twice.", { kept: kept() });
  return gettext("The helpline could not take your message. It is our fault. {kept} Try again, or {call_us}.", { kept: kept(), call_us: callUs });
}

/** Why no key was made of the words. */
export function whyNoKey(error: unknown, callUs: string): string {
  if (error instanceof NotTheSameKey) {
    return gettext(
      "Your browser made two different keys from the same words. So nothing was sent: your words might not have opened our reply. Try again, or use another browser or device, or {call_us}.",
      { call_us: callUs },
    );
  }
  return gettext("Your browser could not make the key. Close your other pages and try again.");
}

/** The epochs do not go on from the one that this very page was signed with. */
function oldKeys(callUs: string): string {
  return gettext(
    "The helpline’s server gave keys that are no longer in use. This may be a trick, so nothing is shown or sent. Load this page again. If it says so again, please {call_us}.",
    { call_us: callUs },
  );
}

/** Why a conversation did not open, or a question to the helpline had no answer. */
export function whyNotOpened(error: unknown, callUs: string): string {
  if (error instanceof OlderChain) return oldKeys(callUs);
  if (error instanceof BadContinuation)
    return gettext(
      "The helpline’s server sent a different conversation from the one you read here before. This may be a trick, so we do not show it. Please {call_us}.",
      { call_us: callUs },
    );
  if (error instanceof BadDates) return wrongDate(callUs);
  if (error instanceof KeyNotMade) return gettext("Your browser could not make the key. Close your other pages and try again.");
  if (error instanceof ProtocolError) return gettext("We could not check your conversation, so we do not show it. Please {call_us}.", { call_us: callUs });
  if (error instanceof NotTheSameKey)
    return gettext(
      "Your browser made two different keys from the same words. Your words may still be right. Try again, or use another browser or device, or {call_us}.",
      { call_us: callUs },
    );
  if (!(error instanceof Problem)) return gettext("Something on this page went wrong. Load it again, or {call_us}.", { call_us: callUs });
  if (error.type === "no-inbox") {
    const check = gettext(
      "These words do not open a conversation. Check them against what you wrote down, and check the order. A conversation that has been deleted cannot be opened.",
    );
    return `${check} ${gettext("Or the message with these words may never have been sent. If so, write to us again. You will get new words.")}`;
  }
  if (error.type === "too-fast") return gettext("You have tried many times in a short time. Wait a minute, then try again.");
  if (error.status === 0) return gettext("We could not reach the helpline. Check that you are online, then try again.");
  return gettext("Something went wrong at the helpline. It is our fault. Try again in a few minutes.");
}

/** Why nobody can write now. */
export function whyNoDesk(error: unknown, callUs: string): string {
  if (error instanceof OlderChain) return oldKeys(callUs);
  if (error instanceof Problem && error.type === "closed")
    return gettext("We cannot take messages right now, because nobody could read them. Please {call_us}.", { call_us: callUs });
  if (error instanceof Problem && error.status === 0) return gettext("We could not reach the helpline. Check that you are online, then try again.");
  if (error instanceof BadDates) return wrongDate(callUs);
  if (error instanceof NotLoaded) return notLoaded(callUs);
  if (error instanceof ProtocolError)
    return gettext("We could not make sure who would read your message. Do not write now. Please {call_us}.", { call_us: callUs });
  return gettext("Something went wrong here, and we cannot take a message now. Please {call_us}, or try again in a few minutes.", { call_us: callUs });
}

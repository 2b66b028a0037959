/** What went wrong, in words that say what to do. The server's own sentences are never shown. PURE. */

import { BadContinuation, BadDates, ProtocolError } from "../../protocol/index.ts";
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
  return gettext("Your device’s date says {date}. If that is wrong, set it right and try again. If it is right, do not write now. Please {call_us}.", {
    date: deviceDate(),
    call_us: callUs,
  });
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
      "The helpline’s server answered with something else than what you had seen here, so your message was not sent. It may be a trick. {kept} Do not send it again. Please {call_us}.",
      { kept: kept(), call_us: callUs },
    );
  }
  if (error instanceof BadDates) return `${wrongDate(callUs)} ${kept()}`;
  if (error instanceof ProtocolError)
    return gettext("We could not make sure who would read your message, so it was not sent. {kept} Please {call_us}.", { kept: kept(), call_us: callUs });
  if (!(error instanceof Problem)) return gettext("Something in this page broke, and your message is not sent. {kept}", { kept: kept() });
  if (error.type === "unreachable")
    return gettext("We could not reach the helpline. {kept} Check that you are online, then press “Try again”.", { kept: kept() });
  if (error.type === "timed-out") return gettext("The helpline did not answer in time. {kept} Press “Try again”. It will not arrive twice.", { kept: kept() });
  if (error.type === "closed")
    return gettext("Nobody could read a message right now, so we did not take it. {kept} Please {call_us}, or try again later.", {
      kept: kept(),
      call_us: callUs,
    });
  if (error.type === "epoch-changed") {
    return gettext("The desk has new keys, and other counsellors may read what you write. Look at who they are now; then press “Try again”. {kept}", {
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
    return gettext("Fifty of your messages wait for an answer. Please wait for a reply before you send more. {kept}", { kept: kept() });
  if (error.type === "work-wanted" || error.type === "too-fast") {
    return gettext("We are very busy right now, and your message is not sent yet. {kept} Wait a minute, then press “Try again”.", { kept: kept() });
  }
  if (error.type === "inbox-exists") {
    return gettext(
      "An earlier message from this page had arrived after all. To send this one too, copy it, then choose “Your reply” and use your eight words. {kept}",
      { kept: kept() },
    );
  }
  if (error.status >= 500)
    return gettext("Something broke at the helpline. It is our fault. {kept} Press “Try again”. It will not arrive twice.", { kept: kept() });
  return gettext("The helpline could not take your message. It is our fault. {kept} Try again, or {call_us}.", { kept: kept(), call_us: callUs });
}

/** Why no key was made of the words. */
export function whyNoKey(error: unknown, callUs: string): string {
  if (error instanceof NotTheSameKey) {
    return gettext(
      "Your browser made two different keys of the same words. So nothing was sent: your words might not have opened the reply. Try again, or use another browser or device, or {call_us}.",
      { call_us: callUs },
    );
  }
  return gettext("Your browser could not make the key. Close other pages and try again.");
}

/** Why a conversation did not open, or a question to the helpline had no answer. */
export function whyNotOpened(error: unknown, callUs: string): string {
  if (error instanceof BadContinuation)
    return gettext(
      "The helpline’s server answered with another conversation than the one that you had read here. It may be a trick, and we do not show it. Please {call_us}.",
      { call_us: callUs },
    );
  if (error instanceof BadDates) return wrongDate(callUs);
  if (error instanceof KeyNotMade) return gettext("Your browser could not make the key. Close other pages and try again.");
  if (error instanceof ProtocolError) return gettext("We could not check your conversation, so we do not show it. Please {call_us}.", { call_us: callUs });
  if (error instanceof NotTheSameKey)
    return gettext(
      "Your browser made two different keys of the same words. They may be right all the same. Try again, or use another browser or device, or {call_us}.",
      { call_us: callUs },
    );
  if (!(error instanceof Problem)) return gettext("Something in this page broke. Load it again, or {call_us}.", { call_us: callUs });
  if (error.type === "no-inbox") {
    const check = gettext(
      "These words open no conversation. Check them against what you wrote down, and check their order. A conversation that was deleted cannot be opened.",
    );
    return `${check} ${gettext("Or the message with these words was never sent. Then write to us again, and you get new words.")}`;
  }
  if (error.type === "too-fast") return gettext("You have asked many times in a short time. Wait a minute, then try again.");
  if (error.status === 0) return gettext("We could not reach the helpline. Check that you are online, then try again.");
  return gettext("Something broke at the helpline. It is our fault. Please try again in a few minutes.");
}

/** Why nobody can write now. */
export function whyNoDesk(error: unknown, callUs: string): string {
  if (error instanceof Problem && error.type === "closed")
    return gettext("We cannot take messages right now, because nobody could read them. Please {call_us}.", { call_us: callUs });
  if (error instanceof Problem && error.status === 0) return gettext("We could not reach the helpline. Check that you are online, then try again.");
  if (error instanceof BadDates) return wrongDate(callUs);
  if (error instanceof ProtocolError)
    return gettext("We could not make sure who would read your message. Do not write now. Please {call_us}.", { call_us: callUs });
  return gettext("Something broke here, and we cannot take a message now. Please {call_us}, or try again in a few minutes.", { call_us: callUs });
}

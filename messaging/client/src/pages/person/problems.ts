/** What went wrong, in words that say what to do. The server's own sentences are never shown. PURE. */

import { ProtocolError } from "../../protocol/index.ts";
import { Problem } from "../../transport/index.ts";

const KEPT = "It is still here, on this page.";

/** Whether the server may have taken the message although no answer came: then the very same bytes go again, PROTOCOL §5.3. */
export function mayHaveArrived(error: unknown): boolean {
  return error instanceof Problem && (error.status === 0 || error.type === "bad-answer" || (error.status >= 500 && error.type !== "closed"));
}

/** Why a message was not sent. */
export function whyNotSent(error: unknown, callUs: string): string {
  if (error instanceof ProtocolError) return `We could not make sure who would read your message, so it was not sent. ${KEPT} Please ${callUs}.`;
  if (!(error instanceof Problem)) return `Something in this page broke, and your message is not sent. ${KEPT}`;
  if (error.type === "unreachable") return `We could not reach the helpline. ${KEPT} Check that you are online, then press “Try again”.`;
  if (error.type === "timed-out") return `The helpline did not answer in time. ${KEPT} Press “Try again”. It will not arrive twice.`;
  if (error.type === "closed") return `Nobody could read a message right now, so we did not take it. ${KEPT} Please ${callUs}, or try again later.`;
  if (error.type === "epoch-changed") {
    return `The desk has new keys, and other counsellors may read what you write. Look at who they are now; then press “Try again”. ${KEPT}`;
  }
  if (error.type === "too-many") return `Fifty of your messages wait for an answer. Please wait for a reply before you send more. ${KEPT}`;
  if (error.type === "inbox-exists") {
    return `An earlier message from this page had arrived after all. To send this one too, copy it, then choose “Read your reply” and use your eight words. ${KEPT}`;
  }
  if (error.status >= 500) return `Something broke at the helpline. It is our fault. ${KEPT} Press “Try again”. It will not arrive twice.`;
  return `The helpline could not take your message. It is our fault. ${KEPT} Try again, or ${callUs}.`;
}

/** Why a conversation did not open, or a question to the helpline had no answer. */
export function whyNotOpened(error: unknown, callUs: string): string {
  if (error instanceof ProtocolError) return `We could not check your conversation, so we do not show it. Please ${callUs}.`;
  if (!(error instanceof Problem)) return `Something in this page broke. Load it again, or ${callUs}.`;
  if (error.type === "no-inbox") {
    return "These words open no conversation. Check them against what you wrote down, and check their order. A conversation that was deleted cannot be opened.";
  }
  if (error.status === 0) return "We could not reach the helpline. Check that you are online, then try again.";
  return "Something broke at the helpline. It is our fault. Please try again in a few minutes.";
}

/** Why nobody can write now. */
export function whyNoDesk(error: unknown, callUs: string): string {
  if (error instanceof Problem && error.type === "closed") return `We cannot take messages right now, because nobody could read them. Please ${callUs}.`;
  if (error instanceof Problem && error.status === 0) return "We could not reach the helpline. Check that you are online, then try again.";
  if (error instanceof ProtocolError) return `We could not make sure who would read your message. Do not write now. Please ${callUs}.`;
  return `Something broke here, and we cannot take a message now. Please ${callUs}, or try again in a few minutes.`;
}

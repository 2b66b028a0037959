/** Every warning of PROTOCOL §5.2, in words for the person: what happened, and what to do. PURE. */

import type { WarningName } from "../../protocol/index.ts";
import { gettext } from "../parts/gettext.ts";

/** `mine`: about what the person wrote; else about a reply. */
export const WARNINGS: Readonly<Record<WarningName, (mine: boolean) => string>> = {
  altered: (mine) =>
    mine
      ? gettext("This message of yours was changed on its way, so we do not show it. Write it again, or call us.")
      : gettext("This reply was changed on its way, or is not from us. We do not show it. Write and ask us to send it again, or call us."),
  "out-of-order": () => gettext("A message here is missing, is here twice or is in the wrong place. Do not rely on the order. If you are not sure, call us."),
  "older-epoch": (mine) =>
    mine
      ? gettext("This message was locked with an old key. It may be a trick, so we do not show it. If you wrote it, write it again.")
      : gettext("This reply was locked with an old key. It may be a trick, so we do not show it. Write and tell us, or call us."),
  "unknown-writer": () =>
    gettext("This reply is signed by someone we do not know, so we do not show it. It may not be from us. Call us before you write anything private."),
  "bad-opening": (mine) =>
    mine
      ? gettext("We could not make sure who can read this message of yours, so we do not show it. Write it again, or call us.")
      : gettext("We could not make sure who can read this reply, so we do not show it. Write and ask us to send it again, or call us."),
  missing: (mine) =>
    mine
      ? gettext("Something is missing here. A message that you sent is no longer in the conversation. Write it again, or call us.")
      : gettext("Something is missing here. A reply that was sent to you is no longer in the conversation. Write and ask us to send it again, or call us."),
  "not-seen": (mine) =>
    mine
      ? gettext("These two replies were written without one of your messages. It may have been kept from us. Please write it again.")
      : gettext("You wrote twice without one of our replies. It may have been kept from you. Please read it now."),
  "not-vouched": () =>
    gettext(
      "The message above has your name on it. Our check says that it was not written with your words. If you did not write it, write and tell us, or call us.",
    ),
  late: () =>
    gettext("The message above has your name on it. It came with an old key, after a newer reply. If you did not write it, write and tell us, or call us."),
};

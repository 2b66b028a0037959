/** Other people could read a first message than those who were named before: the person is told before anything is sealed for them (PROTOCOL §5.4). */

import { type Desk, deskFollows, sameReaders } from "../../protocol/index.ts";
import { element } from "../parts/element.ts";
import { gettext } from "../parts/gettext.ts";
import { readersInWords } from "./page.ts";

/** Whether `next` may be sealed for by itself; otherwise `place` says what changed. Throws for an older desk, or another of the same number. */
export function mayGoOn(before: Desk, next: Desk, place: HTMLElement): boolean {
  if (deskFollows(before, next) && sameReaders(before, next)) return true;
  const readers = readersInWords(next);
  const sameNames = before.names.join("\n") === next.names.join("\n");
  const words = sameNames
    ? gettext(
        "The counsellors’ keys changed while you were writing. The names are the same, but we cannot tell if the people are. Who can read it now: {readers}",
        { readers },
      )
    : gettext("The counsellors who could read your message changed while you were writing. Who can read it now: {readers}", { readers });
  place.replaceChildren(element("p", {}, words));
  place.hidden = false;
  return false;
}

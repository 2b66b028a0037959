/** What the page says of a message that is kept to be finished later: it promises something, so it stands in this script and in no page. */

import { Problem } from "../../transport/index.ts";
import { element } from "../parts/element.ts";
import { gettext } from "../parts/gettext.ts";
import { dateWords } from "../parts/moments.ts";

/** Beside the button, before it is pressed. */
export function keepingWords(): string {
  return gettext("We keep it for seven days, locked so that only your eight words open it. It is not sent, and nobody here can read it.");
}

/** Says in `place` that it is kept until `date`, and moves the focus there. */
export function sayKept(place: HTMLElement, date: string, ...more: readonly HTMLElement[]): void {
  const heading = element("h2", { tabindex: -1 }, gettext("It is kept, and not sent"));
  place.replaceChildren(
    heading,
    element(
      "p",
      {},
      gettext("We delete it on {day}, if you have not sent it by then. To go on, choose “Your reply” and type your eight words.", { day: dateWords(date) }),
    ),
    element("p", {}, gettext("You can leave this page now. “Exit this page” loses nothing.")),
    ...more,
  );
  place.hidden = false;
  heading.focus();
}

/** What is said of a message that was begun and kept before. */
export function begunWords(date: string): string {
  return gettext("You kept this, and it has not been sent. We delete it on {day}, if you do not send it.", { day: dateWords(date) });
}

/** Says in `place` that what stands in the box was kept before. */
export function sayBegun(place: HTMLElement, date: string): void {
  place.replaceChildren(element("p", {}, begunWords(date)));
  place.hidden = false;
}

/** Why it is not kept. */
export function whyNotKept(error: unknown): string {
  const kept = gettext("What you wrote is still here, on this page.");
  if (error instanceof Problem && error.status === 0)
    return gettext("We could not reach the helpline, so it is not kept yet. {kept} Check that you are online, then try again.", { kept });
  return gettext("Something went wrong at the helpline, and it is not kept yet. It is our fault. {kept} Try again in a few minutes.", { kept });
}

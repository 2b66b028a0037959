/** Who is at the desk, and who else can read what is written now: or what is missing. */

import type { OpenDesk } from "../../protocol/index.ts";
import { joined } from "../parts/dom.ts";
import { element } from "../parts/element.ts";
import { dayWords } from "./certificate.ts";
import { TROUBLES } from "./warning_words.ts";

/** Days before the end of an epoch from which a key-holder is asked to open the next one (PROTOCOL §2.15). */
const ASK_FROM = 10;

export function aboutParts({ desk, troubles, cannotRead, waiting, keyHolder }: OpenDesk, name: string, today: number): HTMLElement[] {
  const readers = withoutOnce(desk?.names ?? [], cannotRead);
  return [
    element("p", { class: "desk-about__who" }, "Open for ", element("strong", {}, name)),
    ...(readers.length > 0 && desk !== null ? [element("p", { class: "desk-quiet" }, `Epoch ${desk.epoch}, read by ${joined(readers)}`)] : []),
    ...troubles.map((trouble) =>
      element(
        "p",
        { class: "desk-message desk-message--error", "data-trouble": trouble },
        TROUBLES[trouble].replace("{names}", () => joined(cannotRead)),
      ),
    ),
    ...next(desk, waiting, keyHolder, today),
  ];
}

/** What this counsellor can do for the next epoch: confirm the newest that waits for them, or open it. */
function next(desk: OpenDesk["desk"], waiting: OpenDesk["waiting"], keyHolder: boolean, today: number): HTMLElement[] {
  const theirs = waiting.find(({ trouble, lastDay }) => trouble === null && lastDay >= today);
  const line = (words: string): HTMLElement =>
    element(
      "p",
      { class: "desk-message", "data-next-epoch": true },
      words,
      " ",
      element("a", { class: "govuk-link", href: "/desk/keys/" }, "Go to the page “Keys”"),
    );
  if (theirs !== undefined) return [line(`Epoch ${theirs.number}, which ${theirs.changes.openedBy} opened, waits for you to confirm it.`)];
  if (!keyHolder || waiting.length > 0 || desk === null || desk.lastDay - today > ASK_FROM) return [];
  return [line(`Epoch ${desk.epoch} ends on ${dayWords(desk.lastDay)}. Open the next one.`)];
}

/** The names without those that are left out, each taken away once: two people may have one name. */
function withoutOnce(names: readonly string[], leftOut: readonly string[]): string[] {
  const away = [...leftOut];
  return names.filter((name) => {
    const place = away.indexOf(name);
    if (place >= 0) away.splice(place, 1);
    return place < 0;
  });
}

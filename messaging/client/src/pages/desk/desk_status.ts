/** Who is at the desk, and who else can read what is written now: or what is missing. */

import type { OpenDesk } from "../../protocol/index.ts";
import { joined } from "../parts/dom.ts";
import { element } from "../parts/element.ts";
import { TROUBLES } from "./messages_for_errors.ts";

export function aboutParts({ desk, troubles, cannotRead }: OpenDesk, name: string): HTMLElement[] {
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
  ];
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

/** Who is at the desk, and who else can read what is written now: or what is missing. */

import type { OpenDesk } from "../../protocol/index.ts";
import { joined } from "../parts/dom.ts";
import { element } from "../parts/element.ts";
import { TROUBLES } from "./messages_for_errors.ts";

export function aboutParts({ desk, troubles, cannotRead }: OpenDesk, name: string): HTMLElement[] {
  const names = desk?.names ?? [];
  return [
    element("p", { class: "desk-about__who" }, "Open for ", element("strong", {}, name)),
    ...(names.length > 0 && desk !== null ? [element("p", { class: "desk-quiet" }, `Epoch ${desk.epoch}, read by ${joined(names)}`)] : []),
    ...troubles.map((trouble) => {
      const who = trouble === "somebody-cannot-read" ? `Left out: ${joined(cannotRead)}. ` : "";
      return element("p", { class: "desk-message desk-message--error", "data-trouble": trouble }, who, TROUBLES[trouble]);
    }),
  ];
}

/** In a live talk a colleague's new note stands where one writes, until it was read: never on the person's page, as no note is (PROTOCOL §6). */

import type { ReadNote } from "../../protocol/index.ts";
import { element } from "../parts/element.ts";
import { button } from "./dom.ts";

export class Whisper {
  readonly place = element("div", { role: "status" });

  /** Those that could be opened; the others are among the notes, with a warning. */
  say(fresh: readonly ReadNote[]): void {
    for (const { writer, text, warnings } of fresh) {
      if (text === null || writer === null || warnings.length > 0) continue;
      const said = element(
        "div",
        { class: "desk-message desk-whisper", translate: "no" },
        element("p", {}, element("strong", {}, `Note from ${writer}, for you alone. `), "The person does not see it."),
        element("p", { class: "desk-note__text", dir: "auto" }, text),
        button("I have read the note", "secondary", () => said.remove()),
      );
      this.place.append(said);
    }
  }

  clear(): void {
    this.place.replaceChildren();
  }
}

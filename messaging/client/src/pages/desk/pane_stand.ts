/** Where a conversation stands on the page: in front, to be written in; beside another, to be read; or nowhere. */

import { element } from "../parts/element.ts";
import { shortName } from "./conversation_lines.ts";
import { button } from "./dom.ts";

/** `front` is the one that is written in, `beside` is read next to it, and `away` is nowhere on the page. */
export type Stand = "front" | "beside" | "away";

export class PaneStand {
  readonly place = element("section", { class: "desk-pane" });
  readonly heading: HTMLElement;
  readonly messages = element("div", { class: "desk-pane__messages" }, element("p", { class: "desk-quiet" }, "Opening the conversation…"));
  readonly #write: HTMLElement;
  readonly #scrolled: Readonly<Record<string, string>>;
  #whole: readonly HTMLElement[] = [];
  #here: HTMLElement | null = null;
  #stand: Stand = "front";

  /** `front` is called by who wants to write in it. */
  constructor(conversation: string, front: () => void) {
    const name = shortName(conversation);
    this.heading = element("h2", { class: "govuk-heading-m", tabindex: "-1" }, `Conversation ${name}`);
    this.#scrolled = { tabindex: "0", role: "group", "aria-label": `What was written in ${name}` };
    this.#write = button(`Write in ${name}`, "secondary", front);
  }

  /** What stands in it while it is written in, and of that who is there, which is seen beside another too. */
  fill(whole: readonly HTMLElement[], here: HTMLElement): void {
    [this.#whole, this.#here] = [whole, here];
    this.#arrange();
  }

  /** Whether anyone could see it. */
  readonly isInSight = (): boolean => this.place.isConnected && this.place.checkVisibility();

  /** Puts it so; the caller puts its place on the page. */
  stands(where: Stand): void {
    if (where === this.#stand) return;
    this.#stand = where;
    this.#arrange();
  }

  /** Moves the focus to its heading; never away from another one that is written in. */
  focus(): void {
    if (this.#stand === "front") this.heading.focus();
  }

  /** Beside another there is room for the newest messages. */
  showNewest(): void {
    if (this.#stand === "beside") this.messages.scrollTop = this.messages.scrollHeight;
  }

  /** Takes every word out of the page. */
  clear(): void {
    this.place.replaceChildren();
  }

  /** But in front no box of it is on the page: no letter can fall into one, and no two things there have one name. */
  #arrange(): void {
    const isFront = this.#stand === "front";
    const parts = isFront || this.#here === null ? this.#whole : [this.heading, this.messages, this.#here, this.#write];
    this.place.replaceChildren(...parts);
    this.place.classList.toggle("desk-pane--beside", !isFront);
    this.heading.id = isFront ? "conversation" : "conversation-beside";
    this.place.setAttribute("aria-labelledby", this.heading.id);
    // There the messages are scrolled, by the keyboard too.
    for (const [name, value] of Object.entries(this.#scrolled))
      if (isFront) this.messages.removeAttribute(name);
      else this.messages.setAttribute(name, value);
    this.showNewest();
  }
}

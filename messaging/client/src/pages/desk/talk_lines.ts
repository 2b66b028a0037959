/** The live talks that one has, each a line at the top of the window: its time, what is new in it, and what the person does. It leads there. */

import type { TalkLine } from "../../protocol/index.ts";
import { now, timeWords } from "../parts/clock.ts";
import { element } from "../parts/element.ts";
import { shortName } from "./conversation_lines.ts";
import { button } from "./dom.ts";
import { type Glance, glanceWords } from "./there_words.ts";

export interface LinesContext {
  readonly choose: (conversation: string) => Promise<void>;
  readonly glance: (conversation: string) => Glance | null;
  /** Whether it is the one that is written in. */
  readonly isFront: (conversation: string) => boolean;
  readonly end: (pressed: HTMLButtonElement, conversation: string) => void;
}

export class TalkLines {
  readonly place = element("div", { class: "desk-talks" });
  readonly #around: LinesContext;
  readonly #quiet = element("p", { class: "desk-message desk-talks__quiet", role: "status", hidden: true });
  #lines = new Map<string, Line>();

  constructor(around: LinesContext) {
    this.#around = around;
    this.place.append(this.#quiet);
  }

  /** What the server says. A line that stands already stays as it is: a button must not go away under someone's finger. */
  draw(talks: readonly TalkLine[], quietUntil: string | null): void {
    const lines = new Map(talks.map((talk) => [talk.conversation, this.#lines.get(talk.conversation) ?? new Line(talk, this.#around)]));
    for (const [conversation, line] of this.#lines) if (!lines.has(conversation)) line.place.remove();
    for (const talk of talks) {
      const line = lines.get(talk.conversation);
      if (line === undefined) continue;
      line.talk = talk;
      if (!line.place.isConnected) this.#quiet.before(line.place);
    }
    this.#lines = lines;
    const rests = quietUntil !== null && Date.parse(quietUntil) > now();
    const words = rests ? `You are offered no live talk before ${timeWords(quietUntil)}. Use the time to write up the one that ended.` : "";
    if (this.#quiet.textContent !== words) this.#quiet.textContent = words;
    this.#quiet.hidden = words === "";
    this.tick();
  }

  /** A second has passed. */
  tick(): void {
    for (const line of this.#lines.values()) line.draw();
  }
}

class Line {
  talk: TalkLine;
  readonly #around: LinesContext;
  readonly #said = element("span", { class: "desk-talk__said" });
  readonly #open: HTMLButtonElement;
  readonly place: HTMLElement;

  constructor(talk: TalkLine, around: LinesContext) {
    [this.talk, this.#around] = [talk, around];
    const { conversation } = talk;
    const name = shortName(conversation);
    this.#open = button(`Live talk ${name}`, "secondary", () => void around.choose(conversation));
    const end: HTMLButtonElement = button("End", "quiet", () => around.end(end, conversation));
    end.append(element("span", { class: "govuk-visually-hidden" }, ` the talk ${name}`));
    this.place = element("div", { class: "desk-message desk-talk" }, this.#open, this.#said, end);
  }

  draw(): void {
    const { since, unread, idle, closes_at: closes, conversation } = this.talk;
    const glance = this.#around.glance(conversation);
    const said = [
      `${Math.max(0, Math.floor((now() - Date.parse(since)) / 60_000))} min`,
      ...(glance === null ? [unread > 0 ? (unread === 1 ? "1 new message" : `${unread} new messages`) : ""] : glanceWords(glance)),
      idle ? "nobody has written for ten minutes: it soon becomes a message" : "",
      closes === null ? "" : `live talk closes: this one has to end by ${timeWords(closes)}`,
    ];
    const words = said.filter((one) => one !== "").join(" · ");
    if (this.#said.textContent !== words) this.#said.textContent = words;
    const isFront = this.#around.isFront(conversation);
    this.place.classList.toggle("desk-talk--front", isFront);
    if (isFront) this.#open.setAttribute("aria-current", "true");
    else this.#open.removeAttribute("aria-current");
    this.place.classList.toggle("desk-talk--new", (glance === null ? unread : glance.unread) > 0);
  }
}

/**
 * Whether the person is there at this moment, while they are shown the same of the counsellor who has their conversation (PROTOCOL §12).
 *
 * In a live talk that begins by itself. In any other conversation it takes a press: a thread that stands open promises nobody an answer.
 */

import { type Direction, FROM_DESK, FROM_PERSON } from "../../protocol/encoding.ts";
import { type ConversationAnswer, decode, desksPulseKeys, type Thread } from "../../protocol/index.ts";
import { AWAY, LEAVING, MOMENT, type Presence, PulseTalk, TYPING } from "../../protocol/pulses.ts";
import { LiveLine } from "../../transport/live.ts";
import { liveAddress } from "../../transport/live_address.ts";
import { BEAT, Typing } from "../../transport/typing.ts";
import { element } from "../parts/element.ts";
import { shortName } from "./conversation_lines.ts";
import { button } from "./dom.ts";
import type { PaneContext } from "./pane_context.ts";
import { type Glance, readWords, type Standing, spokenWords, thereWords } from "./there_words.ts";

/** Beats that two pages take to find each other: nobody is said to be absent before. */
const MEETS = 6;
/** Milliseconds: looking at another talk for less is not being away. */
const ELSEWHERE = 10_000;

export class PersonThere {
  readonly place = element("div", { class: "desk-there", role: "group", hidden: true });
  readonly #who = element("p", { class: "desk-there__who" });
  readonly #spoken = element("p", { class: "govuk-visually-hidden", role: "status" });
  readonly #moment = button("I need a moment", "quiet", () => this.#press(!this.#needsMoment), { "aria-pressed": "false" });
  readonly #shows = button("Show that I am here", "quiet", () => this.#switch());
  readonly #around: PaneContext;
  readonly #conversation: string;
  readonly #deafen: () => void;
  #thread: Thread | null = null;
  #isMine = false;
  /** Whether a press has the person shown that someone is here. */
  #chosen = false;
  #line: LiveLine | null = null;
  #talk: PulseTalk | null = null;
  #hasKeys = false;
  #liveSince = 0;
  #isLeaving = false;
  readonly #typing = new Typing();
  readonly #isInSight: () => boolean;
  #needsMoment = false;
  #shown = 0;
  /** When the conversation was last in sight, and when the person last wrote or was seen to write. */
  #seenAt = performance.now();
  #heardAt = performance.now();
  #newest = 0;
  #told: string;

  /** `isInSight`: whether the conversation stands where the counsellor sees it. */
  constructor(around: PaneContext, conversation: string, isInSight: () => boolean) {
    [this.#around, this.#conversation, this.#isInSight] = [around, conversation, isInSight];
    this.place.setAttribute("aria-label", `The person in ${shortName(conversation)}`);
    this.#told = spokenWords("off", null);
    this.#deafen = around.talks.listen(() => this.#settle());
    this.place.append(this.#who, this.#spoken, element("div", { class: "desk-bar__buttons" }, this.#moment, this.#shows));
  }

  /** The thread was read: whose it is may be new, and so may the keys. */
  fit({ assigned_to: holder, state }: ConversationAnswer, thread: Thread): void {
    this.#thread = thread;
    this.#isMine = holder === this.#around.page.name && (state === "assigned" || state === "answered");
    const newest = newestOf(thread, FROM_PERSON);
    if (newest > this.#newest) this.#heardAt = performance.now();
    this.#newest = newest;
    this.#settle();
    void this.#renewKeys();
  }

  /** Something was typed into the reply. */
  typed(): void {
    this.#typing.note();
  }

  /** What another place of the page says of it in a few words. */
  glance(): Glance {
    const there = this.#there();
    if (there !== null && there.flags & TYPING) this.#heardAt = performance.now();
    this.#read();
    const unread = (this.#thread?.items ?? []).filter(
      (item) => item.kind === "message" && item.direction === FROM_PERSON && item.sequence > this.#shown,
    ).length;
    return { standing: this.#stands(there), there, unread, silent: performance.now() - this.#heardAt };
  }

  /** When what is ready is to be sent: with the next beat, or at once where there is no line. */
  nextBeat(): Promise<void> {
    return this.#line?.nextBeat() ?? Promise.resolve();
  }

  /** Nothing is sent or shown any more; the person's page has nobody within eight beats. */
  close(): void {
    this.#deafen();
    this.#hangUp();
    this.#isMine = false;
    this.#thread = null;
    this.place.hidden = true;
  }

  get #isTalk(): boolean {
    return this.#around.talks.has(this.#conversation);
  }

  #settle(): void {
    const shows = this.#isMine && this.#around.page.bell !== null && (this.#chosen || this.#isTalk);
    if (!this.#isMine) {
      this.#chosen = false;
      this.#hangUp();
    } else if (shows && (this.#line === null || this.#isLeaving)) this.#begin();
    else if (!shows) this.#leave();
    this.#draw();
  }

  #begin(): void {
    this.#hangUp();
    const talk = new PulseTalk(FROM_DESK, []);
    this.#line = new LiveLine(liveAddress(), {
      ticket: async (patience) => decode((await this.#around.page.api.liveTicket(this.#conversation, patience)).ticket),
      pulse: (beat) => talk.write(beat, this.#flags(), this.#read()),
      heard: async (beat, body) => {
        try {
          await talk.read(beat, body);
        } finally {
          this.#draw();
        }
      },
      // The desk's own bell says what is new, and without one the desk asks.
      look: () => Promise.resolve(false),
      became: (state) => {
        if (state === "live") this.#liveSince = this.#line?.now ?? 0;
        this.#draw();
      },
      beat: () => this.#draw(),
    });
    this.#talk = talk;
    void this.#renewKeys();
    this.#line.start();
  }

  async #renewKeys(): Promise<void> {
    const [talk, thread] = [this.#talk, this.#thread];
    if (talk === null || thread === null) return;
    const keys = await desksPulseKeys(this.#around.page.site, this.#around.desk(), thread).catch(() => []);
    // It was read again meanwhile, or is over.
    if (talk !== this.#talk || thread !== this.#thread) return;
    talk.changePartners(keys);
    this.#hasKeys = keys.length > 0;
    this.#draw();
  }

  #flags(): number {
    if (this.#isLeaving) return LEAVING;
    this.#read();
    const isAway = document.hidden || performance.now() - this.#seenAt > ELSEWHERE;
    return this.#typing.flag | (this.#needsMoment ? MOMENT : 0) | (isAway ? AWAY : 0);
  }

  /** What came while nobody looked at the conversation was not shown to anyone. */
  #read(): number {
    if (!document.hidden && this.#isInSight()) {
      this.#seenAt = performance.now();
      this.#shown = this.#newest;
    }
    return this.#shown;
  }

  #there(): Presence | null {
    return this.#line?.state === "live" ? (this.#talk?.there(this.#line.now) ?? null) : null;
  }

  /** The last beat says that it goes on as messages; then the line is put down. */
  #leave(): void {
    const line = this.#line;
    if (line === null || this.#isLeaving) return;
    this.#isLeaving = true;
    void line.nextBeat().then(() => window.setTimeout(() => line === this.#line && this.#hangUp(), BEAT / 2));
  }

  #hangUp(): void {
    this.#line?.stop();
    this.#line = this.#talk = null;
    this.#isLeaving = this.#hasKeys = false;
    this.#press(false);
  }

  #press(needsMoment: boolean): void {
    this.#needsMoment = needsMoment;
    this.#moment.setAttribute("aria-pressed", String(needsMoment));
  }

  #switch(): void {
    if (this.#line?.state === "elsewhere") return this.#line.takeBack();
    this.#chosen = !this.#chosen;
    this.#settle();
  }

  #stands(there: Presence | null): Standing {
    if (this.#line === null || this.#isLeaving) return this.#isTalk ? "unsure" : "off";
    const { state, now } = this.#line;
    if (state !== "live" || there !== null) return state;
    if (now - this.#liveSince < MEETS) return "joining";
    return this.#hasKeys ? "live" : "unsure";
  }

  #draw(): void {
    const hasHub = this.#around.page.bell !== null;
    this.place.hidden = !this.#isMine || !(hasHub || this.#isTalk);
    const there = this.#there();
    const standing = this.#stands(there);
    const words = `${thereWords(standing, there)} ${readWords(standing, there, newestOf(this.#thread, FROM_DESK))}`.trim();
    if (this.#who.textContent !== words) this.#who.textContent = words;
    this.#say(standing, spokenWords(standing, there));
    const isOn = this.#line !== null && !this.#isLeaving && standing !== "elsewhere";
    this.#moment.hidden = !isOn;
    this.#shows.hidden = !hasHub || (this.#isTalk && standing !== "elsewhere");
    const shows = standing === "elsewhere" ? "Show it from this tab" : isOn ? "Stop showing that I am here" : "Show that I am here";
    if (this.#shows.textContent !== shows) this.#shows.textContent = shows;
  }

  #say(standing: Standing, words: string): void {
    if (this.place.hidden || standing === "joining" || words === this.#told) return;
    this.#told = words;
    // With two talks it is said of which.
    this.#spoken.textContent = this.#around.talks.size > 1 ? `${shortName(this.#conversation)}: ${words}` : words;
  }
}

/** The greatest number among the messages of one side; 0 for none. */
function newestOf(thread: Thread | null, direction: Direction): number {
  return Math.max(0, ...(thread?.items ?? []).map((item) => (item.kind === "message" && item.direction === direction ? item.sequence : 0)));
}

/**
 * Live talks (PROTOCOL §8.10): the offer, which rings and is seen, and the talks that one has, each with its time and what is new in it.
 *
 * An unlocked desk asks every few seconds, seen or not: so it counts as there. The page shows one conversation at a time; each talk keeps
 * its line at the top of the window, with what is unread, and one press leads to it.
 */

import type { TalkOffer, TalksAnswer } from "../../protocol/index.ts";
import { now } from "../parts/clock.ts";
import { element } from "../parts/element.ts";
import { shortName } from "./conversation_lines.ts";
import { busy, button, Status } from "./dom.ts";
import { HeldTalks } from "./held_talks.ts";
import { failureWords } from "./messages_for_errors.ts";
import type { Notifier } from "./notifier.ts";
import type { DeskPage } from "./page.ts";
import { TalkLines } from "./talk_lines.ts";
import type { Glance } from "./there_words.ts";
import { showInTitle, type Waits } from "./waiting_counts.ts";

const EVERY = 5_000;
/** What the bell tells of needs no asking, and the server still knows who is there. */
const EVERY_TOLD = 10_000;
const SOON = 500;
const RING_EVERY = 4_000;
const RINGS_FOR = 30;
/** Milliseconds for which news stand in the way of what is below them. */
const TOLD_FOR = 20_000;

export interface TalksContext {
  readonly page: DeskPage;
  /** Shows the conversation. */
  readonly choose: (conversation: string) => Promise<void>;
  /** What is seen of the person in it; null while it is not open here. */
  readonly glance: (conversation: string) => Glance | null;
  /** Whether it is the one that is written in. */
  readonly isFront: (conversation: string) => boolean;
  /** Something changed that the lists show. */
  changed(): void;
  /** Rings as the counsellor has chosen to be called. */
  readonly notifier: Notifier;
}

export class Talks {
  /** The offer is said at once. */
  readonly #offer = element("div", { role: "alert" });
  readonly #lines: TalkLines;
  readonly #status = new Status();
  readonly #aloud = element("p", { class: "govuk-visually-hidden", role: "status" });
  readonly #here = element("input", { type: "checkbox", class: "govuk-checkboxes__input", id: "takes-talks", checked: true });
  /** Stands beside one's own work. */
  readonly choice = element(
    "div",
    { class: "govuk-checkboxes govuk-checkboxes--small desk-takes-talks", hidden: true },
    element(
      "div",
      { class: "govuk-checkboxes__item" },
      this.#here,
      element("label", { class: "govuk-label govuk-checkboxes__label", for: "takes-talks" }, "Offer me live talks"),
    ),
  );
  /** Those of one's own. */
  readonly held = new HeldTalks();
  readonly place = element("div", { class: "desk-live" });
  readonly #around: TalksContext;
  #answer: TalksAnswer | null = null;
  #waits: Waits | null = null;
  #offered = "";
  #timer = 0;
  #second = 0;
  #rang = 0;
  #running = false;
  #looksSoon = false;
  #isTaking = false;
  #deafen: (() => void) | undefined;

  constructor(around: TalksContext) {
    this.#around = around;
    this.#lines = new TalkLines({ ...around, end: (pressed, conversation) => void this.#end(pressed, conversation) });
    this.place.append(this.#offer, this.#lines.place, this.#status.place, this.#aloud);
    this.#here.addEventListener("change", () => void this.now());
  }

  async start(): Promise<void> {
    if (this.#running || !this.#around.page.talks) return;
    this.#running = true;
    this.choice.hidden = false;
    this.#second = window.setInterval(() => this.#tick(), 1_000);
    // Without a bell the next look finds it.
    this.#deafen = this.#around.page.bell?.listen({ rung: () => this.#rung(), silent: () => undefined });
    await this.now();
  }

  /** A desk that locks says that nobody is there; one that cannot say it is missed half a minute later. */
  stop(): void {
    if (!this.#running) return;
    this.#running = false;
    window.clearTimeout(this.#timer);
    window.clearInterval(this.#second);
    this.#deafen?.();
    this.place.replaceChildren();
    void this.#around.page.api.talks(false).catch(() => undefined);
  }

  /** Another conversation stands in front. */
  turned(): void {
    this.#lines.tick();
  }

  /** The page's title: what waits, or null while nobody knows, and whether a talk is offered. */
  title(waits: Waits | null = this.#waits): void {
    this.#waits = waits;
    showInTitle(waits, this.#offered === "" ? 0 : 1);
  }

  /** Said at once, and stands beside the talks for a while, unless it `isSeen` elsewhere. */
  tell(words: string, isSeen = false): void {
    this.#aloud.textContent = isSeen ? words : "";
    if (isSeen) return;
    this.#status.say(words);
    const said = this.#status.place.textContent;
    window.setTimeout(() => this.#status.place.textContent === said && this.#status.clear(), TOLD_FOR);
  }

  /** Moves the focus to the offer; false where there is none. */
  focusOffer(): boolean {
    const take = this.#offer.querySelector<HTMLElement>("button");
    take?.focus();
    return take !== null;
  }

  /** It rings for much else: half a second takes what comes together, and more than two looks a second are never made. */
  #rung(): void {
    if (!this.#running || this.#looksSoon) return;
    this.#looksSoon = true;
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.now(), SOON);
  }

  /** Asks at once, and counts the seconds from then. */
  async now(): Promise<void> {
    window.clearTimeout(this.#timer);
    this.#looksSoon = false;
    if (!this.#running) return;
    const answer = await this.#around.page.api.talks(this.#here.checked).catch(() => null);
    window.clearTimeout(this.#timer);
    if (!this.#running) return;
    this.#timer = window.setTimeout(() => void this.now(), this.#around.page.bell?.isLive ? EVERY_TOLD : EVERY);
    if (answer !== null) this.#draw(answer);
  }

  #draw(answer: TalksAnswer): void {
    const given = this.#answer === null || this.#isTaking ? [] : answer.talks.filter(({ conversation }) => !this.held.has(conversation));
    this.#answer = answer;
    if (this.held.are(answer.talks.map((one) => one.conversation))) this.#around.changed();
    const [offer] = answer.offers;
    if ((offer?.conversation ?? "") !== this.#offered) {
      this.#offered = offer?.conversation ?? "";
      this.#offer.replaceChildren(...(offer === undefined ? [] : [this.#offerPart(offer)]));
      this.#rang = 0;
      this.title();
    }
    this.#lines.draw(answer.talks, answer.quiet_until);
    for (const { conversation } of given) {
      this.tell(`The live talk ${shortName(conversation)} is yours now: a colleague handed it over, or you took it over.`);
      this.#around.notifier.ringTalk();
    }
    this.#tick();
  }

  /** Who cannot hear the ring sees its time run out. */
  #tick(): void {
    this.#lines.tick();
    const [offer] = this.#answer?.offers ?? [];
    if (offer === undefined || this.#offered === "") return;
    const left = Math.max(0, Math.ceil((Date.parse(offer.until) - now()) / 1_000));
    const bar = this.#offer.querySelector("progress");
    if (bar !== null) bar.value = left;
    const said = this.#offer.querySelector("[data-left]");
    if (said !== null) said.textContent = `${left} seconds left`;
    if (left === 0) {
      this.#offered = "";
      this.#offer.replaceChildren();
      this.title();
      void this.now();
    } else if (Date.now() - this.#rang >= RING_EVERY) {
      this.#rang = Date.now();
      this.#around.notifier.ringTalk();
    }
  }

  #offerPart(offer: TalkOffer): HTMLElement {
    const whose = offer.yours ? "They are in a conversation that you have." : "";
    const take = button("Take it", "", () => void this.#take(take, offer.conversation), { "data-take": true });
    const pass = button("Let it pass", "secondary", () => void this.#pass(pass, offer.conversation));
    return element(
      "div",
      { class: "desk-message desk-offer" },
      element("p", {}, element("strong", {}, "Someone asks for a live talk."), ` Conversation ${shortName(offer.conversation)}. ${whose}`),
      // Said once; the seconds are seen.
      element(
        "p",
        { "aria-hidden": "true", class: "desk-offer__left" },
        element("progress", { max: RINGS_FOR, value: RINGS_FOR }),
        element("span", { "data-left": true }),
      ),
      element("div", { class: "desk-bar__buttons" }, take, pass),
    );
  }

  async #take(pressed: HTMLButtonElement, conversation: string): Promise<void> {
    await busy(pressed, "Taking it…", async () => {
      this.#isTaking = true;
      try {
        await this.#around.page.api.takeTalk(conversation);
        this.#status.clear();
        await this.now();
        await this.#around.choose(conversation);
      } catch (error) {
        this.#status.warn(failureWords("The live talk could not be taken", error));
        await this.now();
      } finally {
        this.#isTaking = false;
      }
    });
  }

  async #pass(pressed: HTMLButtonElement, conversation: string): Promise<void> {
    await busy(pressed, "Passing it on…", async () => {
      await this.#around.page.api.declineTalk(conversation).catch((error: unknown) => {
        this.#status.warn(failureWords("The live talk could not be passed on", error));
      });
      await this.now();
    });
  }

  async #end(pressed: HTMLButtonElement, conversation: string): Promise<void> {
    await busy(pressed, "Ending it…", async () => {
      try {
        await this.#around.page.api.endTalk(conversation);
        this.#status.say("The talk has ended. The conversation stays yours: answer what is left, leave a note, or close it.");
      } catch (error) {
        this.#status.warn(failureWords("The talk could not be ended", error));
      }
      await this.now();
      this.#around.changed();
    });
  }
}

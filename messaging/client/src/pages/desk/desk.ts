/** The open desk: lists on one side, one conversation on the other, and a look at the lists every few seconds. */

import { BadContinuation, forget, openDesk, type ColleaguesAnswer, type ConversationLine, type ConversationsAnswer, type Counsellor, type MeAnswer, type OpenDesk } from "../../protocol/index.ts";
import { now, today } from "../parts/clock.ts";
import { aboutParts } from "./about.ts";
import type { Hearing } from "./bell.ts";
import { button, Status, tree } from "./build.ts";
import type { Drafts } from "./drafts.ts";
import { allLines, byUrgency, hasDisclosure, shortName, waitsForMe } from "./list.ts";
import { Lists } from "./lists.ts";
import { Pane } from "./pane.ts";
import { renewSession, type DeskPage } from "./page.ts";
import { Readings, renewedDesk } from "./readings.ts";
import { resealSaved } from "./reseal.ts";
import { Shortcuts } from "./shortcuts.ts";
import { SignalChoice } from "./signals.ts";
import { showInTitle, waitsIn } from "./waits.ts";
import { signInLink, wayOut } from "./ways.ts";
import { failureWords, isSignedOut, silenceWords } from "./words.ts";

const LOOK_EVERY = 5_000;
const LOOK_EVERY_UNSEEN = 30_000;

export class OpenedDesk {
  readonly place = tree("div", { class: "desk-open" });
  readonly drafts: Drafts;
  readonly #readings: Readings;
  readonly #page: DeskPage;
  readonly #counsellor: Counsellor;
  readonly #lists = new Lists((conversation) => void this.#choose(conversation));
  readonly #side = tree("div", { class: "desk-split" });
  readonly #about = tree("div", { class: "desk-about" });
  readonly #connection = new Status();
  readonly #shortcuts: Shortcuts;
  readonly #signals: SignalChoice;
  readonly #hearing: Hearing;
  readonly #alarm = tree("div", { role: "alert" });
  /** Says so while what is typed cannot be kept. */
  readonly #kept = tree("div", { role: "status" });
  #desk: OpenDesk;
  #answer: ConversationsAnswer | null = null;
  #colleagues: ColleaguesAnswer | null = null;
  #pane: Pane | null = null;
  #timer = 0;
  /** Since when the lists are not up to date; "" while they are. */
  #since = "";
  #closed = false;

  private constructor(page: DeskPage, counsellor: Counsellor, desk: OpenDesk, drafts: Drafts, lock: () => void, hearing: Hearing) {
    this.#page = page;
    this.#hearing = hearing;
    this.#signals = new SignalChoice(page, hearing.bell);
    this.#counsellor = counsellor;
    this.#desk = desk;
    this.drafts = drafts;
    this.#readings = new Readings(page, drafts);
    this.#side.append(this.#lists.place);
    this.#shortcuts = new Shortcuts({ move: (by) => this.#lists.move(by), reply: () => this.#pane?.focusReply() ?? false, unfold: (name) => this.#pane?.unfold(name) ?? false });
    const buttons = tree("div", { class: "desk-bar__buttons" }, this.#signals.open, this.#shortcuts.open, button("Lock now", "secondary", lock, { "data-lock": true }));
    this.place.append(tree("div", { class: "desk-bar" }, this.#about, buttons), this.#shortcuts.dialog, this.#signals.dialog, this.#alarm, this.#kept, this.#connection.place, this.#side);
    this.drafts.told = (isKept) => this.#kept.replaceChildren(isKept ? "" : tree("p", { class: "desk-message desk-message--error" }, "What you have typed is too much for this browser to keep. It is here only as long as this page is open and unlocked."));
    this.#describe();
  }

  /** Opens the grants and checks the chain of the desk's keys; throws ProtocolError. */
  static async open(page: DeskPage, me: MeAnswer, counsellor: Counsellor, drafts: Drafts, lock: () => void, hearing: Hearing): Promise<OpenedDesk> {
    return new OpenedDesk(page, counsellor, await openDesk(page.site, counsellor, me, today()), drafts, lock, hearing);
  }

  /** Begins to look at the lists. */
  async start(): Promise<void> {
    await Promise.all([this.#look(), this.#lookAround()]);
    document.addEventListener("visibilitychange", this.#seen);
    void resealSaved(this.#page, this.#desk);
  }

  /** Said a minute before the desk locks by itself. */
  warn(soon: boolean): void {
    this.#alarm.replaceChildren(...(soon ? [tree("p", { class: "desk-message desk-message--error" }, "Nothing has happened here for nine minutes. The desk locks in one minute; move the mouse or press a key to keep it open.")] : []));
  }

  /** Forgets every key and every word, and looks no more. */
  close(): void {
    this.#closed = true;
    window.clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#seen);
    this.#shortcuts.stop();
    this.#signals.stop();
    this.#pane?.close();
    this.#pane = null;
    this.#answer = null;
    this.place.replaceChildren();
    forget(this.#desk);
    forget(this.#counsellor);
  }

  readonly #seen = (): void => {
    if (!document.hidden) void this.#look();
  };

  /** Who else is here, and whether I am a lead; what was known stays when it cannot be looked up. */
  async #lookAround(): Promise<void> {
    this.#colleagues = await this.#page.api.colleagues().catch(() => this.#colleagues);
  }

  async #look(): Promise<void> {
    window.clearTimeout(this.#timer);
    if (this.#closed) return;
    try {
      const answer = await this.#page.api.conversations();
      if (this.#closed) return;
      this.#connection.clear();
      this.#since = "";
      if (this.#desk.desk !== null && this.#desk.desk.lastDay < today()) await this.#renewDesk();
      await this.#took(answer);
    } catch (error) {
      if (this.#closed) return;
      this.#lost(error);
    }
    window.clearTimeout(this.#timer);
    if (!this.#closed) this.#timer = window.setTimeout(() => void this.#look(), document.hidden ? LOOK_EVERY_UNSEEN : LOOK_EVERY);
  }

  async #took(answer: ConversationsAnswer): Promise<void> {
    const [open, earlier] = [this.#pane?.conversation ?? "", this.#answer];
    const before = this.#lineOf(open);
    this.#answer = answer;
    this.#hearing.hear(answer);
    showInTitle(waitsIn(answer, this.#page.name));
    this.#draw();
    const pane = this.#pane;
    if (pane === null) return;
    if (hasDisclosure(earlier, open) || hasDisclosure(answer, open)) await pane.lookAtDisclosures();
    const after = this.#lineOf(open);
    // What the list says of the open conversation has changed: somebody wrote, took it, or it went elsewhere.
    if (JSON.stringify(before) === JSON.stringify(after) || (after?.unread === 0 && JSON.stringify({ ...before, unread: 0 }) === JSON.stringify(after))) return;
    await pane.refresh();
    this.#given(pane.conversation);
    this.#draw();
  }

  /** What this counsellor was just given is new no more (§8.3), whatever the list still says: else one that comes now would look the same. */
  #given(conversation: string): void {
    if (this.#answer === null) return;
    const mine = this.#answer.mine.map((line) => (line.conversation === conversation ? { ...line, unread: 0 } : line));
    this.#answer = { ...this.#answer, mine };
  }

  #lineOf(conversation: string): ConversationLine | null {
    return this.#answer === null ? null : (allLines(this.#answer).find((line) => line.conversation === conversation) ?? null);
  }

  #lost(error: unknown): void {
    showInTitle(null);
    this.#since ||= new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(now());
    if (this.#answer === null) this.#lists.failed();
    if (error instanceof BadContinuation) return this.#connection.warn(failureWords("The desk’s new keys were not taken", error));
    const way = wayOut(error);
    if (way !== null) {
      return this.#connection.warnOnce(`${failureWords("The lists are not up to date", error)} What you have typed is still here.`, way);
    }
    if (!isSignedOut(error)) {
      return this.#connection.warnOnce(`The lists have not been up to date since ${this.#since}: ${silenceWords(error)}.`);
    }
    const back = button("I have signed in again: look at the lists", "secondary", () => void this.#signedInAgain().then(() => this.#look(), () => undefined));
    this.#connection.warnOnce("You have been signed out. What you have typed is still here.", tree("p", {}, signInLink(), " ", back));
  }

  #draw(): void {
    if (this.#answer !== null) this.#lists.draw(this.#answer, this.#pane?.conversation ?? null, this.drafts.begun, this.#hearing.notes);
  }

  async #choose(conversation: string): Promise<void> {
    this.#pane?.place.remove();
    this.#pane?.close();
    const pane = new Pane(
      {
        page: this.#page,
        notes: this.#hearing.notes,
        desk: () => this.#desk,
        renewDesk: () => this.#renewDesk(),
        signedInAgain: () => this.#signedInAgain(),
        changed: () => void this.#look(),
        back: () => this.#back(),
        next: () => this.#next(),
        draft: (what) => this.drafts.get(what) ?? "",
        drafted: (what, text) => this.#readings.drafted(what, text),
        read: (conversation) => this.#readings.read(conversation, () => this.#desk),
        gone: () => this.drafts.forget(conversation),
        colleagues: () => this.#colleagues,
      },
      conversation,
    );
    this.#pane = pane;
    this.#side.append(pane.place);
    this.#side.classList.add("desk-split--chosen");
    this.#draw();
    await this.#lookAround();
    await pane.open();
    this.#given(conversation);
    this.#draw();
  }

  #back(): void {
    const conversation = this.#pane?.conversation ?? "";
    this.#pane?.place.remove();
    this.#pane?.close();
    this.#pane = null;
    this.#side.classList.remove("desk-split--chosen");
    this.#draw();
    this.#lists.entry(conversation)?.focus();
  }

  #next(): HTMLElement | null {
    const line = [...(this.#answer?.mine ?? [])].sort(byUrgency).find((one) => waitsForMe(one) && one.conversation !== this.#pane?.conversation);
    if (line === undefined) return null;
    return button(`Go to the next one, ${shortName(line.conversation)}`, "secondary", () => void this.#choose(line.conversation));
  }

  async #renewDesk(): Promise<void> {
    const renewed = await renewedDesk(this.#page, this.#counsellor, () => this.#desk);
    if (this.#closed) return forget(renewed);
    forget(this.#desk);
    this.#desk = renewed;
    this.#describe();
    void resealSaved(this.#page, renewed);
  }

  async #signedInAgain(): Promise<void> {
    await renewSession(this.#page);
    this.#connection.clear();
  }

  #describe(): void {
    this.#about.replaceChildren(...aboutParts(this.#desk, this.#page.name));
  }
}

/** The open desk: lists on one side, one conversation on the other, and a look at the lists every few seconds. */

import { forget, openDesk, type ColleaguesAnswer, type ConversationLine, type ConversationsAnswer, type Counsellor, type MeAnswer, type OpenDesk } from "../../protocol/index.ts";
import { today } from "../parts/clock.ts";
import { button, tree } from "./dom.ts";
import { aboutParts } from "./desk_status.ts";
import { Alarms } from "./alarms.ts";
import { sendAlong } from "./draft_to_note.ts";
import type { Hearing } from "./notifier.ts";
import type { Drafts } from "./drafts.ts";
import { openApart } from "./outside_links.ts";
import { Duty } from "./duty_poll.ts";
import { allLines, byUrgency, hasDisclosure, shortName, waitsForMe } from "./conversation_list.ts";
import { Lists } from "./lists_panel.ts";
import { Pane } from "./conversation_pane.ts";
import { renewSession, type DeskPage } from "./page.ts";
import { Readings, renewedDesk } from "./read_threads.ts";
import { resealSaved } from "./reseal.ts";
import { Shortcuts } from "./shortcuts.ts";
import { SignalChoice } from "./notification_settings.ts";
import { Steps } from "./back_button.ts";
import { showInTitle, waitsIn } from "./waiting_counts.ts";

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
  readonly #alarms: Alarms;
  readonly #shortcuts: Shortcuts;
  readonly #signals: SignalChoice;
  readonly #hearing: Hearing;
  readonly #duty: Duty;
  #desk: OpenDesk;
  #answer: ConversationsAnswer | null = null;
  #colleagues: ColleaguesAnswer | null = null;
  #pane: Pane | null = null;
  #timer = 0;
  #closed = false;
  #last = "";
  readonly #steps = new Steps(() => this.#back(), () => this.#last !== "" && void this.#choose(this.#last));
  readonly #doors: () => void;

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
    this.#duty = new Duty({ page, begun: () => drafts.begun, leaveNote: (conversation) => this.#leaveNote(conversation), changed: () => this.#changed(), keeping: drafts.keeping });
    this.#alarms = new Alarms(this.#duty.shift.place);
    this.drafts.told = (isKept) => this.#alarms.kept(isKept);
    this.place.append(this.#alarms.place, tree("div", { class: "desk-bar" }, this.#about, this.#duty.work.place, buttons), this.#shortcuts.dialog, this.#signals.dialog, this.#side);
    this.#doors = openApart(page.app, () => this.#back());
    this.#about.replaceChildren(...aboutParts(desk, page.name));
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
    this.#alarms.locks(soon);
  }

  /** Forgets every key and every word, and looks no more. */
  close(): void {
    this.#closed = true;
    window.clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#seen);
    this.#shortcuts.stop();
    this.#signals.stop();
    this.#steps.stop();
    this.#doors();
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
      this.#alarms.connection.clear();
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
    void this.#duty.heard(answer);
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
    if (this.#answer === null) this.#lists.failed();
    this.#alarms.connection.lost(error, () => this.#signedInAgain().then(() => this.#look()));
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
        changed: () => this.#changed(),
        back: () => this.#back(),
        next: () => this.#next(),
        draft: (what) => this.drafts.get(what) ?? "",
        drafted: (what, text) => this.#readings.drafted(what, text),
        read: (conversation) => this.#readings.read(conversation, () => this.#desk),
        gone: () => this.drafts.forget(conversation),
        leaveNote: () => this.#leaveNote(conversation),
        colleagues: () => this.#colleagues,
      },
      conversation,
    );
    this.#pane = pane;
    this.#last = conversation;
    this.#steps.opened();
    this.#side.append(pane.place);
    this.#side.classList.add("desk-split--chosen");
    this.#draw();
    await this.#lookAround();
    await pane.open();
    this.#given(conversation);
    this.#draw();
  }

  #back(): void {
    if (this.#pane === null) return;
    const { conversation } = this.#pane;
    this.#pane.place.remove();
    this.#pane.close();
    this.#pane = null;
    this.#steps.closed();
    this.#side.classList.remove("desk-split--chosen");
    this.#draw();
    this.#lists.entry(conversation)?.focus();
  }

  #next(): HTMLElement | null {
    const line = [...(this.#answer?.mine ?? [])].sort(byUrgency).find((one) => waitsForMe(one) && one.conversation !== this.#pane?.conversation);
    if (line === undefined) return null;
    return button(`Go to the next one, ${shortName(line.conversation)}`, "secondary", () => void this.#choose(line.conversation));
  }

  #changed(): void {
    this.#duty.again();
    void this.#look();
  }

  /** What was begun there as a reply goes along as a note, and is here no more. */
  async #leaveNote(conversation: string): Promise<void> {
    await sendAlong(this.#page, this.#desk, conversation, this.drafts, this.#readings);
    if (this.#pane?.conversation === conversation) await this.#pane.wentAlong();
    this.#draw();
  }

  async #renewDesk(): Promise<void> {
    const renewed = await renewedDesk(this.#page, this.#counsellor, () => this.#desk);
    if (this.#closed) return forget(renewed);
    forget(this.#desk);
    this.#desk = renewed;
    this.#about.replaceChildren(...aboutParts(renewed, this.#page.name));
    void resealSaved(this.#page, renewed);
  }

  async #signedInAgain(): Promise<void> {
    await renewSession(this.#page);
    this.#alarms.connection.clear();
  }
}

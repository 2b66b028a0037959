/** The open desk: lists on one side, one conversation on the other, and a look at the lists every few seconds. */

import { type ColleaguesAnswer, type ConversationsAnswer, type Counsellor, forget, type MeAnswer, type OpenDesk, openDesk } from "../../protocol/index.ts";
import { today } from "../parts/clock.ts";
import { element } from "../parts/element.ts";
import { Alarms } from "./alarms.ts";
import { carrySaved } from "./carries.ts";
import { asGiven } from "./conversation_lines.ts";
import { nextButton } from "./conversation_list.ts";
import { aboutParts } from "./desk_status.ts";
import { button } from "./dom.ts";
import { sendAlong } from "./draft_to_note.ts";
import type { Drafts } from "./drafts.ts";
import { DutyPoll } from "./duty_poll.ts";
import { ListsPanel } from "./lists_panel.ts";
import { NotificationSettings } from "./notification_settings.ts";
import type { Hearing } from "./notifier.ts";
import { OpenPanes, type PanesContext } from "./open_panes.ts";
import { openInTabs } from "./outside_links.ts";
import { type DeskPage, renewSession } from "./page.ts";
import { Polling } from "./polling.ts";
import { ReadThreads, renewedDesk } from "./read_threads.ts";
import { Shortcuts } from "./shortcuts.ts";
import { Talks } from "./talks.ts";
import { waitsIn } from "./waiting_counts.ts";

export class DeskApp {
  readonly place = element("div", { class: "desk-open" });
  readonly drafts: Drafts;
  readonly #threads: ReadThreads;
  readonly #page: DeskPage;
  readonly #counsellor: Counsellor;
  readonly #lists = new ListsPanel((conversation) => void this.#panes.choose(conversation));
  readonly #panes: OpenPanes;
  readonly #about = element("div", { class: "desk-about" });
  readonly #alarms: Alarms;
  readonly #shortcuts: Shortcuts;
  readonly #notifications: NotificationSettings;
  readonly #hearing: Hearing;
  readonly #duty: DutyPoll;
  readonly #talks: Talks;
  #desk: OpenDesk;
  #answer: ConversationsAnswer | null = null;
  #colleagues: ColleaguesAnswer | null = null;
  readonly #polling: Polling;
  #closed = false;
  readonly #stopTabs: () => void;

  private constructor(page: DeskPage, counsellor: Counsellor, desk: OpenDesk, drafts: Drafts, lock: () => void, hearing: Hearing) {
    this.#page = page;
    this.#hearing = hearing;
    this.#notifications = new NotificationSettings(page, hearing.notifier);
    this.#counsellor = counsellor;
    this.#desk = desk;
    this.drafts = drafts;
    this.#threads = new ReadThreads(page, drafts);
    this.#shortcuts = new Shortcuts({
      move: (by) => this.#lists.move(by),
      reply: () => this.#panes.front?.focusReply() ?? false,
      offer: () => this.#talks.focusOffer(),
      turn: () => this.#panes.turn(),
      unfold: (name) => this.#panes.front?.unfold(name) ?? false,
    });
    const lockNow = button("Lock now", "secondary", lock, { "data-lock": true });
    const buttons = element("div", { class: "desk-bar__buttons" }, this.#notifications.open, this.#shortcuts.open, lockNow);
    this.#duty = new DutyPoll({
      page,
      begun: () => drafts.begun,
      leaveNote: (conversation) => this.#leaveNote(conversation),
      changed: () => this.#changed(),
      keeping: drafts.keeping,
    });
    this.#polling = new Polling(this.#look, page.bell, () => this.#duty.isNearEnd || this.#alarms.connection.isLost || this.#panes.hasFailed);
    this.#talks = new Talks({
      page,
      notifier: hearing.notifier,
      choose: (conversation) => this.#panes.choose(conversation),
      glance: (conversation) => this.#panes.glance(conversation),
      isFront: (conversation) => this.#panes.front?.conversation === conversation,
      changed: () => this.#changed(),
    });
    this.#panes = new OpenPanes(this.#panesContext(), this.#lists.place);
    this.#alarms = new Alarms(this.#talks.place, this.#duty.shift.place);
    this.drafts.told = (isKept) => this.#alarms.kept(isKept);
    this.place.append(
      this.#alarms.place,
      element("div", { class: "desk-bar" }, this.#about, this.#duty.capacity.place, this.#talks.choice, buttons),
      this.#shortcuts.dialog,
      this.#notifications.dialog,
      this.#panes.place,
    );
    this.#stopTabs = openInTabs(page.app, () => this.#panes.back());
    this.#about.replaceChildren(...aboutParts(desk, page.name, today()));
  }

  /** Opens the grants and checks the chain of the desk's keys; throws ProtocolError. */
  static async open(page: DeskPage, me: MeAnswer, counsellor: Counsellor, drafts: Drafts, lock: () => void, hearing: Hearing): Promise<DeskApp> {
    return new DeskApp(page, counsellor, await openDesk(page.site, counsellor, me, today()), drafts, lock, hearing);
  }

  /** Begins to look at the lists. */
  async start(): Promise<void> {
    await Promise.all([this.#polling.start(), this.#lookAround(), this.#talks.start()]);
    void carrySaved(this.#page, this.#desk);
  }

  /** Said a minute before the desk locks by itself. */
  warn(soon: boolean): void {
    this.#alarms.locks(soon);
  }

  /** Forgets every key and every word, and looks no more. */
  close(): void {
    this.#closed = true;
    this.#polling.stop();
    this.#talks.stop();
    this.#shortcuts.stop();
    this.#notifications.stop();
    this.#stopTabs();
    this.#panes.close();
    this.#answer = null;
    this.place.replaceChildren();
    forget(this.#desk);
    forget(this.#counsellor);
  }

  /** Who else is here, and whether I am a lead; what was known stays when it cannot be looked up. */
  async #lookAround(): Promise<void> {
    this.#colleagues = await this.#page.api.colleagues().catch(() => this.#colleagues);
  }

  readonly #look = async (): Promise<void> => {
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
  };

  async #took(answer: ConversationsAnswer): Promise<void> {
    const before = this.#answer;
    this.#answer = answer;
    this.#hearing.hear(answer);
    this.#talks.title(waitsIn(answer, this.#page.name));
    this.#draw();
    void this.#duty.heard(answer);
    await this.#panes.took(before, answer);
  }

  #given(conversation: string): void {
    if (this.#answer !== null) this.#answer = asGiven(this.#answer, conversation);
  }

  #lost(error: unknown): void {
    this.#talks.title(null);
    if (this.#answer === null) this.#lists.failed();
    this.#alarms.connection.lost(error, () => this.#signedInAgain().then(() => this.#polling.now()));
  }

  #draw(): void {
    if (this.#answer !== null) this.#lists.draw(this.#answer, this.#panes.front?.conversation ?? null, this.drafts.begun, this.#hearing.notes);
  }

  #panesContext(): PanesContext {
    return {
      page: this.#page,
      notes: this.#hearing.notes,
      talks: this.#talks.held,
      desk: () => this.#desk,
      renewDesk: () => this.#renewDesk(),
      signedInAgain: () => this.#signedInAgain(),
      changed: () => this.#changed(),
      next: (conversation) => nextButton(this.#answer, conversation, (next) => void this.#panes.choose(next)),
      draft: (what) => this.drafts.get(what) ?? "",
      drafted: (what, text) => this.#threads.drafted(what, text),
      read: (conversation) => this.#threads.read(conversation, () => this.#desk),
      gone: (conversation) => this.drafts.forget(conversation),
      leaveNote: (conversation) => this.#leaveNote(conversation),
      colleagues: () => this.#colleagues,
      draw: () => {
        this.#talks.turned();
        this.#draw();
      },
      given: (conversation) => this.#given(conversation),
      lookAround: () => this.#lookAround(),
      focusList: (conversation) => this.#lists.entry(conversation)?.focus(),
      tell: (words, isSeen) => this.#talks.tell(words, isSeen),
    };
  }

  #changed(): void {
    this.#duty.again();
    void this.#polling.now();
  }

  /** Saves the reply that was started there as a note, and empties it; returns whether there was one. */
  async #leaveNote(conversation: string): Promise<boolean> {
    const wasReply = await sendAlong(this.#page, this.#desk, conversation, this.drafts, this.#threads);
    if (wasReply) await this.#panes.get(conversation)?.savedAsNote();
    this.#draw();
    return wasReply;
  }

  async #renewDesk(): Promise<void> {
    const renewed = await renewedDesk(this.#page, this.#counsellor, () => this.#desk);
    if (this.#closed) return forget(renewed);
    forget(this.#desk);
    this.#desk = renewed;
    this.#about.replaceChildren(...aboutParts(renewed, this.#page.name, today()));
    void carrySaved(this.#page, renewed);
  }

  async #signedInAgain(): Promise<void> {
    await renewSession(this.#page);
    this.#alarms.connection.clear();
  }
}

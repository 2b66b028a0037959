/** The page /desk/: locked until the vault opens, and locked again by hand, by idleness or by leaving. */

import { type Counsellor, draftKey, type MeAnswer } from "../../protocol/index.ts";
import { element } from "../parts/element.ts";
import { wayOut } from "./account_links.ts";
import { allLines } from "./conversation_lines.ts";
import { DeskApp } from "./desk_app.ts";
import { button, Status } from "./dom.ts";
import { Drafts } from "./drafts.ts";
import { type IdleLock, watchIdle } from "./idle_lock.ts";
import { LockedDesk } from "./locked_desk.ts";
import { failureWords } from "./messages_for_errors.ts";
import { type Hearing, Notifier } from "./notifier.ts";
import type { DeskPage } from "./page.ts";
import { unlockPart } from "./unlock.ts";
import { NotesSeen } from "./waiting_counts.ts";

/** Everything this page holds. While it is locked that is nothing. */
class Conversations {
  readonly #page: DeskPage;
  #opened: { readonly desk: DeskApp; readonly idleLock: IdleLock } | null = null;
  readonly #hearing: Hearing;
  /** The lists hold no content: while the desk is locked this goes on looking at them. */
  readonly #look: LockedDesk;

  constructor(page: DeskPage) {
    this.#page = page;
    const notes = new NotesSeen();
    const notifier = new Notifier(page.name, notes);
    this.#hearing = {
      notifier,
      notes,
      hear: (answer) => {
        notes.meet(allLines(answer));
        notifier.hear(answer);
      },
    };
    this.#look = new LockedDesk(page, (answer) => this.#hearing.hear(answer));
    window.addEventListener("beforeunload", (event) => {
      // A page that is loaded again has them still; a tab that is closed has not, and nobody can tell which it will be.
      if (this.#opened === null ? this.#areKept : this.#opened.desk.drafts.areWorthAsking) event.preventDefault();
    });
    // The session ends before this page does, and until then nothing is asked: it would be refused.
    for (const form of document.querySelectorAll("form[data-sign-out]"))
      form.addEventListener("submit", () => {
        this.#leave();
        page.app.replaceChildren(element("p", { class: "desk-message", role: "status" }, "Signing out…"));
      });
    // A page out of the browser's memory was locked as it was left; what the server said then is asked anew.
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) void this.locked("You had left this page.");
    });
  }

  /** Draws the locked desk. */
  async locked(why: string): Promise<void> {
    const status = new Status();
    status.say("Loading your vault…");
    this.#page.app.replaceChildren(status.place);
    try {
      const me = await this.#page.api.me();
      if (this.#opened !== null) return;
      // A choice that cannot be looked up now is looked up when the desk is locked again; the title counts without it.
      void this.#page.api.signals().then(
        (chosen) => (this.#hearing.notifier.signals = chosen),
        () => undefined,
      );
      if (me.vaults.length > 0) this.#look.start();
      this.#page.app.replaceChildren(
        me.vaults.length === 0
          ? noVault()
          : unlockPart(this.#page, me, (counsellor, now) => this.#open(now, counsellor), "Your desk is locked", this.#reasons(why)),
      );
      if (why !== "") this.#page.app.querySelector<HTMLElement>("h2")?.focus();
      else this.#page.app.querySelector<HTMLElement>("button, input")?.focus();
    } catch (error) {
      status.warn(
        failureWords("Your vault could not be loaded", error),
        wayOut(error),
        button("Try again", "secondary", () => void this.locked(why)),
      );
    }
  }

  get #areKept(): boolean {
    return Drafts.areKept(this.#page.counsellorId);
  }

  #reasons(why: string): HTMLElement[] {
    const words = [why === "" ? "You can read messages only in this browser, and only while your vault is open." : why];
    if (this.#areKept)
      words.push("Your drafts are saved and sealed, in this tab only. Unlock to continue. If you close the tab or sign out, they are deleted.");
    return [this.#look.place, ...words.map((text) => element("p", { class: "desk-message" }, text))];
  }

  async #open(me: MeAnswer, counsellor: Counsellor): Promise<void> {
    const drafts = await Drafts.open(await draftKey(this.#page.site, counsellor), this.#page.counsellorId);
    const desk = await DeskApp.open(
      this.#page,
      me,
      counsellor,
      drafts,
      () => this.#lock("Nothing is left on this page. New messages are still counted here."),
      this.#hearing,
    );
    this.#look.stop();
    const idleLock = watchIdle(
      (soon) => desk.warn(soon),
      (isLeft) => (isLeft ? this.#leave() : this.#lock("Nothing happened here for ten minutes.")),
    );
    this.#opened = { desk, idleLock };
    this.#page.app.replaceChildren(desk.place);
    await desk.start();
    this.#page.app.querySelector<HTMLElement>("[data-conversation]")?.focus();
  }

  #lock(why: string): void {
    if (this.#opened === null) return;
    this.#look.start();
    void this.#forget().then(() => this.locked(why));
  }

  /** Locks and asks the server nothing more: a page that is come back to asks then. */
  #leave(): void {
    this.#look.stop();
    void this.#forget();
  }

  /** Forgets the keys and clears the page; unsent replies are sealed first, so that not even they can be read here. */
  #forget(): Promise<void> {
    const opened = this.#opened;
    if (opened === null) return Promise.resolve();
    this.#opened = null;
    opened.idleLock.stop();
    const kept = opened.desk.drafts.lock();
    opened.desk.close();
    this.#page.app.replaceChildren();
    return kept;
  }
}

function noVault(): HTMLElement {
  return element(
    "section",
    {},
    element("h2", { class: "govuk-heading-l", tabindex: "-1" }, "You have no vault yet"),
    element("p", { class: "govuk-body" }, "You need the keys in your vault to open messages. Make your vault now. It takes two minutes."),
    element("p", {}, element("a", { class: "govuk-button", href: "/desk/vault/" }, "Make your vault")),
  );
}

export function showConversations(page: DeskPage): Promise<void> {
  return new Conversations(page).locked("");
}

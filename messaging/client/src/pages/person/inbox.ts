/** /inbox: eight words open the conversation here; reading, answering on, deleting, and forgetting all of it again. */

import { type Desk, type EnvelopeAnswer, type EnvelopeBody, type FirstMessageAnswer, sameReaders } from "../../protocol/index.ts";
import { now, today } from "../parts/clock.ts";
import { byId, showOnly } from "../parts/dom.ts";
import { gettext, pgettext } from "../parts/gettext.ts";
import { nameStep } from "../parts/titles.ts";
import { Blocked } from "./blocked.ts";
import { Composer } from "./composer.ts";
import { Delivery } from "./delivery.ts";
import { DraftStep } from "./draft_step.ts";
import { Erasure } from "./erasure.ts";
import { type Held, LeaveGuard } from "./leave_guard.ts";
import { LeftText } from "./left_text.ts";
import { whyNotOpened } from "./messages_for_errors.ts";
import { Drawn, OpenedParts } from "./opened_parts.ts";
import { callUs, readersNow, whenLeaving } from "./page.ts";
import type { Read, Session } from "./session.ts";
import { StoredDataStep } from "./stored_data.ts";
import { drawWarned, entries } from "./thread.ts";
import { ThreadLinks } from "./thread_links.ts";
import { drawState, saySent, takeUp } from "./thread_news.ts";
import { WordsForm } from "./words_form.ts";

/** What titles call each step. */
const NAMES = {
  open: () => pgettext("title of a page", "Open"),
  draft: () => pgettext("title of a page", "Write"),
  thread: () => pgettext("title of a page", "Read"),
  kept: () => pgettext("title of a page", "Details"),
  closed: () => pgettext("title of a page", "Closed"),
  gone: () => pgettext("title of a page", "Finished"),
};

export class InboxPage {
  readonly #opening = new WordsForm((session) => this.#opened(session));
  readonly #steps = Object.keys(NAMES).map((name) => byId(`step-${name}`, HTMLElement));
  readonly #kept = new StoredDataStep(
    () => this.#session,
    () => this.#show("thread"),
  );
  readonly #more = new OpenedParts({
    look: (session) => this.#lookAgain(session),
    shown: () => this.#drawn.shown,
    waits: () => this.#drawn.waits,
    unkept: () => this.#composer.unkept,
    close: () => this.#end("closed"),
  });
  readonly #blocked = new Blocked((shut) => (this.#composer.shut = shut));
  readonly #erasure = new Erasure(() => this.#erase());
  readonly #draft = new DraftStep({
    session: () => this.#open(),
    sent: (answer) => this.#sentDraft(answer),
    deleted: () => this.#end("gone"),
  });
  readonly #composer: Composer;
  readonly #delivery: Delivery<EnvelopeBody, EnvelopeAnswer>;
  // Before the guard: it hears of a click first.
  readonly #links = new ThreadLinks(
    () => this.#show("thread"),
    () => this.#look(),
  );
  readonly #guard = new LeaveGuard(() => this.#held());
  readonly #left = new LeftText();
  #session: Session | null = null;
  readonly #drawn = new Drawn();
  #desk: Desk | null = null;

  constructor() {
    this.#delivery = new Delivery({
      seal: (text) => this.#open().seal(text),
      send: (body) => this.#open().send(body),
      refresh: () => this.#refresh(),
    });
    this.#composer = new Composer({
      form: byId("answer-form", HTMLFormElement),
      text: byId("answer-text", HTMLTextAreaElement),
      faults: () => [],
      deliver: (text) => this.#deliver(text),
      keep: (text) => this.#open().keep(text),
      drop: () => this.#open().deleteDraft(),
      mustStay: () => this.#delivery.open,
    });
  }

  /** Makes the page's parts work. */
  async begin(): Promise<void> {
    byId("again", HTMLButtonElement).addEventListener("click", () => void this.#look());
    const close = byId("close", HTMLButtonElement);
    close.addEventListener("click", () => this.#guard.ask(close, () => this.#end("closed")));
    byId("see-kept", HTMLAnchorElement).addEventListener("click", (event) => {
      // Here the conversation is open already; the page behind the link would ask for the words again.
      event.preventDefault();
      void this.#seeKept();
    });
    whenLeaving(() => this.#forget());
    await this.#opening.begin();
  }

  #show(name: keyof typeof NAMES): void {
    const step = byId(`step-${name}`, HTMLElement);
    showOnly(step, this.#steps);
    nameStep(NAMES[name](), step);
  }

  #held(): Held | null {
    if (this.#composer.unkept || this.#draft.typed || this.#left.holds) return { what: "message", paper: false };
    return this.#opening.typed ? { what: "typed", paper: false } : null;
  }

  #open(): Session {
    if (this.#session === null) throw new Error("no conversation is open");
    return this.#session;
  }

  async #opened(session: Session): Promise<void> {
    this.#session = session;
    session.onWork = () => this.#composer.sayWorking();
    session.onGone = () => this.#gone();
    try {
      const { read, kept } = await session.readOrKept(today());
      if (read === null) {
        this.#show("draft");
        await this.#draft.begin(kept);
        return;
      }
      this.#draw(read);
      this.#openThread(session);
      if (kept !== null) takeUp(kept, this.#composer);
    } catch (error) {
      this.#session = null;
      throw error;
    }
  }

  async #sentDraft({ reply_by: replyBy }: FirstMessageAnswer): Promise<void> {
    const session = this.#open();
    this.#draw(await session.read(today()));
    this.#openThread(session);
    saySent(replyBy);
  }

  #openThread(session: Session): void {
    this.#show("thread");
    this.#links.open = true;
    void this.#more.open(session);
  }

  async #lookAgain(session: Session): Promise<boolean> {
    const [before, read] = [this.#drawn.replies, await session.read(today())];
    if (this.#session === session && !this.#drawn.isSame(read)) this.#draw(read);
    return this.#drawn.replies > before;
  }

  #end(name: "closed" | "gone"): void {
    this.#forget();
    this.#show(name);
  }

  /** Deleted elsewhere, or its time is over: what was typed is not lost with it. */
  #gone(): void {
    const typed = byId("answer-text", HTMLTextAreaElement).value;
    this.#forget();
    this.#left.keep(typed);
    this.#show("gone");
  }

  #draw(read: Read): void {
    const { answer, thread } = read;
    this.#drawn.note(read);
    byId("thread", HTMLElement).replaceChildren(...entries(thread, now()));
    drawState(answer);
    drawWarned(thread.items);
    byId("readers", HTMLElement).textContent = readersNow(thread.desk);
    this.#composer.ready = thread.desk !== null;
    this.#blocked.draw(answer.blocked_until);
    this.#desk = thread.desk;
    this.#more.drawn();
  }

  #look(): Promise<void> {
    const before = this.#drawn.replies;
    return this.#looking("news", async (session) => {
      this.#draw(await session.read(today()));
      return this.#drawn.replies > before ? gettext("There is a new reply.") : gettext("There is no new reply yet.");
    });
  }

  #seeKept(): Promise<void> {
    return this.#looking("see-kept-news", async (session) => {
      await this.#kept.draw();
      if (this.#session === session) this.#show("kept");
      return "";
    });
  }

  /** Says that we look, and then what `look` says; or why nothing could be read, unless all was forgotten meanwhile. */
  async #looking(place: string, look: (session: Session) => Promise<string>): Promise<void> {
    const news = byId(place, HTMLElement);
    const session = this.#open();
    news.textContent = gettext("Checking…");
    try {
      news.textContent = await look(session);
    } catch (error) {
      if (this.#session === session) news.textContent = whyNotOpened(error, callUs());
    }
  }

  /** What was in the way is fetched and shown; warnings that are new, and other readers by name or key, are for the person to look at first. */
  async #refresh(): Promise<boolean> {
    const before = this.#desk;
    const read = await this.#open().read(today());
    this.#draw(read);
    return before !== null && this.#desk !== null && sameReaders(before, this.#desk) && !read.thread.items.some((item) => item.kind === "warning");
  }

  async #deliver(text: string): Promise<void> {
    await this.#more.nextBeat();
    const { reply_by: replyBy } = await this.#delivery.deliver(text);
    this.#composer.clear();
    try {
      this.#draw(await this.#open().read(today()));
    } catch {
      // It is sent, whether or not the conversation could be read again just now: “Check for a new reply” shows it later.
    }
    saySent(replyBy);
  }

  async #erase(): Promise<void> {
    await this.#open().erase();
    this.#end("gone");
  }

  #forget(): void {
    this.#more.forget();
    this.#session?.close();
    this.#session = null;
    this.#links.open = false;
    this.#left.forget();
    this.#delivery.forget();
    this.#opening.forget();
    this.#composer.clear();
    this.#draft.forget();
    byId("thread", HTMLElement).replaceChildren();
    for (const news of ["news", "see-kept-news"]) byId(news, HTMLElement).textContent = "";
    this.#erasure.hide();
    this.#kept.forget();
    this.#blocked.draw(null);
  }
}

/** A conversation that is open: reading, answering on, waiting, deleting, and forgetting all of it again. */

import { type Desk, type EnvelopeAnswer, type EnvelopeBody, sameReaders } from "../../protocol/index.ts";
import { now, today } from "../parts/clock.ts";
import { byId, showOnly } from "../parts/dom.ts";
import { gettext, pgettext } from "../parts/gettext.ts";
import { nameStep } from "../parts/titles.ts";
import { Blocked } from "./blocked.ts";
import { Composer } from "./composer.ts";
import { Delivery } from "./delivery.ts";
import { Erasure } from "./erasure.ts";
import { type Held, LeaveGuard } from "./leave_guard.ts";
import { LeftText } from "./left_text.ts";
import { whyNotOpened } from "./messages_for_errors.ts";
import { Drawn, OpenedParts } from "./opened_parts.ts";
import { callUs, readersNow, whenLeaving } from "./page.ts";
import type { Session } from "./session.ts";
import type { KeptDraft, Read } from "./session_reads.ts";
import { StoredDataStep } from "./stored_data.ts";
import { drawWarned, entries } from "./thread.ts";
import { ThreadLinks } from "./thread_links.ts";
import { drawState, saySent, takeUp } from "./thread_news.ts";

/** What titles call each step. */
const NAMES = {
  thread: () => pgettext("title of a page", "Read"),
  kept: () => pgettext("title of a page", "Details"),
  closed: () => pgettext("title of a page", "Closed"),
  gone: () => pgettext("title of a page", "Finished"),
};

/** What the page has besides, where it has anything. */
export interface Besides {
  /** Its own steps: they are hidden while one of these is shown. */
  readonly steps: readonly HTMLElement[];
  /** What leaving would lose of it. */
  readonly held: () => Held | null;
  /** Everything secret leaves the page. */
  readonly forget: () => void;
}

export class OpenConversation {
  readonly #besides: Besides;
  readonly #own = Object.keys(NAMES).map((name) => byId(`step-${name}`, HTMLElement));
  readonly #kept = new StoredDataStep(
    () => this.#session,
    () => this.#show("thread"),
  );
  readonly #more = new OpenedParts({
    look: (session) => this.#lookAgain(session),
    shown: () => this.#drawn.shown,
    waits: () => this.#drawn.waits,
    unkept: () => this.#composer.unkept,
    close: () => this.end("closed"),
  });
  readonly #blocked = new Blocked((shut) => (this.#composer.shut = shut));
  readonly #erasure = new Erasure(() => this.#erase());
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

  /** Makes its parts work. */
  constructor(besides: Besides) {
    this.#besides = besides;
    this.#delivery = new Delivery({
      seal: (text) => this.session.seal(text),
      send: (body) => this.session.send(body),
      refresh: () => this.#refresh(),
    });
    this.#composer = new Composer({
      form: byId("answer-form", HTMLFormElement),
      text: byId("answer-text", HTMLTextAreaElement),
      faults: () => [],
      deliver: (text) => this.#deliver(text),
      keep: (text) => this.session.keep(text),
      drop: () => this.session.deleteDraft(),
      mustStay: () => this.#delivery.open,
    });
    byId("again", HTMLButtonElement).addEventListener("click", () => void this.#look());
    const close = byId("close", HTMLButtonElement);
    close.addEventListener("click", () => this.#guard.ask(close, () => this.end("closed")));
    byId("see-kept", HTMLAnchorElement).addEventListener("click", (event) => {
      // Here the conversation is open already; the page behind the link would ask for the words again.
      event.preventDefault();
      void this.#seeKept();
    });
    whenLeaving(() => this.#forget());
  }

  #show(name: keyof typeof NAMES): void {
    const step = byId(`step-${name}`, HTMLElement);
    showOnly(step, [...this.#besides.steps, ...this.#own]);
    nameStep(NAMES[name](), step);
  }

  #held(): Held | null {
    return this.#composer.unkept || this.#left.holds ? { what: "message", paper: false } : this.#besides.held();
  }

  /** The session whose conversation it is, or will be. */
  get session(): Session {
    if (this.#session === null) throw new Error("no conversation is open");
    return this.#session;
  }

  /** Keys that open something: until they are forgotten they are this page's. */
  take(session: Session): void {
    this.#session = session;
    session.onWork = () => this.#composer.sayWorking();
    session.onGone = () => this.#gone();
  }

  /** They open nothing after all. */
  letGo(): void {
    this.#session = null;
  }

  /** Shows the conversation, and in its box what was kept of an answer. */
  show(read: Read, kept: KeptDraft | null): void {
    this.#draw(read);
    this.#show("thread");
    this.#links.open = true;
    void this.#more.open(this.session);
    if (kept !== null) takeUp(kept, this.#composer);
  }

  async #lookAgain(session: Session): Promise<boolean> {
    const [before, read] = [this.#drawn.replies, await session.read(today())];
    if (this.#session === session && !this.#drawn.isSame(read)) this.#draw(read);
    return this.#drawn.replies > before;
  }

  /** Forgets everything, and says so. */
  end(name: "closed" | "gone"): void {
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
    byId("thread-readers", HTMLElement).textContent = readersNow(thread.desk);
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
    const session = this.session;
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
    const read = await this.session.read(today());
    this.#draw(read);
    return before !== null && this.#desk !== null && sameReaders(before, this.#desk) && !read.thread.items.some((item) => item.kind === "warning");
  }

  async #deliver(text: string): Promise<void> {
    await this.#more.nextBeat();
    const { reply_by: replyBy } = await this.#delivery.deliver(text);
    this.#composer.clear();
    try {
      this.#draw(await this.session.read(today()));
    } catch {
      // It is sent, whether or not the conversation could be read again just now: “Check for a new reply” shows it later.
    }
    saySent(replyBy);
  }

  async #erase(): Promise<void> {
    await this.session.erase();
    this.end("gone");
  }

  #forget(): void {
    this.#more.forget();
    this.#session?.close();
    this.#session = null;
    this.#links.open = false;
    this.#left.forget();
    this.#delivery.forget();
    this.#composer.clear();
    this.#besides.forget();
    byId("thread", HTMLElement).replaceChildren();
    for (const news of ["news", "see-kept-news"]) byId(news, HTMLElement).textContent = "";
    this.#erasure.hide();
    this.#kept.forget();
    this.#blocked.draw(null);
  }
}

/** /inbox: eight words open the conversation here; reading, answering on, deleting, and forgetting all of it again. */

import { browserIsAble, type EnvelopeAnswer, type EnvelopeBody } from "../../protocol/index.ts";
import { now, today, zone } from "../parts/clock.ts";
import { byId, element, part, showOnly } from "../parts/dom.ts";
import { clearFaults, showFaults } from "../parts/errors.ts";
import { deadlineWords } from "../parts/moments.ts";
import { Composer } from "./composer.ts";
import { Delivery } from "./delivery.ts";
import { callUs, readersInWords, siteOfPage, tooOldNote, whenLeaving } from "./page.ts";
import { whyNotOpened } from "./problems.ts";
import { Session, type Read } from "./session.ts";
import { entries, stateWords } from "./thread.ts";
import { readWords } from "./typed.ts";

const WARNED = "Some of this conversation did not pass our checks. The places are marked “Take care”. Before you write anything private, please";

export class Reading {
  readonly #form = byId("open-form", HTMLFormElement);
  readonly #words = byId("open-words", HTMLTextAreaElement);
  readonly #steps = ["open", "thread", "closed", "gone"].map((name) => byId(`step-${name}`, HTMLElement));
  readonly #composer: Composer;
  readonly #delivery: Delivery<EnvelopeBody, EnvelopeAnswer>;
  #session: Session | null = null;
  #replies = 0;
  #readers = "";

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
      mustStay: () => this.#delivery.open,
    });
  }

  /** Makes the page's parts work. */
  async begin(): Promise<void> {
    this.#form.reset();
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#enter();
    });
    this.#words.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      this.#form.requestSubmit();
    });
    const sure = byId("sure", HTMLElement);
    const ask = (asked: boolean): void => {
      sure.hidden = !asked;
      byId("delete", HTMLButtonElement).setAttribute("aria-expanded", String(asked));
      (asked ? byId("keep", HTMLButtonElement) : byId("delete", HTMLButtonElement)).focus();
    };
    byId("delete", HTMLButtonElement).addEventListener("click", () => ask(true));
    byId("keep", HTMLButtonElement).addEventListener("click", () => ask(false));
    byId("erase", HTMLButtonElement).addEventListener("click", () => void this.#erase());
    byId("again", HTMLButtonElement).addEventListener("click", () => void this.#look());
    byId("close", HTMLButtonElement).addEventListener("click", () => {
      this.#forget();
      this.#show("closed");
    });
    whenLeaving(() => this.#forget());
    if (!(await browserIsAble())) {
      this.#form.hidden = true;
      this.#form.before(tooOldNote());
      return;
    }
    part(this.#form, "fields", HTMLFieldSetElement).disabled = false;
    part(this.#form, "send", HTMLButtonElement).disabled = false;
  }

  #show(name: string): void {
    showOnly(byId(`step-${name}`, HTMLElement), this.#steps);
  }

  #open(): Session {
    if (this.#session === null) throw new Error("no conversation is open");
    return this.#session;
  }

  async #enter(): Promise<void> {
    const errors = part(this.#form, "errors", HTMLElement);
    const status = part(this.#form, "status", HTMLElement);
    const send = part(this.#form, "send", HTMLButtonElement);
    if (send.disabled) return;
    const read = readWords(this.#words.value);
    if ("fault" in read) return showFaults(this.#form, errors, "There is a problem", [{ field: this.#words.id, text: read.fault }]);
    clearFaults(this.#form, errors);
    send.disabled = true;
    status.textContent = "Your words become a key. This takes a few seconds…";
    // The page is painted first: making the key may hold it up.
    await new Promise((done) => setTimeout(done, 50));
    try {
      this.#session = await Session.open(await siteOfPage(), read.words);
      this.#draw(await this.#session.read(today()));
      this.#form.reset();
      this.#show("thread");
    } catch (error) {
      this.#session?.close();
      this.#session = null;
      showFaults(this.#form, errors, "Your conversation did not open", [{ field: this.#words.id, text: whyNotOpened(error, callUs()) }]);
    } finally {
      status.textContent = "";
      send.disabled = false;
    }
  }

  #draw({ answer, thread }: Read): void {
    byId("thread", HTMLElement).replaceChildren(...entries(thread.items, now()));
    byId("state", HTMLElement).textContent = stateWords(answer.state, answer.reply_by, now(), zone());
    const warned = thread.items.some((item) => item.kind === "warning");
    for (const id of ["warned", "warned-again"]) {
      const place = byId(id, HTMLElement);
      place.replaceChildren(element("p", `${WARNED} ${callUs()}.`));
      place.hidden = !warned;
    }
    byId("readers", HTMLElement).textContent = thread.desk === null
      ? `You cannot write right now: we could not make sure who would read it. Please ${callUs()}.`
      : `Who can read what you write now: ${readersInWords(thread.desk)}`;
    this.#composer.ready = thread.desk !== null;
    this.#readers = thread.desk?.names.join("\n") ?? "";
    this.#replies = thread.items.filter((item) => item.kind === "message" && item.direction === 2).length;
  }

  async #look(): Promise<void> {
    const news = byId("news", HTMLElement);
    const before = this.#replies;
    const session = this.#open();
    news.textContent = "We look…";
    try {
      this.#draw(await session.read(today()));
      news.textContent = this.#replies > before ? "There is a new reply." : "There is nothing new yet.";
    } catch (error) {
      if (this.#session === session) news.textContent = whyNotOpened(error, callUs());
    }
  }

  /** What was in the way is fetched and shown; warnings that are new, and other readers, are for the person to look at first. */
  async #refresh(): Promise<boolean> {
    const before = this.#readers;
    const read = await this.#open().read(today());
    this.#draw(read);
    return this.#readers !== "" && this.#readers === before && !read.thread.items.some((item) => item.kind === "warning");
  }

  async #deliver(text: string): Promise<void> {
    const { reply_by: replyBy } = await this.#delivery.deliver(text);
    this.#composer.clear();
    const news = byId("news", HTMLElement);
    const promise = replyBy == null ? "" : ` You will have an answer by ${deadlineWords(replyBy, now(), zone())}.`;
    try {
      this.#draw(await this.#open().read(today()));
    } catch {
      // It is sent, whether or not the conversation could be read again just now: “Look for a new reply” shows it later.
    }
    news.textContent = `Your message is sent.${promise}`;
    news.tabIndex = -1;
    news.focus();
  }

  async #erase(): Promise<void> {
    const erasing = byId("erasing", HTMLElement);
    const button = byId("erase", HTMLButtonElement);
    if (button.disabled) return;
    button.disabled = true;
    erasing.textContent = "We delete everything…";
    try {
      await this.#open().erase();
      this.#forget();
      this.#show("gone");
    } catch {
      erasing.textContent = "We could not reach the helpline, so it may not be deleted yet. Please press the button again.";
    } finally {
      button.disabled = false;
    }
  }

  /** Everything that was secret leaves the page: keys, conversation, draft. */
  #forget(): void {
    this.#session?.close();
    this.#session = null;
    this.#delivery.forget();
    this.#form.reset();
    this.#composer.clear();
    byId("thread", HTMLElement).replaceChildren();
    byId("news", HTMLElement).textContent = "";
    byId("sure", HTMLElement).hidden = true;
  }
}

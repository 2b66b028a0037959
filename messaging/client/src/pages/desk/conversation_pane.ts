/** One conversation: who has it, its messages, and what can be done. */

import { BadContinuation, type ConversationAnswer, forget, type ReadNote, type Thread } from "../../protocol/index.ts";
import { Problem } from "../../transport/index.ts";
import { element } from "../parts/element.ts";
import type { ActionContext } from "./action.ts";
import { Actions, unfoldIn } from "./actions.ts";
import { newsOf, standingWords } from "./conversation_standing.ts";
import { Disclosures } from "./disclosures.ts";
import { button, Status } from "./dom.ts";
import { DraftToNote } from "./draft_to_note.ts";
import { FlagPrompt } from "./flag_prompt.ts";
import { messagesPart } from "./message_list.ts";
import { failureWords } from "./messages_for_errors.ts";
import { Notes } from "./notes.ts";
import type { PaneContext } from "./pane_context.ts";
import { PaneStand } from "./pane_stand.ts";
import { PaneThread } from "./pane_thread.ts";
import { Reply } from "./reply.ts";
import { SavedReplies } from "./saved_replies.ts";
import type { Glance } from "./there_words.ts";
import { WhoIsHere } from "./who_is_here.ts";

export class ConversationPane {
  /** Where it stands on the page. */
  readonly stand: PaneStand;
  readonly conversation: string;
  readonly #around: PaneContext;
  readonly #status = new Status();
  /** What came of the parts above the messages, said where they are. */
  readonly #did = new Status();
  readonly #standing = element("p", { class: "govuk-body-s" });
  readonly #flagPrompt: FlagPrompt;
  readonly #actions = new Actions();
  /** What can become of a reply that can be sent no more. */
  readonly #along = new DraftToNote(() => this.#around.leaveNote());
  readonly #reply: Reply;
  readonly #notes: Notes;
  readonly #disclosures: Disclosures;
  readonly #here: WhoIsHere;
  readonly #saved: SavedReplies;
  readonly #read = new PaneThread();
  #closed = false;
  hasFailed = false;

  constructor(around: PaneContext, conversation: string) {
    [this.#around, this.conversation] = [around, conversation];
    this.stand = new PaneStand(conversation, () => around.front());
    this.#here = new WhoIsHere(around, conversation, this.stand.isInSight);
    const context = this.#actionContext();
    this.#flagPrompt = new FlagPrompt({ ...context, flag: () => this.#read.answer, status: this.#did, focus: () => this.stand.focus() });
    const arrived = (words: string, fresh: readonly ReadNote[]): void => void (this.#here.whisper(fresh) || this.#did.say(words));
    this.#notes = new Notes(context, () => around.desk(), { notes: around.notes, arrived });
    this.#disclosures = new Disclosures({ ...context, insert: (text) => this.#reply.insert(text) });
    const words = { ...context, text: () => this.#reply.text, insert: (text: string) => this.#reply.insert(text) };
    this.#saved = new SavedReplies(around.page, () => around.desk(), words);
    this.#reply = new Reply(
      {
        ...context,
        renewDesk: () => around.renewDesk().then(() => this.load()),
        signedInAgain: () => around.signedInAgain(),
        nextBeat: () => this.#here.nextBeat(),
        sent: () => void this.#sent(),
        drafted: (text) => this.#typed(text),
        keeping: { draft: context.draft, drafted: context.drafted },
      },
      around.draft(conversation),
    );
    this.#reply.form.hidden = this.#saved.place.hidden = true;
    const whole = [
      button("Back to the lists", "quiet", () => around.back(), { class: "desk-quiet-button desk-pane__back" }),
      this.stand.heading,
      this.#did.place,
      this.#standing,
      this.#flagPrompt.place,
      this.#actions.place,
      this.#disclosures.place,
      this.#notes.place,
      this.stand.messages,
      this.#here.place,
      this.#status.place,
      this.#saved.place,
      this.#reply.form,
      this.#along.place,
    ];
    this.stand.fill(whole, this.#here.place);
  }

  /** The person, in a few words. */
  glance(): Glance {
    return this.#here.glance();
  }

  /** Moves the focus to its heading, and shows it as it is now, where `isRead` does not say that this was seen to. */
  async open(isRead = false): Promise<void> {
    this.stand.focus();
    if (!isRead || this.#read.answer === null) await this.#look();
    if (this.#closed || this.#read.answer === null) return;
    this.#here.start();
    await this.#flagPrompt.opened();
  }

  /** Unfolds a part and moves the focus into it; false where there is no such part now. */
  unfold(name: string): boolean {
    return unfoldIn(this.stand.place, name);
  }

  /** Moves the focus to the reply; false where nothing can be written now. */
  focusReply(): boolean {
    if (this.#reply.form.hidden) return false;
    this.#reply.focus();
    return true;
  }

  /** Looks again because the list says that something changed, where `messageAlone` only in the thread; or for the first time behind another. */
  async refresh(messageAlone = false): Promise<void> {
    const [earlier, before] = [this.#read.answer, this.#read.besides(this.#around.page.name)];
    await this.#look(messageAlone);
    const news = newsOf(earlier, this.#read.answer, this.#around.page.name, !this.#reply.isEmpty);
    if (news !== "") this.#did.say(news);
    if (this.#read.besides(this.#around.page.name) > before && before > 0) this.#status.say("A new message has arrived above.");
  }

  /** Reads the thread; throws Problem or ProtocolError. */
  async load(messageAlone = false): Promise<void> {
    const [isKnown, read] = [messageAlone && this.#read.answer !== null && !this.hasFailed, await this.#around.read(this.conversation)];
    // Locked or left while the server answered: nothing may be shown any more.
    if (this.#closed) return forget(read.thread);
    this.#read.take(read);
    this.#draw(read.answer, read.thread);
    if (isKnown) return this.#notes.stand(read.thread);
    await Promise.all([this.#notes.load(read.thread), this.#disclosures.load().catch((error: unknown) => this.#disclosures.failed(error))]);
  }

  /** Shows that the reply that was started is a note now. */
  async savedAsNote(): Promise<void> {
    this.#reply.empty();
    await this.load().catch(() => undefined);
    if (!this.#closed) this.#did.say("What you typed is saved as a note for colleagues. It is no longer in your reply.");
  }

  /** What someone else decides of a disclosure changes no line of the lists. */
  async lookAtDisclosures(): Promise<void> {
    if (this.#read.answer !== null) await this.#disclosures.load().catch(() => undefined);
  }

  /** Forgets the thread and takes every word out of the page. */
  close(): void {
    this.#closed = true;
    this.#read.forget();
    this.#reply.clear();
    this.#notes.close();
    this.#disclosures.close();
    this.#saved.close();
    this.#here.close();
    this.stand.clear();
  }

  async #look(messageAlone = false): Promise<void> {
    try {
      await this.load(messageAlone);
      // What was said of a look that failed, and its button, are over.
      if (this.hasFailed) this.#status.clear();
      this.hasFailed = false;
    } catch (error) {
      if (this.#closed) return;
      if (this.#read.answer === null) this.stand.messages.replaceChildren();
      if (error instanceof Problem && error.type === "not-found") {
        for (const part of [this.stand.messages, this.#standing, this.#flagPrompt.place, this.#actions.place]) part.replaceChildren();
        this.#reply.form.hidden = this.#reply.isEmpty;
        this.#here.gone();
        this.#around.gone();
      }
      // What stands here is still what was read, and what was typed may still be copied.
      if (error instanceof BadContinuation) {
        if (this.#read.answer === null) this.#reply.form.hidden = this.#reply.isEmpty;
        return this.#status.warn(failureWords("The conversation could not be updated", error));
      }
      this.hasFailed = true;
      this.#status.warn(
        failureWords("The conversation did not open", error),
        button("Try again", "secondary", () => void this.#look()),
      );
    }
  }

  #draw(answer: ConversationAnswer, thread: Thread): void {
    const { name } = this.#around.page;
    const mine = answer.assigned_to === name;
    this.#standing.textContent = standingWords(answer, name);
    this.#flagPrompt.draw();
    this.#here.fit(answer, thread);
    const context = this.#actionContext();
    this.#actions.draw(answer, context, { ...context, status: this.#status, focus: () => this.#reply.focus() });
    this.stand.messages.replaceChildren(messagesPart(thread));
    this.stand.showNewest();
    this.#reply.fit(thread, this.#around.desk().displayName ?? name, answer.envelopes);
    // An unsent reply stays in sight, whoever has the conversation by now.
    const left = !mine && !this.#reply.isEmpty;
    this.#reply.form.hidden = this.#saved.place.hidden = !mine && !left;
    this.#along.show(left, answer.assigned_to);
  }

  /** What was said of the last reply is old news once the next one is begun. */
  #typed(text: string): void {
    if (text !== "") {
      this.#status.clear();
      this.#did.clear();
      this.#here.typed();
    }
    this.#around.drafted(this.conversation, text);
  }

  /** What the actions ask of the conversation. */
  #actionContext(): ActionContext {
    return {
      page: this.#around.page,
      conversation: this.conversation,
      current: () => this.#read.with(this.#around.desk()),
      colleagues: () => this.#around.colleagues(),
      isMine: () => this.#read.answer?.assigned_to === this.#around.page.name,
      isLead: () => this.#around.colleagues()?.lead ?? false,
      reload: () => this.load(),
      changed: () => this.#around.changed(),
      keepNote: (text, what) => this.#notes.write(text, what),
      done: async (words, pressing = false) => {
        await this.load();
        if (this.#closed) return;
        this.#did[pressing ? "warn" : "say"](words);
        this.stand.focus();
        this.#around.changed();
      },
      failed: (doing, error) => {
        this.#did.warn(failureWords(doing, error));
        // Something came in between: it is shown, and may be read before it is tried again.
        if (error instanceof Problem && (error.type === "conflict" || error.type === "not-yours")) void this.load().catch(() => undefined);
        this.#around.changed();
      },
      draft: (what) => this.#around.draft(`${what} ${this.conversation}`),
      drafted: (what, text) => this.#around.drafted(`${what} ${this.conversation}`, text),
    };
  }

  async #sent(): Promise<void> {
    await this.#look(true);
    if (this.#closed) return;
    this.#status.say(`Sent, and signed as ${this.#around.page.name}.`, this.#around.next());
    this.#around.changed();
  }
}

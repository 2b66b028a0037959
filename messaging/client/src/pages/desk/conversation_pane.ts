/** One conversation: who has it, its messages, and what can be done. */

import { BadContinuation, forget, type ConversationAnswer, type OpenDesk, type Thread } from "../../protocol/index.ts";
import { Problem } from "../../transport/index.ts";
import { Along } from "./draft_to_note.ts";
import { button, Status, tree } from "./dom.ts";
import { shortName } from "./conversation_list.ts";
import { Disclosures } from "./disclosures.ts";
import { flagNews, seeFlag, askSeen, standingWords, waitsForLead } from "./flags.ts";
import { messagesPart } from "./message_list.ts";
import { Notes } from "./notes.ts";
import { Presence } from "./presence.ts";
import { Reply } from "./reply.ts";
import { SavedReplies } from "./saved_replies.ts";
import type { Surroundings } from "./pane_context.ts";
import { blockedWords } from "./reassign.ts";
import { takePart } from "./claim.ts";
import { failureWords } from "./messages_for_errors.ts";
import { unfoldIn, workPart, type Work } from "./actions.ts";

export class Pane {
  readonly place = tree("section", { class: "desk-pane", "aria-labelledby": "conversation" });
  readonly conversation: string;
  readonly #around: Surroundings;
  readonly #status = new Status();
  /** What came of the parts above the messages, said where they are. */
  readonly #did = new Status();
  readonly #standing = tree("p", { class: "govuk-body-s" });
  /** What a lead is asked once it is open; apart from the folds below, which must not close because it goes. */
  readonly #asked = tree("div");
  #opening = true;
  readonly #facts = tree("div", { class: "desk-pane__facts" });
  readonly #messages = tree("div");
  /** What can become of a reply that can be sent no more. */
  readonly #along: Along;
  readonly #heading: HTMLElement;
  readonly #reply: Reply;
  readonly #notes: Notes;
  readonly #disclosures: Disclosures;
  readonly #presence: Presence;
  readonly #saved: SavedReplies;
  #thread: Thread | null = null;
  #answer: ConversationAnswer | null = null;
  #closed = false;
  #hasFailed = false;
  #stands = "";

  constructor(around: Surroundings, conversation: string) {
    this.#around = around;
    this.conversation = conversation;
    this.#presence = new Presence(around.page, conversation);
    const { draft, drafted } = this.#work();
    this.#notes = new Notes(around.page, conversation, () => around.desk(), { draft, drafted }, { notes: around.notes, arrived: (words) => this.#did.say(words) });
    this.#disclosures = new Disclosures({
      ...this.#work(),
      mine: () => this.#answer?.assigned_to === around.page.name,
      lead: () => around.colleagues()?.lead ?? false,
      reload: () => this.load(),
      insert: (text) => this.#reply.insert(text),
      changed: () => around.changed(),
    });
    this.#saved = new SavedReplies(around.page, () => around.desk(), { text: () => this.#reply.text, insert: (text) => this.#reply.insert(text), draft, drafted });
    this.#heading = tree("h2", { id: "conversation", class: "govuk-heading-m", tabindex: "-1" }, `Conversation ${shortName(conversation)}`);
    this.#reply = new Reply(
      {
        page: around.page,
        conversation,
        current: () => this.#current(),
        reload: () => this.load(),
        renewDesk: () => around.renewDesk().then(() => this.load()),
        signedInAgain: () => around.signedInAgain(),
        sent: () => void this.#sent(),
        drafted: (text) => {
          // What was said of the last reply is old news once the next one is begun.
          if (text !== "") {
            this.#status.clear();
            this.#did.clear();
            this.#presence.typed();
          }
          around.drafted(conversation, text);
        },
        keeping: { draft, drafted },
      },
      around.draft(conversation),
    );
    this.#along = new Along(() => around.leaveNote());
    this.#reply.form.hidden = this.#saved.place.hidden = true;
    this.#messages.append(tree("p", { class: "desk-quiet" }, "Opening the conversation…"));
    this.place.append(button("Back to the lists", "quiet", () => around.back(), { class: "desk-quiet-button desk-pane__back" }), this.#heading, this.#did.place, this.#standing, this.#asked, this.#facts, this.#disclosures.place, this.#notes.place, this.#messages, this.#presence.place, this.#status.place, this.#saved.place, this.#reply.form, this.#along.place);
  }

  /** Shows it, and moves the focus to its heading. */
  async open(): Promise<void> {
    this.#heading.focus();
    await this.#look();
    if (this.#closed || this.#answer === null) return;
    this.#presence.start();
    // A press on this conversation has opened it, and what it says can be read: whoever raised the flag may know.
    if (this.#waitsForMe) await this.#seeFlag();
    this.#opening = false;
    this.#ask();
  }

  #ask(): void {
    askSeen(this.#asked, this.#waitsForMe && !this.#opening, () => this.#seeFlag().then(() => this.#heading.focus()));
  }

  get #waitsForMe(): boolean {
    return waitsForLead(this.#answer, this.#around.colleagues()?.lead ?? false, this.#around.page.name);
  }

  #seeFlag(): Promise<void> {
    return seeFlag(this.#around.page, this.conversation, () => this.load(), () => this.#around.changed(), this.#did);
  }

  /** Unfolds a part and moves the focus into it; false where there is no such part now. */
  unfold(name: string): boolean {
    return unfoldIn(this.place, name);
  }

  /** Moves the focus to the reply; false where nothing can be written now. */
  focusReply(): boolean {
    if (this.#reply.form.hidden) return false;
    this.#reply.focus();
    return true;
  }

  /** Looks again because the list says that something changed. */
  async refresh(): Promise<void> {
    const [earlier, before] = [this.#answer, this.#answer?.envelopes.length ?? 0];
    const { name } = this.#around.page;
    await this.#look();
    const holder = this.#answer?.assigned_to ?? null;
    if (earlier?.assigned_to === name && holder !== name) this.#did.say(`${holder === null ? "This conversation is no longer yours: it waits for whoever is free." : `This conversation went to ${holder}.`}${this.#reply.isEmpty ? "" : " What you have typed is still here."}`);
    const news = flagNews(earlier, this.#answer, name);
    if (news !== "") this.#did.say(news);
    if ((this.#answer?.envelopes.length ?? 0) > before && before > 0) this.#status.say("A new message has arrived above.");
  }

  /** Reads the thread; throws Problem or ProtocolError. */
  async load(): Promise<void> {
    const { answer, thread } = await this.#around.read(this.conversation);
    // Locked or left while the server answered: nothing may be shown any more.
    if (this.#closed) return forget(thread);
    if (this.#thread !== null) forget(this.#thread);
    this.#thread = thread;
    this.#answer = answer;
    this.#draw(answer, thread);
    await Promise.all([this.#notes.load(), this.#disclosures.load().catch((error: unknown) => this.#disclosures.failed(error))]);
  }

  /** What was begun as a reply stands among the notes now. */
  async wentAlong(): Promise<void> {
    this.#reply.empty();
    await this.load().catch(() => undefined);
    if (!this.#closed) this.#did.say("What you had typed is kept as a note for colleagues. It is no longer in your reply.");
  }

  /** What somebody else decides of a disclosure changes no line of the lists. */
  async lookAtDisclosures(): Promise<void> {
    if (this.#answer !== null) await this.#disclosures.load().catch(() => undefined);
  }

  /** Forgets the thread and takes every word out of the page. */
  close(): void {
    this.#closed = true;
    if (this.#thread !== null) forget(this.#thread);
    this.#thread = this.#answer = null;
    this.#reply.clear();
    this.#notes.close();
    this.#disclosures.close();
    this.#saved.close();
    this.#presence.close();
    this.place.replaceChildren();
  }

  async #look(): Promise<void> {
    try {
      await this.load();
      // What was said of a look that failed, and its button, are over.
      if (this.#hasFailed) this.#status.clear();
      this.#hasFailed = false;
    } catch (error) {
      if (this.#closed) return;
      if (this.#answer === null) this.#messages.replaceChildren();
      if (error instanceof Problem && error.type === "not-found") {
        this.#messages.replaceChildren();
        for (const part of [this.#standing, this.#asked, this.#facts]) part.replaceChildren();
        this.#reply.form.hidden = this.#reply.isEmpty;
        this.#around.gone();
      }
      // What stands here is still what was read, and what was typed may still be copied.
      if (error instanceof BadContinuation) {
        if (this.#answer === null) this.#reply.form.hidden = this.#reply.isEmpty;
        return this.#status.warn(failureWords("The conversation was not looked at again", error));
      }
      this.#hasFailed = true;
      this.#status.warn(failureWords("The conversation did not open", error), button("Try again", "secondary", () => void this.#look()));
    }
  }

  #draw(answer: ConversationAnswer, thread: Thread): void {
    const { name } = this.#around.page;
    const mine = answer.assigned_to === name;
    this.#standing.textContent = standingWords(answer, name) + blockedWords(answer);
    this.#ask();
    // What is as it was stays as it is: a button must not go away under somebody's finger because a message came.
    const stands = JSON.stringify([answer.assigned_to, answer.state, answer.snoozed_until, answer.flag, answer.blocked_until]);
    if (this.#stands !== stands) {
      this.#stands = stands;
      const take = answer.state === "waiting" ? [takePart({ page: this.#around.page, conversation: this.conversation, load: () => this.load(), status: this.#status, focus: () => this.#reply.focus(), changed: () => this.#around.changed() })] : [];
      this.#facts.replaceChildren(...take, workPart(this.#work(), answer));
    }
    this.#messages.replaceChildren(messagesPart(thread));
    this.#reply.fit(thread, this.#around.desk().displayName ?? name, answer.envelopes);
    // An unsent reply stays in sight, whoever has the conversation by now.
    const left = !mine && !this.#reply.isEmpty;
    this.#reply.form.hidden = this.#saved.place.hidden = !mine && !left;
    this.#along.show(left, answer.assigned_to);
  }

  /** What the parts that do something with the conversation ask of it. */
  #work(): Work {
    return {
      page: this.#around.page,
      conversation: this.conversation,
      current: () => this.#current(),
      colleagues: () => this.#around.colleagues(),
      keepNote: (text, what) => this.#notes.write(text, what),
      done: async (words, pressing = false) => {
        await this.load();
        if (this.#closed) return;
        this.#did[pressing ? "warn" : "say"](words);
        this.#heading.focus();
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

  #current(): { readonly desk: OpenDesk; readonly thread: Thread } {
    if (this.#thread === null) throw new BadContinuation("no thread was read that this could go into");
    return { desk: this.#around.desk(), thread: this.#thread };
  }

  async #sent(): Promise<void> {
    await this.#look();
    if (this.#closed) return;
    this.#status.say(`Sent, and signed as ${this.#around.page.name}.`, this.#around.next());
    this.#around.changed();
  }
}

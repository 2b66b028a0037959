/** One conversation: who has it, its messages, and what can be done. */

import { forget, readAsDesk, type ConversationAnswer, type OpenDesk, type Thread } from "../../protocol/index.ts";
import { Problem } from "../../transport/index.ts";
import { today } from "../parts/clock.ts";
import { busy, button, Status, tree } from "./build.ts";
import { shortName } from "./list.ts";
import { messagesPart } from "./messages.ts";
import type { DeskPage } from "./page.ts";
import { Reply } from "./reply.ts";
import { failureWords, takenBy } from "./words.ts";

/** What a conversation asks of the desk around it. */
export interface Surroundings {
  readonly page: DeskPage;
  desk(): OpenDesk;
  renewDesk(): Promise<void>;
  signedInAgain(): Promise<void>;
  /** Something changed that the lists show. */
  changed(): void;
  back(): void;
  /** A button for the next conversation that waits for me, if there is one. */
  next(): HTMLElement | null;
  drafted(conversation: string, text: string): void;
}

export class Pane {
  readonly place = tree("section", { class: "desk-pane", "aria-labelledby": "conversation" });
  readonly conversation: string;
  readonly #around: Surroundings;
  readonly #status = new Status();
  readonly #facts = tree("div", { class: "desk-pane__facts" });
  readonly #messages = tree("div");
  readonly #heading: HTMLElement;
  readonly #reply: Reply;
  #thread: Thread | null = null;
  #answer: ConversationAnswer | null = null;
  #closed = false;
  #stands = "";

  constructor(around: Surroundings, conversation: string, draft: string) {
    this.#around = around;
    this.conversation = conversation;
    this.#heading = tree("h2", { id: "conversation", class: "govuk-heading-m", tabindex: "-1" }, `Conversation ${shortName(conversation)}`);
    this.#reply = new Reply(
      {
        page: around.page,
        conversation,
        current: () => {
          if (this.#thread === null) throw new Error("no thread");
          return { desk: around.desk(), thread: this.#thread };
        },
        reload: (envelope) => this.load().then(() => this.#answer?.envelopes.includes(envelope) ?? false),
        renewDesk: async () => {
          await around.renewDesk();
          await this.load();
        },
        signedInAgain: () => around.signedInAgain(),
        sent: () => void this.#sent(),
        drafted: (text) => {
          // What was said of the last reply is old news once the next one is begun.
          if (text !== "") this.#status.clear();
          around.drafted(conversation, text);
        },
      },
      draft,
    );
    this.#reply.form.hidden = true;
    this.#messages.append(tree("p", { class: "desk-quiet" }, "Opening the conversation…"));
    this.place.append(button("Back to the lists", "quiet", () => around.back(), { class: "desk-quiet-button desk-pane__back" }), this.#heading, this.#facts, this.#messages, this.#status.place, this.#reply.form);
  }

  /** Shows it, and moves the focus to its heading. */
  async open(): Promise<void> {
    this.#heading.focus();
    await this.#look();
  }

  /** Looks again because the list says that something changed. */
  async refresh(): Promise<void> {
    const before = this.#answer?.envelopes.length ?? 0;
    await this.#look();
    if ((this.#answer?.envelopes.length ?? 0) > before && before > 0) this.#status.say("A new message has arrived above.");
  }

  /** Reads the thread; throws Problem or ProtocolError. */
  async load(): Promise<void> {
    const { page } = this.#around;
    const answer = await page.api.conversation(this.conversation);
    const thread = await readAsDesk(page.site, this.#around.desk(), answer, today());
    // Locked or left while the server answered: nothing may be shown any more.
    if (this.#closed) return forget(thread);
    if (this.#thread !== null) forget(this.#thread);
    this.#thread = thread;
    this.#answer = answer;
    this.#draw(answer, thread);
  }

  /** Forgets the thread and takes every word out of the page. */
  close(): void {
    this.#closed = true;
    if (this.#thread !== null) forget(this.#thread);
    this.#thread = this.#answer = null;
    this.#reply.clear();
    this.place.replaceChildren();
  }

  async #look(): Promise<void> {
    try {
      await this.load();
    } catch (error) {
      if (this.#closed) return;
      if (this.#answer === null) this.#messages.replaceChildren();
      if (error instanceof Problem && error.type === "not-found") {
        this.#messages.replaceChildren();
        this.#facts.replaceChildren();
        this.#reply.form.hidden = this.#reply.isEmpty;
      }
      this.#status.warn(failureWords("The conversation did not open", error), button("Try again", "secondary", () => void this.#look()));
    }
  }

  #draw(answer: ConversationAnswer, thread: Thread): void {
    const { name } = this.#around.page;
    const mine = answer.assigned_to === name;
    const who = mine ? "You have this conversation." : answer.assigned_to === null ? "Nobody has this conversation." : `${answer.assigned_to} has this conversation.`;
    const state = { waiting: "The person waits.", assigned: "The person waits.", answered: "It is answered.", closed: "It is closed." }[answer.state];
    // What is as it was stays as it is: a button must not go away under somebody's finger because a message came.
    if (this.#facts.textContent === "" || this.#stands !== `${who} ${state}`) {
      this.#stands = `${who} ${state}`;
      this.#facts.replaceChildren(tree("p", { class: "govuk-body-s" }, this.#stands));
      if (mine) this.#facts.append(this.#giveBack(answer.state === "assigned"));
      if (answer.state === "waiting") this.#facts.append(this.#take());
    }
    this.#messages.replaceChildren(messagesPart(thread));
    this.#reply.fit(thread, this.#around.desk().displayName ?? name);
    // An unsent reply stays in sight, whoever has the conversation by now.
    this.#reply.form.hidden = !mine && this.#reply.isEmpty;
  }

  #take(): HTMLElement {
    const take: HTMLButtonElement = button("Take this conversation", "", () => {
      void busy(take, "Taking it…", async () => {
        try {
          await this.#around.page.api.claim(this.conversation);
          await this.load();
          this.#status.say("It is yours now.");
          this.#reply.focus();
        } catch (error) {
          if (error instanceof Problem && error.type === "taken") {
            await this.load().catch(() => undefined);
            this.#status.warn(`${takenBy(error)} took this conversation just before you. There is nothing for you to do here.`);
          } else this.#status.warn(failureWords("You could not take it", error));
        }
        this.#around.changed();
      });
    });
    return take;
  }

  #giveBack(waits: boolean): HTMLElement {
    const goes = waits ? "It goes to the waiting list, and to another counsellor who has room." : "Nobody waits for an answer now. The person’s next message goes to whoever is on duty then.";
    const inside = tree("div", { class: "govuk-details__text" }, tree("p", {}, goes));
    const give: HTMLButtonElement = button("Give it back", "secondary", () => {
      void busy(give, "Giving it back…", async () => {
        try {
          await this.#around.page.api.release(this.conversation);
          await this.load();
          this.#status.say("It is no longer yours.");
          this.#heading.focus();
        } catch (error) {
          this.#status.warn(failureWords("It was not given back", error));
        }
        this.#around.changed();
      });
    });
    inside.append(give);
    const summary = tree("summary", { class: "govuk-details__summary" }, tree("span", { class: "govuk-details__summary-text" }, "Give this conversation back"));
    return tree("details", { class: "govuk-details" }, summary, inside);
  }

  async #sent(): Promise<void> {
    await this.#look();
    if (this.#closed) return;
    this.#status.say(`Sent, and signed as ${this.#around.page.name}.`, this.#around.next());
    this.#around.changed();
  }
}

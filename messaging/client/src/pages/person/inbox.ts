/** /inbox: eight words open the conversation here, or what was begun before there was one. */

import type { FirstMessageAnswer } from "../../protocol/index.ts";
import { today } from "../parts/clock.ts";
import { byId, showOnly } from "../parts/dom.ts";
import { pgettext } from "../parts/gettext.ts";
import { nameStep } from "../parts/titles.ts";
import { DraftStep } from "./draft_step.ts";
import { OpenConversation } from "./open_conversation.ts";
import type { Session } from "./session.ts";
import { saySent } from "./thread_news.ts";
import { WordsForm } from "./words_form.ts";

export class InboxPage {
  readonly #opening = new WordsForm((session) => this.#opened(session));
  readonly #open = byId("step-open", HTMLElement);
  readonly #begun = byId("step-draft", HTMLElement);
  readonly #draft: DraftStep = new DraftStep({
    session: () => this.#conversation.session,
    sent: (answer) => this.#sentDraft(answer),
    deleted: () => this.#conversation.end("gone"),
  });
  readonly #conversation: OpenConversation = new OpenConversation({
    steps: [this.#open, this.#begun],
    held: () => {
      if (this.#draft.typed) return { what: "message", paper: false };
      return this.#opening.typed ? { what: "typed", paper: false } : null;
    },
    forget: () => {
      this.#opening.forget();
      this.#draft.forget();
    },
  });

  /** Makes the form for the words work. */
  begin(): Promise<void> {
    return this.#opening.begin();
  }

  async #opened(session: Session): Promise<void> {
    this.#conversation.take(session);
    try {
      const { read, kept } = await session.readOrKept(today());
      if (read !== null) return this.#conversation.show(read, kept);
      showOnly(this.#begun, [this.#open, this.#begun]);
      nameStep(pgettext("title of a page", "Write"), this.#begun);
      await this.#draft.begin(kept);
    } catch (error) {
      this.#conversation.letGo();
      throw error;
    }
  }

  async #sentDraft({ reply_by: replyBy }: FirstMessageAnswer): Promise<void> {
    this.#conversation.show(await this.#conversation.session.read(today()), null);
    saySent(replyBy);
  }
}

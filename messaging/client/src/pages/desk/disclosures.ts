/** The rare breach of confidentiality in one conversation: proposed, decided by a second person, carried out (PROTOCOL §6.1, §8.9). */

import {
  type DisclosureLine,
  type DisclosuresAnswer,
  disclosureHash,
  ownChecks,
  type Proposal,
  ProtocolError,
  REASONS,
  RECIPIENTS,
  type ReadDisclosure,
  readDisclosure,
  sealDisclosure,
  type Thread,
} from "../../protocol/index.ts";
import { Problem } from "../../transport/index.ts";
import { type Child, element } from "../parts/element.ts";
import type { ActionContext } from "./action.ts";
import { decidePart, type Step } from "./disclosure_decision.ts";
import { leavingPart, textPart } from "./disclosure_document.ts";
import { doubtWords, NOBODY_DECIDES, stateWords, TELLINGS, tellingWords } from "./disclosure_words.ts";
import { busy, button, Status } from "./dom.ts";
import { failureWords, OwnWords } from "./messages_for_errors.ts";
import { isProposalBegun, ProposeForm } from "./propose.ts";

/** What the procedure asks of the conversation it stands in. */
export interface DisclosureContext extends ActionContext {
  /** Puts words into the reply. */
  insert(text: string): void;
}

export class Disclosures {
  readonly place: HTMLDetailsElement;
  readonly #context: DisclosureContext;
  readonly #title = element("span", { class: "govuk-details__summary-text" }, "Break confidentiality");
  readonly #lines = element("div");
  readonly #status = new Status();
  readonly #leaving = element("div");
  readonly #next = element("div");
  #form: ProposeForm | null = null;
  #drawn = "";
  #closed = false;

  constructor(context: DisclosureContext) {
    this.#context = context;
    this.place = element(
      "details",
      { class: "govuk-details", "data-action": "disclose", hidden: true, open: isProposalBegun(context) },
      element("summary", { class: "govuk-details__summary" }, this.#title),
      element("div", { class: "govuk-details__text" }, this.#lines, this.#status.place, this.#leaving, this.#next),
    );
    // The form shows the messages once more, so it is there only while someone looks at it.
    this.place.addEventListener("toggle", () => {
      if (!this.#closed && !this.place.hidden) void this.load().catch((error: unknown) => this.failed(error));
    });
  }

  /** Asks again how things stand; unfolds when something waits for whoever looks. Throws Problem. */
  async load(): Promise<void> {
    const { page, conversation } = this.#context;
    const answer = await page.api.disclosures(conversation);
    if (this.#closed) return;
    const { thread } = this.#context.current();
    const state = JSON.stringify([answer.disclosures, answer.decider, thread.items, this.#context.isMine(), this.#context.isLead(), this.place.open]);
    if (state === this.#drawn) return;
    const parts = await Promise.all(answer.disclosures.map(async (line) => this.#part(line, await this.#read(line, answer))));
    if (this.#closed) return;
    this.#drawn = state;
    const open = answer.disclosures.find((line) => line.state === "proposed" || line.state === "approved");
    const may = this.#context.isMine() || this.#context.isLead();
    const proposes = open === undefined && may && this.place.open;
    const waits = open?.state === "proposed" && open.role === "proposer";
    this.#lines.replaceChildren(...parts, ...((proposes || waits) && !answer.decider ? [element("p", { class: "desk-message" }, NOBODY_DECIDES)] : []));
    this.#next.replaceChildren(...(proposes ? [this.#propose(thread, parts.length > 0)] : []));
    if (open !== undefined) this.#drop();
    this.place.hidden = !may && answer.disclosures.length === 0;
    this.#title.textContent =
      open === undefined ? "Break confidentiality" : open.state === "proposed" ? "Break confidentiality: proposed" : "Break confidentiality: agreed to";
    if (open !== undefined && (open.state === "approved" ? open.role !== null : this.#context.isLead() && open.role === null)) this.place.open = true;
  }

  /** Says so here; the conversation itself stands. */
  failed(error: unknown): void {
    if (!this.#closed) this.#status.warn(failureWords("The proposals could not be loaded", error));
  }

  /** Takes every word out of the page. */
  close(): void {
    this.#closed = true;
    this.#drop();
    this.place.replaceChildren();
  }

  #drop(): void {
    this.#form?.clear();
    this.#form = null;
  }

  /** The form; behind a button where there was a proposal before. */
  #propose(thread: Thread, another: boolean): HTMLElement {
    if (another && this.#form === null) return button("Propose another", "secondary", () => this.#next.replaceChildren(this.#propose(thread, false)));
    this.#form ??= new ProposeForm({
      draft: (what) => this.#context.draft(what),
      drafted: (what, text) => this.#context.drafted(what, text),
      propose: (pressed, proposal) => this.#proposed(pressed, proposal),
    });
    this.#form.fit(thread.items);
    return this.#form.place;
  }

  #proposed(pressed: HTMLButtonElement, proposal: Proposal): void {
    const { page, conversation } = this.#context;
    this.#step(
      { pressed, doing: "Sending your proposal…", done: "You have proposed it. Another person, who is a lead, decides.", failed: "Your proposal was not sent" },
      async () => {
        const { desk, thread } = this.#context.current();
        await page.api.proposeDisclosure(conversation, await sealDisclosure(page.site, desk, conversation, proposal, thread.items));
        for (const what of ["disclose", "disclose-to"]) this.#context.drafted(what, "");
        this.#form?.forget();
        this.#drop();
      },
    );
  }

  /** Null where it is not told to whoever looks, or does not hold. */
  async #read(line: DisclosureLine, answer: DisclosuresAnswer): Promise<ReadDisclosure | null> {
    if (line.note === null) return null;
    const { page, conversation } = this.#context;
    const { desk, thread } = this.#context.current();
    try {
      return await readDisclosure(page.site, desk, conversation, line, answer.certificates, thread.items);
    } catch (error) {
      if (error instanceof ProtocolError) return null;
      throw error;
    }
  }

  #part(line: DisclosureLine, read: ReadDisclosure | null): HTMLElement {
    const proposed = line.state === "proposed";
    const decides = proposed && line.role === null && this.#context.isLead();
    const isOver = !proposed && line.state !== "approved";
    return element(
      "div",
      { class: "desk-note desk-disclosure", "data-disclosure": line.state },
      element("p", { class: "desk-bubble__from" }, stateWords(line)),
      element(
        "p",
        {},
        `${REASONS[line.reason]} To: ${RECIPIENTS[line.recipient]}`,
        read !== null && ", ",
        read !== null && element("bdi", {}, read.proposal.to),
        `. ${TELLINGS[line.telling]}.`,
      ),
      read !== null && element("p", { translate: "no" }, `${read.proposer}: `, element("bdi", {}, read.proposal.why)),
      read?.decision != null &&
        element("p", { translate: "no" }, `${read.decision.writer} ${read.decision.agrees ? "agreed" : "refused"}: `, element("bdi", {}, read.decision.text)),
      line.note !== null &&
        (read === null || read.text === null) &&
        element(
          "p",
          { class: "desk-message desk-message--error" },
          "This proposal fails its checks here: it was changed, or a message does not open with your keys. Do not agree to it.",
        ),
      ...(isOver || read === null ? [] : this.#doubts(read)),
      !isOver && read?.text != null && textPart("The text that would be shared", read.text),
      decides && decidePart(line, { ...this.#context, holds: read?.text != null, step: (step, what) => this.#step(step, what) }),
      line.state === "approved" && line.role !== null && this.#carry(line),
      line.state === "disclosed" && line.carried_by === this.#context.page.name && line.role !== null && this.#make(line, "Show the text again"),
      !isOver && line.role === "proposer" && this.#withdraw(line),
    );
  }

  #doubts(read: ReadDisclosure): HTMLElement[] {
    const { items } = this.#context.current().thread;
    return doubtWords(read, ownChecks(read.proposal.messages, items), items).map((words) => element("p", { class: "desk-message desk-message--error" }, words));
  }

  #carry(line: DisclosureLine): HTMLElement {
    const first = line.telling === "told" && !line.told;
    const insert: HTMLButtonElement = button("Put a draft into the reply", "secondary", () => this.#context.insert(tellingWords(RECIPIENTS[line.recipient])));
    return element(
      "div",
      {},
      first &&
        element(
          "p",
          {},
          this.#context.isMine()
            ? "Tell the person first, in a reply here. Then the text can be made."
            : "The counsellor who has this conversation tells the person first. Then the text can be made.",
        ),
      first && this.#context.isMine() && insert,
      !first && this.#make(line, "Make the text now"),
    );
  }

  /** Only after both signatures, the hash, and the server's step hold is there a text. */
  #make(line: DisclosureLine, title: string): Child {
    const { page, conversation } = this.#context;
    const make: HTMLButtonElement = button(title, "", () => {
      this.#step(
        { pressed: make, doing: "Checking it…", done: "The text is below. The log says that you made it.", failed: "The text was not made" },
        async () => {
          await this.#context.reload();
          const answer = await page.api.disclosures(conversation);
          const now = answer.disclosures.find((one) => one.id === line.id);
          const read = now === undefined ? null : await this.#read(now, answer);
          if (read?.text == null || read.decision?.agrees !== true)
            throw new OwnWords("what you both agreed to fails its checks here, so there is no text. Tell your admin.");
          await page.api.stepDisclosure(line.id, "disclose", await disclosureHash(now?.note ?? ""), null);
          if (this.#closed) return;
          this.#leaving.replaceChildren(leavingPart(read.text, () => this.#leaving.replaceChildren()));
        },
      );
    });
    return make;
  }

  #withdraw(line: DisclosureLine): HTMLElement {
    const back: HTMLButtonElement = button("Withdraw it", "secondary", () => {
      this.#step({ pressed: back, doing: "Withdrawing it…", done: "It is withdrawn. Nothing is shared.", failed: "It was not withdrawn" }, async () => {
        await this.#context.page.api.stepDisclosure(line.id, "withdraw", await disclosureHash(line.note ?? ""), null);
      });
    });
    return back;
  }

  #step(step: Step, what: () => Promise<void>): void {
    void busy(step.pressed, step.doing, async () => {
      this.#status.clear();
      try {
        await what();
        await this.#context.reload();
        this.#status.say(step.done);
        this.place.querySelector<HTMLElement>("#leaving")?.focus();
      } catch (error) {
        const late = error instanceof Problem && error.type === "conflict";
        this.#status.warn(late ? `${step.failed}: it has changed. Someone has decided, or it has expired. Check again.` : failureWords(step.failed, error));
        await this.#context.reload().catch(() => undefined);
      }
      this.#context.changed();
    });
  }
}

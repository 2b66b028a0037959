/** The rare breach of confidentiality in one conversation: proposed, decided by a second person, carried out (PROTOCOL §6.1, §8.9). */

import {
  disclosureHash,
  ProtocolError,
  readDisclosure,
  REASONS,
  RECIPIENTS,
  sealDecision,
  sealDisclosure,
  type DisclosureLine,
  type DisclosuresAnswer,
  type OpenDesk,
  type Proposal,
  type ReadDisclosure,
  type Thread,
} from "../../protocol/index.ts";
import { Problem } from "../../transport/index.ts";
import { area } from "./private_fields.ts";
import { busy, button, Status, tree, type Child } from "./dom.ts";
import { NOBODY_DECIDES, stateWords, TELLINGS, tellingWords } from "./disclosure_words.ts";
import { leavingPart, textPart } from "./disclosure_document.ts";
import type { DeskPage } from "./page.ts";
import { isProposalBegun, ProposeForm } from "./propose.ts";
import { failureWords } from "./messages_for_errors.ts";

/** What the procedure asks of the conversation it stands in. */
export interface Around {
  readonly page: DeskPage;
  readonly conversation: string;
  current(): { readonly desk: OpenDesk; readonly thread: Thread };
  /** Whether the conversation is mine, and whether I am a lead. */
  mine(): boolean;
  lead(): boolean;
  /** Reads the conversation again, and this with it. */
  reload(): Promise<void>;
  /** Puts words into the reply. */
  insert(text: string): void;
  /** Something changed that the lists show. */
  changed(): void;
  draft(what: string): string;
  drafted(what: string, text: string): void;
}

interface Step {
  readonly pressed: HTMLButtonElement;
  readonly doing: string;
  readonly done: string;
  readonly failed: string;
}

export class Disclosures {
  readonly place: HTMLDetailsElement;
  readonly #around: Around;
  readonly #title = tree("span", { class: "govuk-details__summary-text" }, "Break confidentiality");
  readonly #lines = tree("div");
  readonly #status = new Status();
  readonly #leaving = tree("div");
  readonly #next = tree("div");
  #form: ProposeForm | null = null;
  #drawn = "";
  #closed = false;

  constructor(around: Around) {
    this.#around = around;
    this.place = tree(
      "details",
      { class: "govuk-details", "data-work": "disclose", hidden: true, open: isProposalBegun(around) },
      tree("summary", { class: "govuk-details__summary" }, this.#title),
      tree("div", { class: "govuk-details__text" }, this.#lines, this.#status.place, this.#leaving, this.#next),
    );
    // The form shows the messages once more, so it is there only while somebody looks at it.
    this.place.addEventListener("toggle", () => {
      if (!this.#closed && !this.place.hidden) void this.load().catch((error: unknown) => this.failed(error));
    });
  }

  /** Asks again how things stand; unfolds when something waits for whoever looks. Throws Problem. */
  async load(): Promise<void> {
    const { page, conversation } = this.#around;
    const answer = await page.api.disclosures(conversation);
    if (this.#closed) return;
    const { thread } = this.#around.current();
    const state = JSON.stringify([answer.disclosures, answer.decider, thread.items, this.#around.mine(), this.#around.lead(), this.place.open]);
    if (state === this.#drawn) return;
    const parts = await Promise.all(answer.disclosures.map(async (line) => this.#part(line, await this.#read(line, answer))));
    if (this.#closed) return;
    this.#drawn = state;
    const open = answer.disclosures.find((line) => line.state === "proposed" || line.state === "approved");
    const may = this.#around.mine() || this.#around.lead();
    const proposes = open === undefined && may && this.place.open;
    const waits = open?.state === "proposed" && open.role === "proposer";
    this.#lines.replaceChildren(...parts, ...((proposes || waits) && !answer.decider ? [tree("p", { class: "desk-message" }, NOBODY_DECIDES)] : []));
    this.#next.replaceChildren(...(proposes ? [this.#propose(thread, parts.length > 0)] : []));
    if (open !== undefined) this.#drop();
    this.place.hidden = !may && answer.disclosures.length === 0;
    this.#title.textContent = open === undefined ? "Break confidentiality" : open.state === "proposed" ? "Break confidentiality: proposed" : "Break confidentiality: agreed to";
    if (open !== undefined && (open.state === "approved" ? open.role !== null : this.#around.lead() && open.role === null)) this.place.open = true;
  }

  /** Says so here; the conversation itself stands. */
  failed(error: unknown): void {
    if (!this.#closed) this.#status.warn(failureWords("What is proposed could not be looked up", error));
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
      draft: (what) => this.#around.draft(what),
      drafted: (what, text) => this.#around.drafted(what, text),
      propose: (pressed, proposal) => this.#proposed(pressed, proposal),
    });
    this.#form.fit(thread.items);
    return this.#form.place;
  }

  #proposed(pressed: HTMLButtonElement, proposal: Proposal): void {
    const { page, conversation } = this.#around;
    this.#step({ pressed, doing: "Proposing it…", done: "It is proposed. A lead who is somebody else decides.", failed: "It was not proposed" }, async () => {
      const { desk, thread } = this.#around.current();
      await page.api.proposeDisclosure(conversation, await sealDisclosure(page.site, desk, conversation, proposal, thread.items));
      for (const what of ["disclose", "disclose-to"]) this.#around.drafted(what, "");
      this.#form?.forget();
      this.#drop();
    });
  }

  /** Null where it is not told to whoever looks, or does not hold. */
  async #read(line: DisclosureLine, answer: DisclosuresAnswer): Promise<ReadDisclosure | null> {
    if (line.note === null) return null;
    const { page, conversation } = this.#around;
    const { desk, thread } = this.#around.current();
    try {
      return await readDisclosure(page.site, desk, conversation, line, answer.certificates, thread.items);
    } catch (error) {
      if (error instanceof ProtocolError) return null;
      throw error;
    }
  }

  #part(line: DisclosureLine, read: ReadDisclosure | null): HTMLElement {
    const proposed = line.state === "proposed";
    const decides = proposed && line.role === null && this.#around.lead();
    const isOver = !proposed && line.state !== "approved";
    return tree(
      "div",
      { class: "desk-note desk-disclosure", "data-disclosure": line.state },
      tree("p", { class: "desk-bubble__from" }, stateWords(line)),
      tree("p", {}, `${REASONS[line.reason]} To: ${RECIPIENTS[line.recipient]}`, read !== null && ", ", read !== null && tree("bdi", {}, read.proposal.to), `. ${TELLINGS[line.telling]}.`),
      read !== null && tree("p", { translate: "no" }, `${read.proposer}: `, tree("bdi", {}, read.proposal.why)),
      read?.decision != null && tree("p", { translate: "no" }, `${read.decision.writer} ${read.decision.agrees ? "agreed" : "refused"}: `, tree("bdi", {}, read.decision.text)),
      line.note !== null && (read === null || read.text === null) && tree("p", { class: "desk-message desk-message--error" }, "What was proposed does not hold here: it was altered, or a message does not open with your keys. Do not agree to it."),
      !isOver && read?.text != null && textPart("The text that would leave", read.text),
      decides && this.#decide(line, read?.text != null),
      line.state === "approved" && line.role !== null && this.#carry(line),
      line.state === "disclosed" && line.carried_by === this.#around.page.name && line.role !== null && this.#make(line, "Show the text again"),
      !isOver && line.role === "proposer" && this.#withdraw(line),
    );
  }

  #decide(line: DisclosureLine, holds: boolean): HTMLElement {
    const { page, conversation } = this.#around;
    const why = area("disclose-decision", "Why you agree or refuse", this.#around.draft("decide"), (text) => this.#around.drafted("decide", text));
    const step = (pressed: HTMLButtonElement, agrees: boolean): void => {
      if (why.control.value.trim() === "") return why.fault("Enter why you agree or refuse.");
      const words = agrees ? { doing: "Agreeing…", done: line.telling === "told" ? "You have agreed. When the person is told, one of you two can make the text." : "You have agreed. One of you two can make the text now.", failed: "It was not agreed to" } : { doing: "Refusing…", done: "You have refused. Whoever proposed it sees why.", failed: "It was not refused" };
      this.#step({ pressed, ...words }, async () => {
        const note = line.note ?? "";
        const decision = await sealDecision(page.site, this.#around.current().desk, conversation, note, agrees, why.control.value);
        await page.api.stepDisclosure(line.id, agrees ? "approve" : "refuse", await disclosureHash(note), decision);
        this.#around.drafted("decide", "");
      });
    };
    const agree: HTMLButtonElement = button("Agree that this leaves", "warning", () => step(agree, true));
    const refuse: HTMLButtonElement = button("Refuse", "secondary", () => step(refuse, false));
    return tree("div", {}, why.group, holds && agree, " ", refuse);
  }

  #carry(line: DisclosureLine): HTMLElement {
    const first = line.telling === "told" && !line.told;
    const insert: HTMLButtonElement = button("Put words into the reply", "secondary", () => this.#around.insert(tellingWords(RECIPIENTS[line.recipient])));
    return tree(
      "div",
      {},
      first && tree("p", {}, this.#around.mine() ? "Tell the person first, in a reply here. Then the text can be made." : "Whoever has this conversation tells the person first. Then the text can be made."),
      first && this.#around.mine() && insert,
      !first && this.#make(line, "Make the text now"),
    );
  }

  /** Only after both signatures, the hash, and the server's step hold is there a text. */
  #make(line: DisclosureLine, title: string): Child {
    const { page, conversation } = this.#around;
    const make: HTMLButtonElement = button(title, "", () => {
      this.#step({ pressed: make, doing: "Checking it…", done: "The text is below. The log says that you made it.", failed: "The text was not made" }, async () => {
        await this.#around.reload();
        const answer = await page.api.disclosures(conversation);
        const now = answer.disclosures.find((one) => one.id === line.id);
        const read = now === undefined ? null : await this.#read(now, answer);
        if (read?.text == null || read.decision?.agrees !== true) throw new Problem("unknown", 409, "what was agreed to does not hold here, so there is no text. Tell your admin.");
        await page.api.stepDisclosure(line.id, "disclose", await disclosureHash(now?.note ?? ""), null);
        if (this.#closed) return;
        this.#leaving.replaceChildren(leavingPart(read.text, () => this.#leaving.replaceChildren()));
      });
    });
    return make;
  }

  #withdraw(line: DisclosureLine): HTMLElement {
    const back: HTMLButtonElement = button("Take it back", "secondary", () => {
      this.#step({ pressed: back, doing: "Taking it back…", done: "It is taken back. Nothing leaves.", failed: "It was not taken back" }, async () => {
        await this.#around.page.api.stepDisclosure(line.id, "withdraw", await disclosureHash(line.note ?? ""), null);
      });
    });
    return back;
  }

  #step(step: Step, what: () => Promise<void>): void {
    void busy(step.pressed, step.doing, async () => {
      this.#status.clear();
      try {
        await what();
        await this.#around.reload();
        this.#status.say(step.done);
        this.place.querySelector<HTMLElement>("#leaving")?.focus();
      } catch (error) {
        const late = error instanceof Problem && error.type === "conflict";
        this.#status.warn(late ? `${step.failed}: it is not as it was. Somebody decided, or it has run out. Look again.` : failureWords(step.failed, error));
        await this.#around.reload().catch(() => undefined);
      }
      this.#around.changed();
    });
  }
}

/** Proposing a disclosure: why, to whom, exactly which messages, and the very text that would leave before anyone is asked. */

import { documentOf, isOneLine, type Message, MOST_DISCLOSED, ownChecks, type Proposal, RECIPIENTS, type Thread } from "../../protocol/index.ts";
import { element } from "../parts/element.ts";
import { dateWords } from "../parts/moments.ts";
import { CHOSEN, Choices, type Keeping } from "./choices.ts";
import { textPart } from "./disclosure_document.ts";
import { DANGERS, TELLINGS } from "./disclosure_words.ts";
import { button, field, Status } from "./dom.ts";
import { area, choice, PRIVATE } from "./private_fields.ts";

const SHOWN = 90;
/** Under which the messages that are ticked are kept. */
const TICKED = "disclose-messages";
const BEGUN = ["disclose", "disclose-to", ...["disclose-reason", "disclose-recipient", "disclose-telling", TICKED].map((name) => CHOSEN + name)];
type Place = readonly [1 | 2, number];

/** What the form asks of the conversation it stands in. */
export interface ProposeContext extends Keeping {
  /** Seals and sends it; what comes of it is said elsewhere. */
  propose(pressed: HTMLButtonElement, proposal: Proposal): void;
}

/** Whether something of the form was begun: then it is shown again. */
export function isProposalBegun(keeping: Keeping): boolean {
  return BEGUN.some((what) => keeping.draft(what) !== "");
}

export class ProposeForm {
  readonly place = element("div", { class: "desk-propose" });
  readonly #around: ProposeContext;
  readonly #reason = choice("disclose-reason", "Reason for sharing", Object.entries(DANGERS), "Choose the reason for sharing.");
  readonly #recipient = choice("disclose-recipient", "Who would receive it", Object.entries(RECIPIENTS), "Choose who would receive it.");
  readonly #to = field("disclose-to", "Which office or team", { type: "text", ...PRIVATE }, "This is included in the text.");
  readonly #telling = choice("disclose-telling", "Will the person be told?", Object.entries(TELLINGS), "Choose whether the person will be told.");
  readonly #why;
  readonly #messages = element("div", { class: "govuk-checkboxes govuk-checkboxes--small" });
  readonly #preview = element("div");
  readonly #status = new Status();
  readonly #choices: Choices;
  readonly #ticked: Set<string>;
  #items: Thread["items"] = [];

  constructor(around: ProposeContext) {
    this.#around = around;
    this.#choices = new Choices(around);
    for (const { control } of [this.#reason, this.#recipient, this.#telling]) this.#choices.keep(control);
    this.#ticked = new Set(
      this.#choices
        .read(TICKED)
        .split(" ")
        .filter((key) => key !== ""),
    );
    this.#why = area("disclose-why", "Why you think so (only the lead sees this)", around.draft("disclose"), (text) => around.drafted("disclose", text));
    this.#to.control.value = around.draft("disclose-to");
    this.#to.control.addEventListener("input", () => around.drafted("disclose-to", this.#to.control.value));
    const press: HTMLButtonElement = button("Propose it to a lead", "warning", () => this.#press(press));
    for (const { control } of [this.#reason, this.#recipient, this.#to]) control.addEventListener("input", () => this.#show());
    this.place.append(
      element(
        "p",
        {},
        "Use this only when two things are true: what was written says who someone is, and there is a risk of serious harm. In an emergency call 999 first. Another person, who is a lead, reads exactly this text and decides. Until then, nothing can be shared.",
      ),
      this.#reason.group,
      this.#recipient.group,
      this.#to.group,
      this.#telling.group,
      element("fieldset", {}, element("legend", {}, "Messages that would be shared"), this.#messages),
      this.#preview,
      this.#why.group,
      press,
      this.#status.place,
    );
  }

  /** Fits the form to a thread that was read anew; what is ticked stays ticked. */
  fit(items: Thread["items"]): void {
    this.#items = items;
    const messages = items.filter((item): item is Message => item.kind === "message" && item.content.type !== "unknown");
    const there = new Set(messages.map(({ direction, sequence }) => String([direction, sequence])));
    for (const key of this.#ticked) if (!there.has(key)) this.#ticked.delete(key);
    this.#messages.replaceChildren(...messages.map((message) => this.#item(message)));
    this.#show();
  }

  /** It was proposed: nothing that was chosen is kept. */
  forget(): void {
    this.#choices.forget();
  }

  /** Drops what is typed and shown out of the page. */
  clear(): void {
    this.#to.control.value = this.#why.control.value = "";
    this.#ticked.clear();
    this.#items = [];
    this.place.replaceChildren();
  }

  #item({ direction, sequence, day, content, vouched }: Message): HTMLElement {
    const key = String([direction, sequence]);
    const id = `disclose-${direction}-${sequence}`;
    const control = element("input", { type: "checkbox", class: "govuk-checkboxes__input", id });
    control.checked = this.#ticked.has(key);
    control.addEventListener("change", () => {
      if (control.checked) this.#ticked.add(key);
      else this.#ticked.delete(key);
      this.#choices.write(TICKED, [...this.#ticked].join(" "));
      this.#show();
    });
    const start = content.text.length > SHOWN ? `${content.text.slice(0, SHOWN)}…` : content.text;
    const from = direction === 2 ? "from the helpline" : vouched === false ? "in the person’s name (your check failed)" : "from the person";
    const words = `Message ${sequence} ${from}, ${dateWords(day)}: `;
    return element(
      "div",
      { class: "govuk-checkboxes__item", translate: "no" },
      control,
      element("label", { class: "govuk-label govuk-checkboxes__label", for: id }, words, element("bdi", {}, start)),
    );
  }

  #chosen(): Place[] {
    return [...this.#ticked].map((key) => key.split(",").map(Number) as unknown as Place);
  }

  #proposal(): Proposal {
    return {
      reason: this.#reason.control.value as Proposal["reason"],
      recipient: this.#recipient.control.value as Proposal["recipient"],
      telling: this.#telling.control.value as Proposal["telling"],
      to: this.#to.control.value.trim(),
      why: this.#why.control.value,
      messages: this.#chosen(),
    };
  }

  /** The text as it stands now, as soon as there is one. */
  #show(): void {
    const { reason, recipient, to, messages } = this.#proposal();
    const whole = String(reason) !== "" && String(recipient) !== "" && to !== "" && messages.length > 0;
    const words = element("p", { class: "govuk-hint" }, "When you have made the choices above, you see here exactly the text that would be shared.");
    this.#preview.replaceChildren(
      ...(whole
        ? [
            element("p", { class: "desk-propose__title" }, "This would be shared, and nothing else"),
            textPart("The text that would be shared", documentOf({ reason, recipient, to, messages }, ownChecks(messages, this.#items), this.#items)),
          ]
        : [words]),
    );
  }

  #press(press: HTMLButtonElement): void {
    this.#status.clear();
    this.#to.fault("");
    if (!this.#reason.isChosen() || !this.#recipient.isChosen()) return;
    const proposal = this.#proposal();
    if (!isOneLine(proposal.to)) return this.#to.fault("Enter the office or team, in one short line.");
    if (!this.#telling.isChosen()) return;
    if (proposal.messages.length === 0 || proposal.messages.length > MOST_DISCLOSED) {
      this.#status.warn(proposal.messages.length === 0 ? "Choose at least one message to share." : `Choose at most ${MOST_DISCLOSED} messages.`);
      return this.#messages.querySelector("input")?.focus();
    }
    if (proposal.why.trim() === "") return this.#why.fault("Enter why you think so. The lead needs this to decide.");
    this.#around.propose(press, proposal);
  }
}

/**
 * The edges of a shift: five minutes before its end a line says so, and afterwards where everything went.
 *
 * What someone writes in stays theirs for a while, and so does what they stay on for (PROTOCOL §8.3, §8.7); only the browser can seal what
 * was typed in the others. So it saves each started reply as a note from here, while the desk is open, unless the counsellor does not want that.
 */

import type { ConversationLine, ConversationsAnswer, WorkloadAnswer } from "../../protocol/index.ts";
import { now, timeWords } from "../parts/clock.ts";
import { type Child, element } from "../parts/element.ts";
import { CHOSEN, type Keeping } from "./choices.ts";
import { shortName, waitsForMe } from "./conversation_lines.ts";
import { busy, button, Status } from "./dom.ts";
import { failureWords } from "./messages_for_errors.ts";
import type { DeskPage } from "./page.ts";

const MINUTE = 60_000;
const WARNED_BEFORE = 5 * MINUTE;
/** What was over for longer when the desk was unlocked is old news. */
const NEWS = 30 * MINUTE;

/** That no started reply is saved as a note: loading the page again must not change that. */
const STAYS = `${CHOSEN}stays`;

const MORE =
  "Answer, hand over with a note, or give back. When your shift ends, the rest goes to a counsellor on duty. If you are writing in one, it stays yours while you write, for up to 15 minutes.";

/** What it asks of the desk. */
export interface ShiftContext {
  readonly page: DeskPage;
  begun(): ReadonlySet<string>;
  /** Saves the reply that was started there as a note, and returns whether there was one; throws Problem or ProtocolError. */
  leaveNote(conversation: string): Promise<boolean>;
  changed(): void;
  /** Where what is chosen here, for no conversation, is kept. */
  readonly keeping: Keeping;
}

export class ShiftEnd {
  readonly place = element("div", { role: "status", class: "desk-shift" });
  readonly #around: ShiftContext;
  readonly #status = new Status();
  readonly #goesAlong = element("input", { type: "checkbox", class: "govuk-checkboxes__input", id: "goes-along" });
  /** What was mine while I was on duty, and who has it since: null for nobody, undefined while that is not known. */
  readonly #held = new Map<string, string | null | undefined>();
  /** What became of what was started in a conversation that is gone: a note, nothing (it is still here), or a note that failed. */
  readonly #left = new Map<string, "saving" | "saved" | "here" | "failed">();
  #read = "";
  #unfolded = false;
  #drawn = "";

  constructor(around: ShiftContext) {
    this.#around = around;
    this.#goesAlong.checked = around.keeping.draft(STAYS) === "";
    this.#goesAlong.addEventListener("change", () => around.keeping.drafted(STAYS, this.#goesAlong.checked ? "" : "yes"));
    // It stands within a line that is said already.
    this.#status.place.removeAttribute("role");
  }

  /** Shows how things stand, after every look at the lists. */
  draw(work: WorkloadAnswer, lists: ConversationsAnswer): void {
    const mine = lists.mine.filter(waitsForMe);
    const names = new Map(mine.map((line) => [line.conversation, line]));
    if (work.shift_over === null) {
      this.#held.clear();
      this.#left.clear();
      this.#read = "";
      for (const conversation of names.keys()) this.#held.set(conversation, undefined);
    }
    const over = work.shift_over;
    // What I have answered, closed or put off has not gone to anyone.
    for (const line of [...lists.answered, ...lists.closed, ...lists.snoozed]) this.#held.delete(line.conversation);
    const gone = over === null ? [] : [...this.#held.keys()].filter((conversation) => !names.has(conversation));
    for (const line of [...lists.waiting, ...lists.passed, ...lists.flagged])
      if (gone.includes(line.conversation)) this.#held.set(line.conversation, line.state === "waiting" ? null : line.with);
    if (over !== null && this.#goesAlong.checked) for (const conversation of gone) this.#leave(conversation);
    const soon = work.shift_ends !== null && Date.parse(work.shift_ends) - now() <= WARNED_BEFORE;
    const news = over !== null && over !== this.#read && (gone.length > 0 || mine.length > 0) && now() - Date.parse(over) <= NEWS;
    const went = gone.map((conversation) => [
      conversation,
      this.#held.get(conversation) ?? null,
      this.#held.get(conversation) === undefined,
      this.#left.get(conversation),
    ]);
    const state = soon || news ? JSON.stringify([soon, work.shift_ends, over, work.absent, work.kept, [...names.keys()], went]) : "";
    if (state === this.#drawn) return;
    this.#drawn = state;
    const active = document.activeElement instanceof HTMLElement && this.place.contains(document.activeElement) ? document.activeElement : null;
    // Built only to be shown: the box to tick and the line of news are in one place at a time.
    this.place.replaceChildren(...(soon ? [this.#before(work, mine)] : news ? [this.#after(work, mine, gone)] : []));
    if (active === null) return;
    (active.isConnected
      ? active
      : [...this.place.querySelectorAll<HTMLElement>("button, summary")].find((one) => one.textContent === active.textContent)
    )?.focus();
  }

  #before(work: WorkloadAnswer, mine: readonly ConversationLine[]): HTMLElement {
    const ends = timeWords(work.shift_ends ?? "");
    const number = mine.length;
    const words =
      number === 0
        ? "Nobody is waiting for you to answer."
        : `${number === 1 ? "One of your conversations is waiting" : `${number} of your conversations are waiting`} for an answer.`;
    const more = number === 0 ? null : this.#more("Stay on, or see what happens", element("p", {}, MORE), ...this.#stays(work, mine), this.#along());
    return element(
      "div",
      { class: "desk-message desk-message--soon" },
      element("p", {}, element("strong", {}, `Your shift ends at ${ends}.`), ` ${words}`),
      more,
      this.#status.place,
    );
  }

  #after(work: WorkloadAnswer, mine: readonly ConversationLine[], gone: readonly string[]): HTMLElement {
    const since = timeWords(work.shift_over ?? "");
    const by = new Map<string | null, number>();
    for (const conversation of gone) {
      const who = this.#held.get(conversation);
      if (who !== undefined) by.set(who, (by.get(who) ?? 0) + 1);
    }
    const went = [...by].map(([who, number]) => wentWords(who, number));
    const became = (state: string): string =>
      gone
        .filter((conversation) => this.#left.get(conversation) === state)
        .map(shortName)
        .join(", ");
    const [saved, here, failed] = [became("saved"), became("here"), became("failed")];
    const read: HTMLButtonElement = button("I have read this", "secondary", () => {
      this.#read = work.shift_over ?? "";
      this.#around.changed();
    });
    return element(
      "div",
      { class: "desk-message desk-message--soon" },
      element(
        "p",
        {},
        element("strong", {}, work.absent ? `An absence was entered for you. You have been off duty since ${since}.` : `Your shift ended at ${since}.`),
        ` ${went.join(" ")}`,
      ),
      saved !== "" && element("p", {}, `The reply you started in ${saved} is saved as a note for colleagues.`),
      here !== "" &&
        element(
          "p",
          {},
          `What you started in ${here} has not been sent or saved as a note. It is still here, marked “draft”, under “Passed to colleagues” or “Started by me”.`,
        ),
      failed !== "" &&
        element(
          "p",
          {},
          `The reply you started in ${failed} could not be saved as a note. It is still here, marked “draft”, under “Passed to colleagues” or “Started by me”.`,
        ),
      mine.length > 0 && this.#more("What is still with you", ...this.#stays(work, mine)),
      this.#status.place,
      read,
    );
  }

  /** Folded, so that the line leaves room for what is read and written below it. */
  #more(title: string, ...inside: readonly Child[]): HTMLElement {
    const made = element(
      "details",
      { class: "govuk-details", open: this.#unfolded },
      element("summary", { class: "govuk-details__summary" }, element("span", { class: "govuk-details__summary-text" }, title)),
      element("div", {}, ...inside),
    );
    made.addEventListener("toggle", () => (this.#unfolded = made.open));
    return made;
  }

  /** For each that waits: until when it stays, or the button that makes it stay. */
  #stays(work: WorkloadAnswer, mine: readonly ConversationLine[]): Child[] {
    const kept = new Map(work.kept.map(({ conversation, until }) => [conversation, until]));
    return mine.map((line) => {
      const [name, until] = [shortName(line.conversation), kept.get(line.conversation)];
      const press: HTMLButtonElement = button(`I am staying on until I have answered ${name}`, "secondary", () => this.#stay(press, line.conversation, name));
      return until === undefined ? press : element("p", {}, `${name} stays with you until ${timeWords(until)} at the latest. `, press);
    });
  }

  #stay(press: HTMLButtonElement, conversation: string, name: string): void {
    void busy(press, "Saving it…", async () => {
      try {
        const { kept_until: until } = await this.#around.page.api.stayOn(conversation);
        this.#status.say(`${name} stays with you until you have answered${until === null ? "" : `, until ${timeWords(until)} at the latest`}.`);
      } catch (error) {
        this.#status.warn(failureWords("The conversation was not kept for you", error));
      }
      this.#around.changed();
    });
  }

  #along(): HTMLElement {
    return element(
      "div",
      { class: "govuk-checkboxes govuk-checkboxes--small" },
      element(
        "div",
        { class: "govuk-checkboxes__item" },
        this.#goesAlong,
        element("label", { class: "govuk-label govuk-checkboxes__label", for: "goes-along" }, "Save replies I have not sent as encrypted notes for colleagues"),
      ),
    );
  }

  /** Once for each: what fails, or was no reply, stays where it is, and the line says so. */
  #leave(conversation: string): void {
    if (this.#left.has(conversation) || !this.#around.begun().has(conversation)) return;
    const became = (state: "saved" | "here" | "failed"): void => {
      this.#left.set(conversation, state);
      this.#around.changed();
    };
    this.#left.set(conversation, "saving");
    void this.#around.leaveNote(conversation).then(
      (wasReply) => became(wasReply ? "saved" : "here"),
      () => became("failed"),
    );
  }
}

/** "2 conversations went to Moira."; where nobody got them, that they wait. */
function wentWords(who: string | null, number: number): string {
  const what = number === 1 ? "One conversation" : `${number} conversations`;
  return who === null ? `${what} ${number === 1 ? "is" : "are"} waiting for the next free counsellor.` : `${what} went to ${who}.`;
}

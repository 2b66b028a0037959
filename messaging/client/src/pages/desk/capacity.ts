/** How much a counsellor takes, and a break (PROTOCOL §8.8): what is chosen holds at once, and ends with the shift. */

import type { WorkloadAnswer } from "../../protocol/index.ts";
import { now, timeWords, zone } from "../parts/clock.ts";
import { element } from "../parts/element.ts";
import { Choices, type Keeping } from "./choices.ts";
import { busy, button, field, Status } from "./dom.ts";
import { failureWords } from "./messages_for_errors.ts";
import type { DeskPage } from "./page.ts";

const BREAKS = [5, 15, 30];
const LONGEST = 360;

/** Minutes from now until a time of day like "13:15", today or tomorrow; null for anything else. */
export function minutesUntil(time: string, at: number, inZone: string): number | null {
  const [hour, minute] = /^(\d\d):(\d\d)$/u.exec(time)?.slice(1).map(Number) ?? [];
  if (hour === undefined || minute === undefined) return null;
  const wall = new Intl.DateTimeFormat("en-GB", { timeZone: inZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
  const [nowHour = 0, nowMinute = 0] = wall.split(":").map(Number);
  return (hour * 60 + minute - nowHour * 60 - nowMinute + 1_440) % 1_440;
}

export class Capacity {
  readonly place: HTMLElement;
  readonly #page: DeskPage;
  readonly #told: (answer: WorkloadAnswer) => void;
  readonly #summary = element("span", { class: "govuk-details__summary-text" }, "Break, and how many I take");
  readonly #now = element("div", { role: "status", class: "desk-own__now" });
  readonly #status = new Status();
  readonly #takes = element("select", { id: "own-takes", class: "govuk-select" });
  readonly #off = element("p", { class: "desk-quiet", hidden: true }, "You are not on duty now, so you will not be given conversations.");
  /** Not there while nobody is on duty, or nothing is known yet. */
  readonly #choices = element("details", { class: "govuk-details", hidden: true });
  #drawn = "";

  /** `told` hears of every answer that came of a choice. */
  constructor(page: DeskPage, keeping: Keeping, told: (answer: WorkloadAnswer) => void) {
    this.#page = page;
    this.#told = told;
    const until = field("own-until", "Or until", { type: "time", class: "govuk-input govuk-input--width-5" });
    const choices = new Choices(keeping);
    choices.keep(until.control);
    const untilThen: HTMLButtonElement = button("Break until then", "secondary", () => {
      const minutes = minutesUntil(until.control.value, now(), zone());
      until.fault(minutes === null || minutes === 0 || minutes > LONGEST ? "Enter a time within the next six hours." : "");
      if (minutes === null || minutes === 0 || minutes > LONGEST) return;
      choices.forget();
      this.#pause(untilThen, minutes);
    });
    const breaks = BREAKS.map((minutes) => {
      const press: HTMLButtonElement = button(`${minutes} minutes`, "secondary", () => this.#pause(press, minutes));
      return press;
    });
    this.#takes.addEventListener(
      "change",
      () =>
        void this.#do(
          "Your change was not saved",
          () => page.api.takeAtMost(Number(this.#takes.value)),
          "From now on you will have no more than that at once. Your open conversations stay with you.",
        ),
    );
    const inside = element(
      "div",
      { class: "govuk-details__text" },
      element("p", { id: "own-break" }, "Take a break: you get nothing new. Your open conversations stay with you."),
      element("div", { class: "desk-bar__buttons", role: "group", "aria-labelledby": "own-break" }, ...breaks),
      until.group,
      untilThen,
      element("div", { class: "govuk-form-group" }, element("label", { class: "govuk-label", for: "own-takes" }, "The most I take at once"), this.#takes),
    );
    this.#choices.append(element("summary", { class: "govuk-details__summary" }, this.#summary), inside);
    // Beside what is folded: what a press came to is seen and said in any case.
    this.place = element("div", { class: "desk-own" }, this.#now, this.#off, this.#choices, this.#status.place);
  }

  draw(answer: WorkloadAnswer): void {
    const { away_until: away, takes, cap, shift_ends: ends } = answer;
    const state = JSON.stringify([away, takes, cap, ends === null]);
    if (state === this.#drawn) return;
    this.#drawn = state;
    this.#summary.textContent = `Break, and how many I take: ${takes} at once`;
    this.#off.hidden = ends !== null;
    if (ends === null) this.#status.clear();
    this.#choices.hidden = ends === null;
    this.#takes.replaceChildren(
      ...Array.from({ length: cap + 1 }, (_, number) => element("option", { value: number }, number === 0 ? "None: nothing new" : String(number))),
    );
    this.#takes.value = String(takes);
    const end: HTMLButtonElement = button("End the break now", "secondary", () => this.#pause(end, 0));
    const wasHere = this.#now.contains(document.activeElement);
    this.#now.replaceChildren(
      ...(away === null
        ? []
        : [element("div", { class: "desk-message" }, element("p", {}, `You are on a break until ${timeWords(away)}. You will get nothing new.`), end)]),
    );
    // Whoever ended the break goes on where it began.
    if (wasHere) (this.#now.querySelector("button") ?? this.#choices.querySelector("summary"))?.focus();
  }

  #pause(pressed: HTMLButtonElement, minutes: number): void {
    const [doing, failed, done] =
      minutes === 0 ? ["Ending your break…", "Your break was not ended", "You are back."] : ["Starting your break…", "Your break did not start", ""];
    void busy(pressed, doing, () => this.#do(failed, () => this.#page.api.pause(minutes), done));
  }

  async #do(failed: string, what: () => Promise<WorkloadAnswer>, done: string): Promise<void> {
    try {
      const answer = await what();
      this.draw(answer);
      this.#told(answer);
      // That a break has begun, and until when, is said in its own line.
      if (done === "") this.#status.clear();
      else this.#status.say(done);
    } catch (error) {
      this.#status.warn(failureWords(failed, error));
    }
  }
}

/** Putting a conversation out of sight until later. The server knows the opening hours; what was promised to the person stands. */

import type { ConversationAnswer } from "../../protocol/index.ts";
import { now, zone } from "../parts/clock.ts";
import { Choices } from "./choices.ts";
import { button, field, tree } from "./dom.ts";
import { whenWords } from "./conversation_list.ts";
import { act, fold, type Work } from "./actions.ts";

const DAY = 86_400_000;

export function snoozePart(work: Work, answer: ConversationAnswer): HTMLElement {
  const choices = new Choices(work);
  const until = (text: string, when: () => string | null): HTMLButtonElement => {
    const press: HTMLButtonElement = button(text, "secondary", () => {
      const chosen = when();
      if (chosen === null) return;
      act(work, press, { doing: "Snoozing it…", done: "It is snoozed. It comes back by itself.", failed: "It was not snoozed" }, async () => {
        await work.page.api.snooze(work.conversation, chosen);
        choices.forget();
      });
    });
    return press;
  };
  const day = field("snooze-day", "Or until a day", { type: "date", min: dateOf(now() + DAY), max: dateOf(now() + 92 * DAY), class: "govuk-input govuk-input--width-10" });
  choices.keep(day.control);
  const chosenDay = (): string | null => {
    const fits = day.control.value !== "" && day.control.validity.valid;
    day.fault(fits ? "" : "Choose a day within the next three months.");
    return fits ? day.control.value : null;
  };
  if (answer.snoozed_until !== null && Date.parse(answer.snoozed_until) > now()) {
    const wake: HTMLButtonElement = button("Wake it now", "secondary", () => {
      act(work, wake, { doing: "Waking it…", done: "It is back among yours.", failed: "It did not wake" }, () => work.page.api.snooze(work.conversation, null));
    });
    return fold("snooze", "Wake", tree("p", {}, `It is snoozed until ${whenWords(answer.snoozed_until)}.`), wake);
  }
  return fold(
    "snooze",
    "Snooze",
    answer.reply_by !== null && tree("p", {}, `The person was promised an answer by ${whenWords(answer.reply_by)}. A snooze does not change that.`),
    tree("div", { class: "desk-bar__buttons" }, until("Until we open next", () => "next-opening"), until("Until tomorrow, 9am", () => "tomorrow")),
    day.group,
    until("Until that day", chosenDay),
  );
}

function dateOf(instant: number): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone(), dateStyle: "short" }).format(instant);
}

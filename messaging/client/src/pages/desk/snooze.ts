/** Putting a conversation out of sight until later. The server knows the opening hours; what was promised to the person stands. */

import type { ConversationAnswer } from "../../protocol/index.ts";
import { now, whenWords, zone } from "../parts/clock.ts";
import { element } from "../parts/element.ts";
import { type ActionContext, act, fold } from "./action.ts";
import { Choices } from "./choices.ts";
import { button, field } from "./dom.ts";

const DAY = 86_400_000;

export function snoozePart(context: ActionContext, answer: ConversationAnswer): HTMLElement {
  const choices = new Choices(context);
  const until = (text: string, when: () => string | null): HTMLButtonElement => {
    const press: HTMLButtonElement = button(text, "secondary", () => {
      const chosen = when();
      if (chosen === null) return;
      act(
        context,
        press,
        { doing: "Snoozing the conversation…", done: "Snoozed. The conversation will come back automatically.", failed: "The conversation was not snoozed" },
        async () => {
          await context.page.api.snooze(context.conversation, chosen);
          choices.forget();
        },
      );
    });
    return press;
  };
  const day = field("snooze-day", "Or until a day", {
    type: "date",
    min: dateOf(now() + DAY),
    max: dateOf(now() + 92 * DAY),
    class: "govuk-input govuk-input--width-10",
  });
  choices.keep(day.control);
  const chosenDay = (): string | null => {
    const fits = day.control.value !== "" && day.control.validity.valid;
    day.fault(fits ? "" : "Choose a day within the next three months.");
    return fits ? day.control.value : null;
  };
  if (answer.snoozed_until !== null && Date.parse(answer.snoozed_until) > now()) {
    const wake: HTMLButtonElement = button("End the snooze now", "secondary", () => {
      act(context, wake, { doing: "Ending the snooze…", done: "The conversation is back in your list.", failed: "The snooze was not ended" }, () =>
        context.page.api.snooze(context.conversation, null),
      );
    });
    return fold("snooze", "End the snooze", element("p", {}, `It is snoozed until ${whenWords(answer.snoozed_until)}.`), wake);
  }
  return fold(
    "snooze",
    "Snooze",
    answer.reply_by !== null && element("p", {}, `The person was promised an answer by ${whenWords(answer.reply_by)}. Snoozing does not change that.`),
    element(
      "div",
      { class: "desk-bar__buttons" },
      until("Until we open next", () => "next-opening"),
      until("Until tomorrow, 9am", () => "tomorrow"),
    ),
    day.group,
    until("Until that day", chosenDay),
  );
}

function dateOf(instant: number): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone(), dateStyle: "short" }).format(instant);
}

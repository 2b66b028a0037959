/** A conversation goes to someone else, or is blocked for a while. */

import type { ConversationAnswer } from "../../protocol/index.ts";
import { now, whenWords } from "../parts/clock.ts";
import { element } from "../parts/element.ts";
import { type ActionContext, act, fold } from "./action.ts";
import { Choices } from "./choices.ts";
import { button } from "./dom.ts";
import { BLOCK_DAYS, LONGEST_ALONE } from "./labels.ts";
import { area, choice, standing } from "./private_fields.ts";

/** A field for a note to whoever has it next, and what keeps it: once, even when the next step has to be tried again. */
function noteFor(context: ActionContext, what: string): { readonly group: HTMLElement; keep(): Promise<void> } {
  const note = area(`${what}-note`, "Note for the next counsellor (optional, encrypted, never shown to the person)", context.draft(what), (text) =>
    context.drafted(what, text),
  );
  return {
    group: note.group,
    keep: async () => {
      if (note.control.value.trim() === "") return;
      await standing(note.control, (text) => context.keepNote(text, what));
      context.drafted(what, "");
    },
  };
}

export function handOverPart(context: ActionContext): HTMLElement {
  const colleagues = [...(context.colleagues()?.colleagues ?? [])].sort((one, other) => Number(other.on_duty) - Number(one.on_duty));
  const to = choice(
    "hand-over-to",
    "To",
    colleagues.map((one) => [one.counsellor_id, one.on_duty ? `${one.name}, on duty now` : `${one.name}, not on duty`]),
    "Choose a counsellor.",
  );
  const choices = new Choices(context);
  choices.keep(to.control);
  const note = noteFor(context, "hand-over");
  const press: HTMLButtonElement = button("Hand it over", "", () => {
    if (!to.isChosen()) return;
    const name = colleagues.find((one) => one.counsellor_id === to.control.value)?.name ?? "";
    act(context, press, { doing: "Handing over…", done: `${name} has the conversation now.`, failed: "The conversation was not handed over" }, async () => {
      await note.keep();
      await context.page.api.handOver(context.conversation, to.control.value);
      choices.forget();
    });
  });
  if (context.colleagues() === null)
    return fold("hand-over", "Hand over", element("p", {}, "The list of colleagues could not be loaded. Open this conversation again."));
  if (colleagues.length === 0) return fold("hand-over", "Hand over", element("p", {}, "Nobody else is at the desk."));
  return fold("hand-over", "Hand over", to.group, note.group, press);
}

export function giveBackPart(context: ActionContext, answer: ConversationAnswer): HTMLElement {
  const goes =
    answer.state === "assigned"
      ? "It goes back to the queue, for another counsellor who has room."
      : "The person is not waiting for an answer. Their next message will go to a counsellor who is on duty then.";
  const note = noteFor(context, "give-back");
  const give: HTMLButtonElement = button("Give it back", "secondary", () => {
    act(context, give, { doing: "Giving it back…", done: "You no longer have this conversation.", failed: "The conversation was not given back" }, async () => {
      await note.keep();
      await context.page.api.release(context.conversation);
    });
  });
  return fold("give-back", "Give this conversation back", element("p", {}, goes), note.group, give);
}

export function takeOverPart(context: ActionContext): HTMLElement {
  const take: HTMLButtonElement = button("Take over this conversation", "", () => {
    act(
      context,
      take,
      {
        doing: "Taking over…",
        done: "You have this conversation now. The colleague who had it can see that.",
        failed: "You could not take over the conversation",
      },
      () => context.page.api.takeOver(context.conversation),
    );
  });
  return fold(
    "take-over",
    "Take over",
    element("p", {}, "You take this conversation from the colleague who has it. Their lists will show this, and they keep what they have typed."),
    take,
  );
}

/** A counsellor alone blocks for three days at most (PROTOCOL §8.7): more takes a lead. */
export function blockPart(context: ActionContext, answer: ConversationAnswer, lead: boolean): HTMLElement {
  if (answer.blocked_until !== null && Date.parse(answer.blocked_until) > now()) {
    const lift: HTMLButtonElement = button("Let them write again", "secondary", () => {
      act(context, lift, { doing: "Lifting the block…", done: "The person can write again.", failed: "The block was not lifted" }, () =>
        context.page.api.block(context.conversation, null),
      );
    });
    return fold("block", "Block", element("p", {}, `The person cannot write until ${whenWords(answer.blocked_until)}. Their page tells them so.`), lift);
  }
  const days = choice(
    "block-days",
    "How long for",
    BLOCK_DAYS.filter(([number]) => lead || number <= LONGEST_ALONE).map(([number, words]) => [String(number), words]),
    "Choose how long for.",
  );
  const choices = new Choices(context);
  choices.keep(days.control);
  const press: HTMLButtonElement = button("Block writing", "warning", () => {
    if (!days.isChosen()) return;
    act(
      context,
      press,
      { doing: "Blocking…", done: "The person cannot write for now. Their page tells them until when.", failed: "The person was not blocked" },
      async () => {
        await context.page.api.block(context.conversation, Number(days.control.value));
        choices.forget();
      },
    );
  });
  return fold(
    "block",
    "Block after abuse",
    element("p", {}, "The person can still read everything and delete it. Their page tells them how long they cannot write. The block ends automatically."),
    !lead && element("p", {}, "For more than three days, or more than three people in an hour, raise it to a lead."),
    days.group,
    press,
  );
}

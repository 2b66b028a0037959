/** A conversation goes to somebody else, or is blocked for a while. */

import type { ConversationAnswer } from "../../protocol/index.ts";
import { now } from "../parts/clock.ts";
import { area, choice, standing } from "./private_fields.ts";
import { Choices } from "./choices.ts";
import { button, tree } from "./dom.ts";
import { BLOCK_DAYS } from "./labels.ts";
import { whenWords } from "./conversation_list.ts";
import { act, fold, type Work } from "./actions.ts";

/** A field for a note to whoever has it next, and what keeps it: once, even when the next step has to be tried again. */
function noteFor(work: Work, what: string): { readonly group: HTMLElement; keep(): Promise<void> } {
  const note = area(`${what}-note`, "A note to whoever has it next (optional, encrypted, never shown to the person)", work.draft(what), (text) => work.drafted(what, text));
  return {
    group: note.group,
    keep: async () => {
      if (note.control.value.trim() === "") return;
      await standing(note.control, (text) => work.keepNote(text, what));
      work.drafted(what, "");
    },
  };
}

export function handOverPart(work: Work): HTMLElement {
  const colleagues = [...(work.colleagues()?.colleagues ?? [])].sort((one, other) => Number(other.on_duty) - Number(one.on_duty));
  const to = choice("hand-over-to", "To", colleagues.map((one) => [one.counsellor_id, one.on_duty ? `${one.name}, on duty now` : `${one.name}, not on duty`]), "Choose a counsellor.");
  const choices = new Choices(work);
  choices.keep(to.control);
  const note = noteFor(work, "hand-over");
  const press: HTMLButtonElement = button("Hand it over", "", () => {
    if (!to.isChosen()) return;
    const name = colleagues.find((one) => one.counsellor_id === to.control.value)?.name ?? "";
    act(work, press, { doing: "Handing it over…", done: `${name} has it now.`, failed: "It was not handed over" }, async () => {
      await note.keep();
      await work.page.api.handOver(work.conversation, to.control.value);
      choices.forget();
    });
  });
  if (work.colleagues() === null) return fold("hand-over", "Hand over", tree("p", {}, "Your colleagues could not be looked up. Open this conversation again."));
  if (colleagues.length === 0) return fold("hand-over", "Hand over", tree("p", {}, "Nobody else is at the desk."));
  return fold("hand-over", "Hand over", to.group, note.group, press);
}

export function giveBackPart(work: Work, answer: ConversationAnswer): HTMLElement {
  const goes = answer.state === "assigned" ? "It goes to the waiting list, and to another counsellor who has room." : "Nobody waits for an answer now. The person’s next message goes to whoever is on duty then.";
  const note = noteFor(work, "give-back");
  const give: HTMLButtonElement = button("Give it back", "secondary", () => {
    act(work, give, { doing: "Giving it back…", done: "It is no longer yours.", failed: "It was not given back" }, async () => {
      await note.keep();
      await work.page.api.release(work.conversation);
    });
  });
  return fold("give-back", "Give this conversation back", tree("p", {}, goes), note.group, give);
}

export function takeOverPart(work: Work): HTMLElement {
  const take: HTMLButtonElement = button("Take it over", "", () => {
    act(work, take, { doing: "Taking it over…", done: "It is yours now. Whoever had it sees that you have it.", failed: "You could not take it over" }, () => work.page.api.takeOver(work.conversation));
  });
  return fold("take-over", "Take over", tree("p", {}, "It becomes yours, whoever has it. Their lists say so, and what they have typed stays with them."), take);
}

/** That the person cannot write, and until when; "" where they can. */
export function blockedWords({ blocked_until: until }: ConversationAnswer): string {
  return until !== null && Date.parse(until) > now() ? ` The person cannot write until ${whenWords(until)}.` : "";
}

export function blockPart(work: Work, answer: ConversationAnswer): HTMLElement {
  if (answer.blocked_until !== null && Date.parse(answer.blocked_until) > now()) {
    const lift: HTMLButtonElement = button("Let them write again", "secondary", () => {
      act(work, lift, { doing: "Lifting it…", done: "The person can write again.", failed: "The block still stands" }, () => work.page.api.block(work.conversation, null));
    });
    return fold("block", "Block", tree("p", {}, `The person cannot write until ${whenWords(answer.blocked_until)}, and is told so.`), lift);
  }
  const days = choice("block-days", "For how long", BLOCK_DAYS.map(([number, words]) => [String(number), words]), "Choose for how long.");
  const choices = new Choices(work);
  choices.keep(days.control);
  const press: HTMLButtonElement = button("Block writing", "warning", () => {
    if (!days.isChosen()) return;
    act(work, press, { doing: "Blocking…", done: "The person cannot write for now, and is told until when.", failed: "It was not blocked" }, async () => {
      await work.page.api.block(work.conversation, Number(days.control.value));
      choices.forget();
    });
  });
  return fold("block", "Block after abuse", tree("p", {}, "The person can still read everything and delete it. They are told until when they cannot write; then it ends by itself."), days.group, press);
}

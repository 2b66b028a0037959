/** What can be done with a conversation besides answering it: each folded, one unfolded at a time. */

import type { ConversationAnswer } from "../../protocol/index.ts";
import { element } from "../parts/element.ts";
import type { ActionContext } from "./action.ts";
import { type ClaimContext, claimPart } from "./claim.ts";
import { closePart } from "./close.ts";
import { flagPart } from "./flags.ts";
import { blockPart, giveBackPart, handOverPart, takeOverPart } from "./reassign.ts";
import { snoozePart } from "./snooze.ts";

/** The actions of an open conversation, and claiming it while it waits. */
export class Actions {
  readonly place = element("div", { class: "desk-pane__facts" });
  #drawn = "";

  /** What is as it was stays as it is: a button must not go away under someone's finger because a message came. */
  draw(answer: ConversationAnswer, context: ActionContext, claim: ClaimContext): void {
    const state = JSON.stringify([answer.assigned_to, answer.state, answer.snoozed_until, answer.flag, answer.blocked_until]);
    if (this.#drawn === state) return;
    this.#drawn = state;
    this.place.replaceChildren(...(answer.state === "waiting" ? [claimPart(claim)] : []), actionsPart(context, answer));
  }
}

/** The parts that fit whoever looks and how the conversation stands. */
function actionsPart(context: ActionContext, answer: ConversationAnswer): HTMLElement {
  const mine = answer.assigned_to === context.page.name;
  const lead = context.colleagues()?.lead ?? false;
  const isOpen = answer.state === "assigned" || answer.state === "answered";
  return element(
    "div",
    { class: "desk-actions" },
    lead && !mine && takeOverPart(context),
    mine && isOpen && closePart(context, answer),
    mine && isOpen && snoozePart(context, answer),
    mine && isOpen && handOverPart(context),
    mine && giveBackPart(context, answer),
    flagPart(context, answer, lead),
    (mine || lead) && blockPart(context, answer, lead),
  );
}

/** Unfolds a part and moves the focus to its first field, or to its heading where a button comes first, which a space would press; false where
 * there is no such part now. */
export function unfoldIn(place: HTMLElement, name: string): boolean {
  const found = place.querySelector<HTMLDetailsElement>(`details[data-action="${name}"]`);
  if (found === null) return false;
  found.open = true;
  const first = found.querySelector<HTMLElement>("div :is(button, input, select, textarea)");
  (first?.matches("button") === false ? first : found.querySelector("summary"))?.focus();
  return true;
}

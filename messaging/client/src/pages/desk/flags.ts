/** A flag to the leads (PROTOCOL §8.3): raised, seen to be opened, and taken down again. */

import type { ConversationAnswer, FlagAnswer, FlagReason, FlagState } from "../../protocol/index.ts";
import { now, zone } from "../parts/clock.ts";
import { joined } from "../parts/dom.ts";
import { element } from "../parts/element.ts";
import { minuteWords } from "../parts/moments.ts";
import { type ActionContext, act, fold } from "./action.ts";
import { Choices } from "./choices.ts";
import { busy, button } from "./dom.ts";
import { FLAGS } from "./labels.ts";
import { choice } from "./private_fields.ts";
import { isUnopened } from "./waiting_counts.ts";

/** Who opened the flag and when, or that no lead has; "" where none is up. */
export function openedWords(line: FlagState): string {
  if (line.flag === null) return "";
  if (isUnopened(line)) return "no lead has opened the flag yet";
  const when = line.flag_opened_at === null ? "" : `, ${minuteWords(line.flag_opened_at, now(), zone())}`;
  return `${line.flag_opened_by ?? "a lead"} has opened the flag${when}`;
}

/** How the flag stands, as sentences for whoever reads the conversation. */
export function flagSentences(answer: FlagState): string {
  if (answer.flag === null) return "";
  const words = openedWords(answer);
  return ` Flagged to the lead: ${FLAGS[answer.flag]}. ${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** What someone else did to the flag since, to be said where the conversation is open; "" for nothing. */
export function flagNews(before: FlagState | null, after: FlagState | null, me: string): string {
  if (before === null || after === null) return "";
  if (before.flag !== null && after.flag === null) return "The flag has been taken down.";
  if (after.flag === null) return "";
  if (before.flag !== after.flag) return `${after.flag_by ?? "Someone"} has flagged this to the lead: ${FLAGS[after.flag]}.`;
  return isUnopened(before) && !isUnopened(after) && after.flag_opened_by !== me ? flagSentences(after).trim() : "";
}

/** Who hears of a flag that just went up: words, and whether they ask for something at once. */
export function raisedWords({ leads, call }: FlagAnswer): { readonly words: string; readonly pressing: boolean } {
  if (leads === null) return { words: "It has already been flagged for this reason.", pressing: false };
  if (leads > 0)
    return {
      words:
        leads === 1
          ? "The lead is being told now. You will see here when the lead opens the flag."
          : `${leads} leads are being told now. You will see here when one opens the flag.`,
      pressing: false,
    };
  const whom = call.length === 0 ? "Call the person who runs the helpline now." : `Call ${joined(call)} now.`;
  return { words: `The flag is up, but there is no lead who could open it. ${whom} If someone is in danger now, call 999.`, pressing: true };
}

export function flagPart(context: ActionContext, answer: ConversationAnswer, lead: boolean): HTMLElement {
  const up = answer.flag;
  const reasons = Object.entries(FLAGS).filter(([code]) => code !== up);
  const reason = choice(
    "flag-reason",
    up === null ? "Why the lead should look at it" : "Another reason. Every lead will be told again.",
    reasons,
    "Choose a reason.",
  );
  const choices = new Choices(context);
  choices.keep(reason.control);
  const raise: HTMLButtonElement = button(up === null ? "Flag it to the lead" : "Flag it for this reason", up === null ? "" : "secondary", () => {
    if (!reason.isChosen()) return;
    void busy(raise, "Flagging it…", async () => {
      try {
        const { words, pressing } = raisedWords(await context.page.api.flag(context.conversation, reason.control.value as FlagReason));
        choices.forget();
        await context.done(words, pressing);
      } catch (error) {
        context.failed("The flag was not raised", error);
      }
    });
  });
  if (up === null) return fold("flag", "Flag to the lead", reason.group, raise);
  const down: HTMLButtonElement = button("Take the flag down", "secondary", () => {
    act(context, down, { doing: "Taking it down…", done: "The flag has been taken down.", failed: "The flag was not taken down" }, () =>
      context.page.api.flag(context.conversation, null),
    );
  });
  return fold(
    "flag",
    "Flag",
    element("p", {}, `Flagged to the lead: ${FLAGS[up]}.`),
    lead ? down : element("p", {}, "Only the lead can take the flag down."),
    reason.group,
    raise,
  );
}

/** Closing a conversation: what it was about in fixed codes, and a last message if the counsellor wants to send one. */

import { type ConversationAnswer, type EnvelopeBody, sealFromDesk } from "../../protocol/index.ts";
import { element } from "../parts/element.ts";
import { type ActionContext, act, fold } from "./action.ts";
import { Choices } from "./choices.ts";
import { button } from "./dom.ts";
import { ACTIONS, SIGNPOSTS, WRAP_ROUTES } from "./labels.ts";
import { area, boxes, choice, standing } from "./private_fields.ts";
import { UnconfirmedSend } from "./unconfirmed_sends.ts";

export function closePart(context: ActionContext, answer: ConversationAnswer): HTMLElement {
  const route = choice("close-route", "Who wrote, and who it was about", Object.entries(WRAP_ROUTES), "Choose who wrote, and who it was about.");
  const actions = boxes("close-actions", "Protective actions you agreed", ACTIONS);
  const signposts = boxes("close-signposts", "Where you suggested they go for help", SIGNPOSTS);
  const choices = new Choices(context);
  choices.keep(route.control);
  choices.keepTicks("close-actions", actions.controls);
  choices.keepTicks("close-signposts", signposts.controls);
  const last = area("close-last", "Signed closing message to the person (optional)", context.draft("closing"), (text) => context.drafted("closing", text));
  const press: HTMLButtonElement = button("Close the conversation", "", () => {
    if (!route.isChosen()) return;
    const words = {
      doing: "Closing the conversation…",
      done: "The conversation is closed. It opens again if the person writes.",
      failed: "The conversation was not closed",
    };
    act(context, press, words, async () => {
      if (last.control.value.trim() !== "") {
        await standing(last.control, (text) => sendLast(context, text));
        // It is sent, whatever comes of the rest: it stands no longer where a second press would send it again.
        context.drafted("closing", "");
        words.failed = "Your closing message was sent, but the conversation was not closed";
      }
      await context.page.api.close(context.conversation, { route: route.control.value, actions: actions.chosen(), signposts: signposts.chosen() });
      choices.forget();
    });
  });
  return fold(
    "close",
    "Close",
    answer.state === "assigned" && element("p", {}, "The person is still waiting for an answer. Closing ends that. A closing message tells them so."),
    element("p", { class: "govuk-hint" }, "These codes are counted by the week. They are not stored with the conversation."),
    route.group,
    actions.group,
    signposts.group,
    last.group,
    press,
  );
}

/** Sends a closing message once: what the server may have is sent again as the very same bytes. */
function sendLast(context: ActionContext, text: string): Promise<void> {
  const pending = new UnconfirmedSend<EnvelopeBody>(context.draft("sealed-closing"), (kept) => context.drafted("sealed-closing", kept));
  const seal = (): Promise<EnvelopeBody> => {
    const { desk, thread } = context.current();
    return sealFromDesk(context.page.site, desk, thread, { type: "closing", text });
  };
  return pending.deliver(text, seal, (body) => context.page.api.send(context.conversation, body));
}

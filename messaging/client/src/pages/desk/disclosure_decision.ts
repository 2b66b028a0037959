/** The second person agrees to a disclosure or refuses it, and says why (PROTOCOL §6.1, §8.9). */

import { type DisclosureLine, disclosureHash, ownChecks, sealDecision } from "../../protocol/index.ts";
import { element } from "../parts/element.ts";
import type { ActionContext } from "./action.ts";
import { button } from "./dom.ts";
import { area } from "./private_fields.ts";

/** A step of the procedure: the button for it, and what is said meanwhile and afterwards. */
export interface Step {
  readonly pressed: HTMLButtonElement;
  readonly doing: string;
  readonly done: string;
  readonly failed: string;
}

/** What the decision asks of the procedure that it is part of. */
export interface DecisionContext extends Pick<ActionContext, "page" | "conversation" | "current" | "draft" | "drafted"> {
  /** Whether all that was proposed holds; what does not can only be refused. */
  readonly holds: boolean;
  step(step: Step, what: () => Promise<void>): void;
}

export function decidePart(line: DisclosureLine, context: DecisionContext): HTMLElement {
  const { page, conversation } = context;
  const why = area("disclose-decision", "Why you agree or refuse", context.draft("decide"), (text) => context.drafted("decide", text));
  const decide = (pressed: HTMLButtonElement, agrees: boolean): void => {
    if (why.control.value.trim() === "") return why.fault("Enter why you agree or refuse.");
    context.step({ pressed, ...(agrees ? agreeing(line) : REFUSING) }, async () => {
      const note = line.note ?? "";
      const { desk, thread } = context.current();
      const deciding = { agrees, text: why.control.value, checks: ownChecks(line.messages, thread.items) };
      const decision = await sealDecision(page.site, desk, conversation, note, deciding);
      await page.api.stepDisclosure(line.id, agrees ? "approve" : "refuse", await disclosureHash(note), decision);
      context.drafted("decide", "");
    });
  };
  const agree: HTMLButtonElement = button("Agree to share this", "warning", () => decide(agree, true));
  const refuse: HTMLButtonElement = button("Refuse", "secondary", () => decide(refuse, false));
  return element("div", {}, why.group, context.holds && agree, " ", refuse);
}

const REFUSING: Omit<Step, "pressed"> = {
  doing: "Refusing…",
  done: "You have refused. The colleague who proposed it can see why.",
  failed: "Your refusal was not saved",
};

function agreeing({ telling }: DisclosureLine): Omit<Step, "pressed"> {
  const next = telling === "told" ? "When the person has been told, either of you can make the text." : "Either of you can make the text now.";
  return { doing: "Agreeing…", done: `You have agreed. ${next}`, failed: "Your agreement was not saved" };
}

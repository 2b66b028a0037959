/** A live talk, asked for and ended by the person (PROTOCOL §7.13). What it says is the server's word: it is offered only where the server has someone. */

import type { TalkAnswer } from "../../protocol/api_types.ts";
import { element } from "../parts/element.ts";
import { gettext } from "../parts/gettext.ts";

export interface TalkWays {
  readonly talk: (method: "GET" | "POST" | "DELETE") => Promise<TalkAnswer>;
  /** An instant in words, such as "5pm today". */
  readonly time: (instant: string) => string;
}

/** Between two looks, beside those that a ring brings. */
const LOOKS = 30_000;

/** How a talk stands, in words, and what can be pressed: a label and whether it asks or ends. "" where there is nothing to say.
 * `wasTaken`: a counsellor had it, and has gone. `time`: `until` in words. */
export function talkWords(
  { state, possible, until, idle, ended }: TalkAnswer,
  wasTaken = false,
  time = "",
): readonly [string, readonly (readonly [string, "POST" | "DELETE"])[]] {
  const ask = possible ? ([[gettext("Talk now"), "POST"]] as const) : [];
  const offer = possible ? gettext("A counsellor has time now. You can talk here, in writing.") : "";
  switch (state) {
    case "waiting":
    case "offered":
      return [
        wasTaken
          ? gettext("Your counsellor had to go. We are asking who can go on with you. This takes up to two and a half minutes. Please stay here.")
          : gettext("We are asking who has time. This takes up to two and a half minutes. Please stay here."),
        [[gettext("Do not wait for a talk"), "DELETE"]],
      ];
    case "taken": {
      const end = [gettext("End the talk"), "DELETE"] as const;
      if (idle) {
        const asked = gettext("Nobody has written for ten minutes. Are you still there? If not, the talk ends soon, and it goes on as a message.");
        return [asked, [[gettext("Yes, go on"), "POST"], end]];
      }
      if (until !== null) {
        return [gettext("Live talk closes soon. You can go on until {time}. After that it goes on as a message.", { time }), [end]];
      }
      return [gettext("You are talking with a counsellor."), [end]];
    }
    case "message":
      return [gettext("Nobody has time for a talk right now. Your message waits for a counsellor, and nothing is lost."), ask];
    case "ended":
      return [ended === "withdrawn" ? offer : gettext("The talk has ended. You can still write, and a counsellor answers later."), ask];
    default:
      return [offer, ask];
  }
}

export class TalkRequest {
  readonly #ways: TalkWays;
  readonly #said = element("p", { role: "status" });
  readonly #buttons = element("p", { class: "button-group" });
  readonly place = element("div", { class: "live__talk" }, this.#said, this.#buttons);
  readonly #timer = window.setInterval(() => void this.refresh(), LOOKS);
  #drawn = "";
  #wasTaken = false;

  constructor(ways: TalkWays) {
    this.#ways = ways;
    this.place.hidden = true;
    void this.refresh();
  }

  refresh(): Promise<void> {
    return this.#ask("GET");
  }

  stop(): void {
    window.clearInterval(this.#timer);
  }

  async #ask(method: "GET" | "POST" | "DELETE"): Promise<void> {
    try {
      this.#draw(await this.#ways.talk(method));
    } catch {
      this.#unknown(method);
    }
  }

  /** How it stands nobody knows until it is looked at again: nothing is said that may be over. A talk that is asked for twice is one. */
  #unknown(method: "GET" | "POST" | "DELETE"): void {
    this.#drawn = "";
    this.place.hidden = method === "GET";
    if (method !== "GET") this.#said.textContent = gettext("This did not reach us. Please press it again.");
  }

  #draw(answer: TalkAnswer): void {
    const { state, until } = answer;
    this.#wasTaken = state === "taken" || (this.#wasTaken && (state === "waiting" || state === "offered"));
    const [words, choices] = talkWords(answer, this.#wasTaken, until === null ? "" : this.#ways.time(until));
    const drawn = JSON.stringify([words, choices]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.place.hidden = words === "";
    this.#said.textContent = words;
    this.#buttons.replaceChildren(
      ...choices.map(([label, method]) => {
        const button = element("button", { class: method === "POST" ? "govuk-button" : "govuk-button govuk-button--secondary", type: "button" }, label);
        button.addEventListener("click", () => void this.#ask(method));
        return button;
      }),
    );
  }
}

/** The reply: what is typed stays until the server has it, and what was sealed is sent again as the very same bytes (PROTOCOL §5.3). */

import { sealFromDesk, textFits, type EnvelopeBody, type OpenDesk, type Thread } from "../../protocol/index.ts";
import { Problem } from "../../transport/index.ts";
import { PRIVATE } from "./area.ts";
import { busy, button, Status, tree } from "./build.ts";
import { hasWarnings, lastWriter } from "./messages.ts";
import type { DeskPage } from "./page.ts";
import { signInLink } from "./ways.ts";
import { failureWords, isSignedOut } from "./words.ts";

type Kind = "text" | "handover" | "closing";

/** What the reply asks of the conversation it stands in. */
export interface Around {
  readonly page: DeskPage;
  readonly conversation: string;
  /** The thread and the desk's keys as they stand now. */
  current(): { readonly desk: OpenDesk; readonly thread: Thread };
  /** Reads the thread again; tells whether this envelope is in it. */
  reload(envelope: string): Promise<boolean>;
  /** Looks up the desk's keys again, after a new epoch. */
  renewDesk(): Promise<void>;
  /** Takes up the session again after signing in in another tab. */
  signedInAgain(): Promise<void>;
  sent(): void;
  drafted(text: string): void;
}

export class Reply {
  readonly form: HTMLFormElement;
  readonly #around: Around;
  readonly #status = new Status();
  readonly #area: HTMLTextAreaElement;
  readonly #kind: HTMLSelectElement;
  readonly #room = tree("p", { class: "govuk-hint", id: "reply-room" });
  readonly #fault = tree("p", { class: "govuk-error-message", id: "reply-fault" });
  readonly #knows = tree("input", { type: "checkbox", class: "govuk-checkboxes__input", id: "reply-knows" });
  readonly #warned: HTMLElement;
  readonly #send = button("Send, signed", "", null);
  #sealed: EnvelopeBody | null = null;
  #chosen = false;

  constructor(around: Around, draft: string) {
    this.#around = around;
    this.#area = tree("textarea", { id: "reply", class: "govuk-textarea", rows: 8, "aria-describedby": "reply-fault reply-room", ...PRIVATE });
    this.#area.value = draft;
    this.#kind = tree(
      "select",
      { id: "reply-kind", class: "govuk-select" },
      tree("option", { value: "text" }, "A reply"),
      tree("option", { value: "handover" }, "A reply in which I say that I take over"),
      tree("option", { value: "closing" }, "A closing message"),
    );
    this.#kind.addEventListener("change", () => (this.#chosen = true));
    this.#warned = tree(
      "div",
      { class: "govuk-checkboxes govuk-checkboxes--small govuk-form-group", hidden: true },
      tree("div", { class: "govuk-checkboxes__item" }, this.#knows, tree("label", { class: "govuk-label govuk-checkboxes__label", for: "reply-knows" }, "I have read the warnings above, and send all the same")),
    );
    this.form = tree(
      "form",
      { class: "desk-reply", novalidate: true, "aria-label": "Reply" },
      tree("div", { class: "govuk-form-group" }, tree("label", { class: "govuk-label govuk-label--s", for: "reply" }, "Your reply"), this.#fault, this.#area, this.#room),
      tree("div", { class: "govuk-form-group" }, tree("label", { class: "govuk-label", for: "reply-kind" }, "This is"), this.#kind),
      this.#warned,
      this.#send,
      this.#status.place,
    );
    this.#area.addEventListener("input", () => this.#typed());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#press();
    });
    this.#typed();
  }

  get isEmpty(): boolean {
    return this.#area.value.trim() === "";
  }

  /** Fits the form to a thread that was read anew. */
  fit(thread: Thread, myName: string): void {
    const before = lastWriter(thread);
    if (!this.#chosen && this.#sealed === null) this.#kind.value = before !== null && before !== myName ? "handover" : "text";
    this.#warned.hidden = !hasWarnings(thread);
  }

  get text(): string {
    return this.#area.value;
  }

  /** Puts words where the cursor is, to be gone over; not while the server may have what is shown. */
  insert(text: string): void {
    if (this.#area.readOnly) return;
    this.#area.setRangeText(text, this.#area.selectionStart, this.#area.selectionEnd, "end");
    this.#typed();
    this.focus();
  }

  focus(): void {
    this.#area.focus();
  }

  /** Drops what is typed out of the page. */
  clear(): void {
    this.#area.value = "";
    this.#sealed = null;
  }

  #typed(): void {
    const { bytes, limit } = textFits(this.#area.value);
    const left = limit - bytes;
    this.#room.textContent = left < 0 ? `Too long by about ${-left} characters.` : left < 2_000 ? `Room for about ${left} more characters.` : "";
    if (!this.isEmpty) this.#say("");
    this.#around.drafted(this.#area.value);
  }

  #say(text: string): void {
    this.#fault.replaceChildren(...(text === "" ? [] : [tree("span", { class: "govuk-visually-hidden" }, "Error: "), text]));
    if (text === "") this.#area.removeAttribute("aria-invalid");
    else this.#area.setAttribute("aria-invalid", "true");
  }

  async #press(): Promise<void> {
    this.#status.clear();
    if (this.isEmpty) {
      this.#say("Enter your reply.");
      return this.focus();
    }
    if (!this.#warned.hidden && !this.#knows.checked) {
      this.#status.warn("Something in this conversation does not hold. Read the warnings, then tick that you send all the same.");
      return this.#knows.focus();
    }
    await busy(this.#send, "Sending…", () => this.#try(true));
  }

  async #try(mayReseal: boolean): Promise<void> {
    const { page, conversation } = this.#around;
    try {
      if (this.#sealed === null) {
        const { desk, thread } = this.#around.current();
        this.#sealed = await sealFromDesk(page.site, desk, thread, { type: this.#kind.value as Kind, text: this.#area.value });
      }
      this.#hold(true);
      await page.api.send(conversation, this.#sealed);
      this.#done();
    } catch (error) {
      await this.#failed(error, mayReseal);
    }
  }

  async #failed(error: unknown, mayReseal: boolean): Promise<void> {
    if (isSignedOut(error)) {
      this.#hold(true);
      return this.#status.warn("You have been signed out; your reply is still here. Sign in again in another tab, then come back.", this.#signedIn());
    }
    if (error instanceof Problem && this.#sealed !== null && (error.passing || error.type === "bad-answer" || error.status >= 500)) {
      return this.#status.warn("The server did not say whether it has your reply. Trying again is safe: it can arrive only once.", this.#again(), this.#change());
    }
    const envelope = this.#sealed?.envelope ?? "";
    this.#release();
    if (error instanceof Problem && error.sealAfresh) {
      try {
        if (await this.#around.reload(envelope)) return this.#done();
        if (error.type !== "conflict" && mayReseal) {
          await this.#around.renewDesk();
          return await this.#try(false);
        }
      } catch (second) {
        return this.#status.warn(failureWords("The reply was not sent", second));
      }
    } else if (error instanceof Problem && (error.type === "not-yours" || error.type === "taken")) {
      await this.#around.reload("").catch(() => false);
    }
    this.#status.warn(failureWords("The reply was not sent", error));
  }

  #done(): void {
    this.#release();
    this.#area.value = "";
    this.#chosen = false;
    this.#knows.checked = false;
    this.#typed();
    this.#around.sent();
  }

  /** While the server may or may not have it, the text stands still: what is shown is what was sealed. */
  #hold(still: boolean): void {
    this.#area.readOnly = still;
    this.#kind.disabled = still;
  }

  #release(): void {
    this.#sealed = null;
    this.#hold(false);
  }

  #again(): HTMLButtonElement {
    const again: HTMLButtonElement = button("Try again", "", () => void busy(again, "Sending…", () => this.#try(true)));
    return again;
  }

  #change(): HTMLButtonElement {
    const change: HTMLButtonElement = button("Change the reply", "secondary", () => {
      void busy(change, "Looking…", async () => {
        try {
          if (await this.#around.reload(this.#sealed?.envelope ?? "")) return this.#done();
          this.#release();
          this.#status.say("It had not arrived. You can change it now.");
          this.focus();
        } catch (error) {
          this.#status.warn(failureWords("The conversation could not be looked up", error), this.#again(), this.#change());
        }
      });
    });
    return change;
  }

  #signedIn(): HTMLElement {
    const back: HTMLButtonElement = button("I have signed in again", "", () => {
      void busy(back, "Looking…", async () => {
        try {
          await this.#around.signedInAgain();
          await this.#try(true);
        } catch {
          this.#status.warn("You are not signed in yet, or as somebody else.", this.#signedIn());
        }
      });
    });
    return tree("p", {}, signInLink(), " ", back);
  }
}

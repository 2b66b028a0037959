/** Replies that the desk uses again: opened here, filled in here, put into the reply to be gone over (PROTOCOL §6, §8.6). */

import { type OpenDesk, readSavedReplies, type SavedReply, sealSavedReply } from "../../protocol/index.ts";
import { element } from "../parts/element.ts";
import { sendSavedCarries } from "./carries.ts";
import { Choices } from "./choices.ts";
import { busy, button, field, Status } from "./dom.ts";
import { failureWords } from "./messages_for_errors.ts";
import type { DeskPage } from "./page.ts";
import { choice, PRIVATE } from "./private_fields.ts";
import { UnconfirmedSend } from "./unconfirmed_sends.ts";

/** What a saved reply may leave to be filled in, and the words for it. */
export function filledIn(text: string, name: string, hours: string): string {
  return text.replaceAll("{name of counsellor}", name).replaceAll("{opening hours}", hours);
}

/** A name that may run the other way, inside a sentence. */
function named(name: string, then: string): HTMLElement {
  return element("span", {}, "“", element("bdi", {}, name), `” ${then}`);
}

/** Whose words they are; of someone who has left, with what to do. */
function savedByWords({ writer, left }: SavedReply): string {
  return left ? `Saved by ${writer}, who is no longer at the desk. Check each number and address in it before you use it.` : `Saved by ${writer}.`;
}

/** The reply that they go into, and that they are made from. */
export interface Box {
  text(): string;
  insert(text: string): void;
  /** What was typed here and not saved, by what it is for. */
  draft(what: string): string;
  drafted(what: string, text: string): void;
}

export class SavedReplies {
  readonly place: HTMLDetailsElement;
  readonly #page: DeskPage;
  readonly #desk: () => OpenDesk;
  readonly #box: Box;
  readonly #inside = element("div", { class: "govuk-details__text" });
  readonly #status = new Status();
  #closed = false;

  constructor(page: DeskPage, desk: () => OpenDesk, box: Box) {
    this.#page = page;
    this.#desk = desk;
    this.#box = box;
    const summary = element("summary", { class: "govuk-details__summary" }, element("span", { class: "govuk-details__summary-text" }, "Saved replies"));
    this.place = element("details", { class: "govuk-details", "data-action": "saved" }, summary, element("div", {}, this.#inside, this.#status.place));
    this.place.addEventListener("toggle", () => {
      if (this.place.open && this.#inside.childElementCount === 0) void this.#look();
    });
  }

  close(): void {
    this.#closed = true;
    this.place.replaceChildren();
  }

  async #look(): Promise<void> {
    this.#inside.replaceChildren(element("p", { class: "desk-quiet" }, "Loading the saved replies…"));
    try {
      const { replies, carries } = await readSavedReplies(this.#page.site, this.#desk(), await this.#page.api.savedReplies());
      if (this.#closed) return;
      this.#status.clear();
      this.#draw(replies);
      void sendSavedCarries(this.#page, carries);
    } catch (error) {
      this.#inside.replaceChildren();
      this.#status.warn(
        failureWords("The saved replies could not be loaded", error),
        button("Try again", "secondary", () => void this.#look()),
      );
    }
  }

  #draw(saved: readonly SavedReply[]): void {
    const pick = choice(
      "saved-pick",
      "A saved reply",
      saved.map(({ id, name }) => [id, name]),
      "Choose a saved reply.",
    );
    const choices = new Choices(this.#box);
    const preview = element("p", { class: "desk-note desk-note__text", hidden: true, ...PRIVATE });
    const writer = element("p", { class: "desk-quiet", hidden: true, ...PRIVATE });
    const chosen = (): SavedReply | undefined => saved.find(({ id }) => id === pick.control.value);
    const filled = (): string => filledIn(chosen()?.text ?? "", this.#desk().displayName ?? this.#page.name, this.#page.hours);
    const insert = button("Add it to my reply", "secondary", () => {
      if (chosen() === undefined) return pick.control.focus();
      this.#box.insert(filled());
      choices.forget();
    });
    const drop: HTMLButtonElement = button("Delete it for everyone", "warning", () => {
      const one = chosen();
      if (one !== undefined)
        void busy(drop, "Deleting…", () =>
          this.#change(named(one.name, "is deleted."), "The saved reply was not deleted", async () => {
            await this.#page.api.forgetReply(one.id);
            choices.forget();
          }),
        );
    });
    const acts = element("div", { class: "desk-bar__buttons", hidden: true }, insert, drop);
    const show = (): void => {
      preview.textContent = filled();
      const one = chosen();
      writer.textContent = one === undefined ? "" : savedByWords(one);
      preview.hidden = writer.hidden = acts.hidden = one === undefined;
    };
    pick.control.addEventListener("change", show);
    choices.keep(pick.control);
    show();
    const name = field(
      "saved-name",
      "Save my reply as",
      { type: "text", ...PRIVATE, maxlength: 80 },
      "If the name is already in use, its text is replaced. {name of counsellor} and {opening hours} are filled in when someone uses it.",
    );
    name.control.value = this.#box.draft("saved-name");
    name.control.addEventListener("input", () => this.#box.drafted("saved-name", name.control.value));
    const save: HTMLButtonElement = button("Save it for everyone at the desk", "secondary", () => {
      const title = name.control.value.trim();
      name.fault(title === "" ? "Enter a name." : this.#box.text().trim() === "" ? "Write the reply below first." : "");
      if (title === "" || this.#box.text().trim() === "") return;
      const before = saved.find((one) => one.name === title)?.id ?? null;
      void busy(save, "Saving…", () =>
        this.#change(named(title, "is saved."), "The saved reply was not saved", async () => {
          await this.#save(before, title, this.#box.text());
          this.#box.drafted("saved-name", "");
        }),
      );
    });
    this.#inside.replaceChildren(
      ...(saved.length === 0 ? [element("p", {}, "There are no saved replies yet.")] : [pick.group, preview, writer, acts]),
      name.group,
      save,
    );
  }

  /** The same name and text again are the same bytes, for as long as the server may have them: else there would be two of it. */
  #save(before: string | null, title: string, text: string): Promise<void> {
    const pending = new UnconfirmedSend<string>(this.#box.draft("sealed-saved"), (kept) => this.#box.drafted("sealed-saved", kept));
    const seal = (): Promise<string> => sealSavedReply(this.#page.site, this.#desk(), before, title, text);
    return pending.deliver(`${title}\n${text}`, seal, (note) => this.#page.api.saveReply(note));
  }

  async #change(done: Node, failed: string, what: () => Promise<void>): Promise<void> {
    try {
      await what();
      await this.#look();
      this.#status.say(done);
    } catch (error) {
      this.#status.warn(failureWords(failed, error));
    }
  }
}

/** Notes on a conversation, for the desk alone: opened here, sealed here, and never shown to the person (PROTOCOL §6, §8.5). */

import { type OpenDesk, type ReadNote, readNotes, sealNoteOn } from "../../protocol/index.ts";
import { joined } from "../parts/dom.ts";
import { element } from "../parts/element.ts";
import { dateWords } from "../parts/moments.ts";
import type { ActionContext } from "./action.ts";
import { busy, button, Status } from "./dom.ts";
import { failureWords } from "./messages_for_errors.ts";
import { area, standing } from "./private_fields.ts";
import { UnconfirmedSend } from "./unconfirmed_sends.ts";
import type { NotesSeen } from "./waiting_counts.ts";

/** What the notes ask of the conversation that they stand in. */
type Context = Pick<ActionContext, "page" | "conversation" | "draft" | "drafted">;

/** Which notes were shown before, and what to do when a colleague's comes while the conversation is open. */
export interface Seen {
  readonly notes: NotesSeen;
  arrived(words: string): void;
}

export class Notes {
  readonly place: HTMLDetailsElement;
  readonly #context: Context;
  readonly #desk: () => OpenDesk;
  readonly #title = element("span", { class: "govuk-details__summary-text" }, "Notes for colleagues");
  readonly #list = element("div");
  readonly #status = new Status();
  readonly #area;
  readonly #seen: Seen;
  /** From which on they are marked as new, for as long as the conversation is open; null before they were read. */
  #newFrom: number | null = null;
  #drawn = "";
  #writing = false;
  #closed = false;

  constructor(context: Context, desk: () => OpenDesk, seen: Seen) {
    this.#context = context;
    this.#seen = seen;
    this.#desk = desk;
    const draft = context.draft("note");
    this.#area = area("note", "New note (encrypted, only for the desk)", draft, (text) => context.drafted("note", text));
    const keep: HTMLButtonElement = button("Save the note", "secondary", () => void busy(keep, "Saving it…", () => this.#keep()));
    this.place = element(
      "details",
      { class: "govuk-details", "data-action": "notes", open: draft !== "" },
      element("summary", { class: "govuk-details__summary" }, this.#title),
      element("div", { class: "govuk-details__text" }, this.#list, this.#area.group, keep, this.#status.place),
    );
  }

  /** Reads them again; unfolds when there is something to read that was not there before. */
  async load(): Promise<void> {
    const answer = await this.#context.page.api.notes(this.#context.conversation);
    const notes = await readNotes(this.#context.page.site, this.#desk(), this.#context.conversation, answer);
    if (this.#closed) return;
    const state = JSON.stringify(notes);
    if (state === this.#drawn) return;
    this.#drawn = state;
    const before = this.#seen.notes.before(this.#context.conversation, notes.length);
    if (!this.#writing && this.#newFrom !== null && notes.length > before) this.#seen.arrived(arrivedWords(notes.slice(before)));
    // One's own is not new to oneself, nor is what came before it.
    if (this.#writing) this.#newFrom = notes.length;
    else this.#newFrom = Math.min(this.#newFrom ?? before, before);
    const newFrom = this.#newFrom;
    this.#seen.notes.shown(this.#context.conversation, notes.length);
    const fresh = notes.length - newFrom;
    this.#title.textContent = notes.length === 0 ? "Notes for colleagues" : `Notes for colleagues (${notes.length}${fresh > 0 ? `, ${fresh} new` : ""})`;
    this.#list.replaceChildren(...notes.map((note, place) => notePart(note, place >= newFrom)));
    if (notes.length > 0) this.place.open = true;
  }

  /** Seals a note and keeps it, once however often it has to be tried; throws Problem or ProtocolError. `what` is where it was typed. */
  async write(text: string, what: string): Promise<void> {
    const pending = new UnconfirmedSend<string>(this.#context.draft(`sealed-${what}`), (kept) => this.#context.drafted(`sealed-${what}`, kept));
    const seal = (): Promise<string> => sealNoteOn(this.#context.page.site, this.#desk(), this.#context.conversation, text);
    await pending.deliver(text, seal, (note) => this.#context.page.api.writeNote(this.#context.conversation, note));
    // It is kept, whether or not the others can be looked up just now.
    this.#writing = true;
    await this.load().catch(() => undefined);
    this.#writing = false;
  }

  close(): void {
    this.#closed = true;
    this.#area.control.value = "";
    this.place.replaceChildren();
  }

  async #keep(): Promise<void> {
    this.#status.clear();
    if (this.#area.control.value.trim() === "") return this.#area.fault("Enter the note.");
    try {
      await standing(this.#area.control, (text) => this.write(text, "note"));
      this.#context.drafted("note", "");
      this.#status.say("Note saved.");
    } catch (error) {
      this.#status.warn(failureWords("The note was not saved", error));
    }
  }
}

function arrivedWords(fresh: readonly ReadNote[]): string {
  const writers = [...new Set(fresh.map(({ read }) => read?.writer ?? "a colleague"))];
  return fresh.length === 1 ? `There is a new note from ${joined(writers)}.` : `There are ${fresh.length} new notes from ${joined(writers)}.`;
}

function notePart({ day, read }: ReadNote, isNew: boolean): HTMLElement {
  const mark = isNew && element("span", { class: "desk-entry__unread desk-note__new" }, "new");
  // Not for a browser's translation service: what it translates it sends away.
  if (read === null)
    return element("div", { class: "desk-note" }, element("p", {}, `A note from ${dateWords(day)} does not open with your keys, or fails its checks.`, mark));
  return element(
    "div",
    { class: "desk-note", translate: "no" },
    element("p", { class: "desk-bubble__from" }, `${read.writer}, ${dateWords(day)}`, mark),
    element("p", { class: "desk-note__text", dir: "auto" }, read.text),
  );
}

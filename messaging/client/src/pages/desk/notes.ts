/** Notes on a conversation, for the desk alone: opened here, sealed here, and never shown to the person (PROTOCOL §6, §8.5). */

import { readNotes, sealNoteOn, type OpenDesk, type ReadNote } from "../../protocol/index.ts";
import { joined } from "../parts/dom.ts";
import { dateWords } from "../parts/moments.ts";
import { area, standing } from "./private_fields.ts";
import { busy, button, Status, tree } from "./dom.ts";
import type { DeskPage } from "./page.ts";
import { Pending } from "./unconfirmed_sends.ts";
import type { NotesSeen } from "./waiting_counts.ts";
import { failureWords } from "./messages_for_errors.ts";

/** What was typed and not sent, by what it is for. */
export interface Words {
  draft(what: string): string;
  drafted(what: string, text: string): void;
}

/** Which notes were shown before, and what to do when a colleague's comes while the conversation is open. */
export interface Seen {
  readonly notes: NotesSeen;
  arrived(words: string): void;
}

export class Notes {
  readonly place: HTMLDetailsElement;
  readonly #page: DeskPage;
  readonly #conversation: string;
  readonly #desk: () => OpenDesk;
  readonly #title = tree("span", { class: "govuk-details__summary-text" }, "Notes for colleagues");
  readonly #list = tree("div");
  readonly #status = new Status();
  readonly #area;
  readonly #drafts: Words;
  readonly #seen: Seen;
  /** From which on they are marked as new, for as long as the conversation is open; null before they were read. */
  #newFrom: number | null = null;
  #drawn = "";
  #writing = false;
  #closed = false;

  constructor(page: DeskPage, conversation: string, desk: () => OpenDesk, drafts: Words, seen: Seen) {
    this.#page = page;
    this.#seen = seen;
    this.#conversation = conversation;
    this.#desk = desk;
    this.#drafts = drafts;
    const draft = drafts.draft("note");
    this.#area = area("note", "A new note: encrypted, for the desk alone", draft, (text) => drafts.drafted("note", text));
    const keep: HTMLButtonElement = button("Keep the note", "secondary", () => void busy(keep, "Keeping it…", () => this.#keep()));
    this.place = tree(
      "details",
      { class: "govuk-details", "data-work": "notes", open: draft !== "" },
      tree("summary", { class: "govuk-details__summary" }, this.#title),
      tree("div", { class: "govuk-details__text" }, this.#list, this.#area.group, keep, this.#status.place),
    );
  }

  /** Reads them again; unfolds when there is something to read that was not there before. */
  async load(): Promise<void> {
    const answer = await this.#page.api.notes(this.#conversation);
    const notes = await readNotes(this.#page.site, this.#desk(), this.#conversation, answer);
    if (this.#closed) return;
    const state = JSON.stringify(notes);
    if (state === this.#drawn) return;
    this.#drawn = state;
    const before = this.#seen.notes.before(this.#conversation, notes.length);
    if (!this.#writing && this.#newFrom !== null && notes.length > before) this.#seen.arrived(arrivedWords(notes.slice(before)));
    // One's own is not new to oneself, nor is what came before it.
    if (this.#writing) this.#newFrom = notes.length;
    else this.#newFrom = Math.min(this.#newFrom ?? before, before);
    const newFrom = this.#newFrom;
    this.#seen.notes.shown(this.#conversation, notes.length);
    const fresh = notes.length - newFrom;
    this.#title.textContent = notes.length === 0 ? "Notes for colleagues" : `Notes for colleagues (${notes.length}${fresh > 0 ? `, ${fresh} new` : ""})`;
    this.#list.replaceChildren(...notes.map((note, place) => notePart(note, place >= newFrom)));
    if (notes.length > 0) this.place.open = true;
  }

  /** Seals a note and keeps it, once however often it has to be tried; throws Problem or ProtocolError. `what` is where it was typed. */
  async write(text: string, what: string): Promise<void> {
    const pending = new Pending<string>(this.#drafts.draft(`sealed-${what}`), (kept) => this.#drafts.drafted(`sealed-${what}`, kept));
    const seal = (): Promise<string> => sealNoteOn(this.#page.site, this.#desk(), this.#conversation, text);
    await pending.deliver(text, seal, (note) => this.#page.api.writeNote(this.#conversation, note));
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
      this.#drafts.drafted("note", "");
      this.#status.say("The note is kept.");
    } catch (error) {
      this.#status.warn(failureWords("The note was not kept", error));
    }
  }
}

function arrivedWords(fresh: readonly ReadNote[]): string {
  const writers = [...new Set(fresh.map(({ read }) => read?.writer ?? "a colleague"))];
  return fresh.length === 1 ? `A new note from ${joined(writers)} is among the notes.` : `${fresh.length} new notes from ${joined(writers)} are among the notes.`;
}

function notePart({ day, read }: ReadNote, isNew: boolean): HTMLElement {
  const mark = isNew && tree("span", { class: "desk-entry__unread desk-note__new" }, "new");
  // Not for a browser's translation service: what it translates it sends away.
  if (read === null) return tree("div", { class: "desk-note" }, tree("p", {}, `A note of ${dateWords(day)} does not open with your keys, or does not hold.`, mark));
  return tree("div", { class: "desk-note", translate: "no" }, tree("p", { class: "desk-bubble__from" }, `${read.writer}, ${dateWords(day)}`, mark), tree("p", { class: "desk-note__text", dir: "auto" }, read.text));
}

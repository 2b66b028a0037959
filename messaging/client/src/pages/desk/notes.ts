/** Notes on a conversation, for the desk alone: opened here, sealed here, and never shown to the person (PROTOCOL §6, §8.5). */

import { NOTHING_READ, type NoteReceipt, type OpenDesk, type ReadNote, readNotes, sealNoteOn, type Thread } from "../../protocol/index.ts";
import { joined } from "../parts/dom.ts";
import { type Child, element } from "../parts/element.ts";
import { dateWords } from "../parts/moments.ts";
import type { ActionContext } from "./action.ts";
import { sendNoteCarries } from "./carries.ts";
import { busy, button, Status } from "./dom.ts";
import { failureWords } from "./messages_for_errors.ts";
import { area, standing } from "./private_fields.ts";
import { UnconfirmedSend } from "./unconfirmed_sends.ts";
import type { NotesSeen } from "./waiting_counts.ts";
import { NOTE_WARNINGS } from "./warning_words.ts";

/** What the notes ask of the conversation that they stand in. */
type Context = Pick<ActionContext, "page" | "conversation" | "draft" | "drafted">;

/** Which notes were shown before, and what to do when a colleague's comes while the conversation is open. */
export interface Seen {
  readonly notes: NotesSeen;
  arrived(words: string, fresh: readonly ReadNote[]): void;
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
  /** What whoever writes here now has read. */
  #receipt: NoteReceipt = NOTHING_READ;
  #thread: Thread | null = null;
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

  /** The thread was read again, and they are as they were. */
  stand(thread: Thread): void {
    this.#thread = thread;
  }

  /** Reads them again, beside the thread as it was just read; unfolds when there is something to read that was not there before. */
  async load(thread: Thread): Promise<void> {
    this.#thread = thread;
    const { page, conversation } = this.#context;
    const { notes, receipt, carries } = await readNotes(page.site, this.#desk(), conversation, await page.api.notes(conversation), thread);
    if (this.#closed) return;
    this.#receipt = receipt;
    void sendNoteCarries(page, conversation, carries);
    const state = JSON.stringify(notes);
    if (state === this.#drawn) return;
    this.#drawn = state;
    const before = this.#seen.notes.before(this.#context.conversation, notes.length);
    if (!this.#writing && this.#newFrom !== null && notes.length > before) this.#seen.arrived(arrivedWords(notes.slice(before)), notes.slice(before));
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
    const seal = (): Promise<string> => sealNoteOn(this.#context.page.site, this.#desk(), this.#context.conversation, text, this.#receipt);
    await pending.deliver(text, seal, (note) => this.#context.page.api.writeNote(this.#context.conversation, note));
    // It is kept, whether or not the others can be looked up just now.
    this.#writing = true;
    if (this.#thread !== null) await this.load(this.#thread).catch(() => undefined);
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
  const writers = [...new Set(fresh.map(({ writer }) => writer ?? "a colleague"))];
  return fresh.length === 1 ? `There is a new note from ${joined(writers)}.` : `There are ${fresh.length} new notes from ${joined(writers)}.`;
}

function writerWords({ writer, left, day }: ReadNote): string {
  return `${writer}${left ? ", who is no longer at the desk" : ""}, ${dateWords(day)}`;
}

function notePart(note: ReadNote, isNew: boolean): HTMLElement {
  const mark = isNew && element("span", { class: "desk-entry__unread desk-note__new" }, "new");
  // Not for a browser's translation service: what it translates it sends away.
  if (note.text === null) return element("div", { class: "desk-note", "data-note": "does-not-open", translate: "no" }, ...closedParts(note, mark));
  const warnings = note.warnings.filter((one) => one !== "does-not-open");
  return element(
    "div",
    { class: "desk-note", "data-note": warnings.join(" "), translate: "no" },
    element("p", { class: "desk-bubble__from" }, writerWords(note), mark),
    ...warnings.map((one) => element("p", { class: "desk-warning" }, element("strong", {}, "Warning. "), NOTE_WARNINGS[one])),
    element("p", { class: "desk-note__text", dir: "auto" }, note.text),
  );
}

function closedParts(note: ReadNote, mark: Child): HTMLElement[] {
  if (note.writer === null)
    return [element("p", {}, `A note from ${dateWords(note.day)} fails its checks, so it is not shown. Do not rely on it, and tell your lead.`, mark)];
  return [element("p", { class: "desk-bubble__from" }, writerWords(note), mark), element("p", {}, NOTE_WARNINGS["does-not-open"])];
}

/**
 * Calls whoever asked for it: a notification of the browser and a short sound, which say a number and nothing else.
 *
 * It rings when something new needs this counsellor, and for a flag that no lead opens each minute again. Both are off until they are
 * chosen; the choice is the account's and stands in the database. The sound is made here, note by note: there is no file of anyone's.
 */

import type { ConversationsAnswer, Signals } from "../../protocol/index.ts";
import { type NotesSeen, type Waits, waitsIn } from "./waiting_counts.ts";

const AGAIN = 60_000;
/** A sound that the browser lets through only later than this belongs to nothing any more. */
const TOO_LATE = 3_000;

/** What hears of everything that the lists say, locked or open. */
export interface Hearing {
  readonly notifier: Notifier;
  readonly notes: NotesSeen;
  hear(answer: ConversationsAnswer): void;
}

export class Notifier {
  readonly #name: string;
  readonly #notes: NotesSeen;
  #signals: Signals = { notification: false, sound: false };
  /** What was known at the last look: each conversation of mine with what is unread, each flag, each disclosure to decide, each sum of notes. */
  #known: ReadonlySet<string> | null = null;
  #rang = 0;
  #sound: AudioContext | null = null;

  constructor(name: string, notes: NotesSeen) {
    this.#name = name;
    this.#notes = notes;
    // Browsers let a page sound only once someone has touched it.
    for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, () => this.#wake(), { capture: true, passive: true });
  }

  get signals(): Signals {
    return this.#signals;
  }

  set signals(chosen: Signals) {
    this.#signals = chosen;
    this.#wake();
  }

  /** Hears what the lists say, and rings when there is something new in it. */
  hear(answer: ConversationsAnswer): void {
    const waits = waitsIn(answer, this.#name);
    const flags = waits.flags.map((line) => `flag ${line.conversation}`);
    const notes = [...answer.mine, ...answer.flagged].filter((line) => this.#notes.hasNew(line)).map((line) => `note ${line.conversation} ${line.notes}`);
    const mine = waits.mine.map((line) => `mine ${line.conversation} ${line.unread > 0}`);
    const decide = waits.decide.map((line) => `decide ${line.conversation}`);
    const earlier = this.#known;
    // A conversation that was read is not new when its line changes, so what is read is known as well.
    this.#known = new Set([...flags, ...decide, ...notes, ...mine, ...waits.mine.map((line) => `mine ${line.conversation} false`)]);
    const isNew = (one: string): boolean => earlier !== null && !earlier.has(one);
    const flagged = flags.length > 0 && (earlier === null || flags.some(isNew) || Date.now() - this.#rang >= AGAIN);
    if (flagged || decide.some(isNew) || mine.some(isNew) || notes.some(isNew)) this.ring(waits, flags.length > 0);
  }

  /** Rings as chosen; `pressing` sounds otherwise than the rest. */
  ring(waits: Waits, pressing: boolean): void {
    this.#rang = Date.now();
    if (this.#signals.sound) void this.#play(pressing ? [660, 880, 660, 880] : [660, 880]);
    if (this.#signals.notification && (document.hidden || !document.hasFocus())) notify(waits.mine.length + waits.flags.length + waits.decide.length);
  }

  /** Rings for a live talk that is offered: again and again, until it is taken or passes. */
  ringTalk(): void {
    if (this.#signals.sound) void this.#play([880, 1175, 880, 1175]);
    if (this.#signals.notification && (document.hidden || !document.hasFocus())) notify(1);
  }

  /** So that whoever chooses the sound hears it. */
  try(): void {
    this.#wake();
    if (this.#signals.sound) void this.#play([660, 880]);
  }

  #wake(): void {
    if (!this.#signals.sound || typeof AudioContext !== "function") return;
    this.#sound ??= new AudioContext();
    if (this.#sound.state === "suspended") void this.#sound.resume().catch(() => undefined);
  }

  async #play(notes: readonly number[]): Promise<void> {
    this.#wake();
    const [context, asked] = [this.#sound, Date.now()];
    if (context === null) return;
    await context.resume().catch(() => undefined);
    if (context.state !== "running" || Date.now() - asked > TOO_LATE) return;
    notes.forEach((pitch, place) => {
      const [begins, lasts] = [context.currentTime + place * 0.22, 0.18];
      const [tone, loudness] = [new OscillatorNode(context, { frequency: pitch }), new GainNode(context, { gain: 0 })];
      // Swells and fades, so that it does not crack.
      loudness.gain.setValueAtTime(0, begins);
      loudness.gain.linearRampToValueAtTime(0.2, begins + 0.02);
      loudness.gain.linearRampToValueAtTime(0, begins + lasts);
      tone.connect(loudness).connect(context.destination);
      tone.start(begins);
      tone.stop(begins + lasts);
    });
  }
}

/** What the browser's own window says: the desk, and how many. Where it cannot be shown, the title and the sound are left. */
function notify(number: number): void {
  if (typeof Notification !== "function" || Notification.permission !== "granted") return;
  try {
    const shown = new Notification(`Desk: ${number}`, { tag: "desk", silent: true });
    shown.addEventListener("click", () => {
      window.focus();
      shown.close();
    });
  } catch {
    // Chrome on Android has no window for a page without a worker.
  }
}

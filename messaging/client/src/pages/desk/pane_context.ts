/** What a conversation asks of the desk around it. */

import type { ColleaguesAnswer, OpenDesk } from "../../protocol/index.ts";
import type { HeldTalks } from "./held_talks.ts";
import type { DeskPage } from "./page.ts";
import type { Read } from "./read_threads.ts";
import type { NotesSeen } from "./waiting_counts.ts";

export interface PaneContext {
  readonly page: DeskPage;
  readonly notes: NotesSeen;
  readonly talks: HeldTalks;
  desk(): OpenDesk;
  renewDesk(): Promise<void>;
  signedInAgain(): Promise<void>;
  /** Something changed that the lists show. */
  changed(): void;
  back(): void;
  /** The counsellor wants to write in this one. */
  front(): void;
  /** A button for the next conversation that waits for me, if there is one. */
  next(): HTMLElement | null;
  /** What was typed and not sent: a reply by its conversation, other words by what they are for and the conversation. */
  draft(what: string): string;
  drafted(what: string, text: string): void;
  /** Reads a conversation, as it goes on from what was read; throws Problem, ProtocolError. */
  read(conversation: string): Promise<Read>;
  /** The person deleted it: nothing of it is kept. */
  gone(): void;
  /** What was begun as a reply is kept as a note, and the reply is empty; throws Problem or ProtocolError. */
  leaveNote(): Promise<unknown>;
  /** Who else is at the desk; null until it is known. */
  colleagues(): ColleaguesAnswer | null;
}

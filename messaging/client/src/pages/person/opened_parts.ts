/** What an open conversation has besides, in a script of its own: waiting for the answer, and how long it is kept. Without it all else works. */

import { loadOnce } from "../../protocol/index.ts";
import { now, zone } from "../parts/clock.ts";
import { byId } from "../parts/dom.ts";
import { minuteWords } from "../parts/moments.ts";
import type * as Script from "./opened_script.ts";
import type { Session } from "./session.ts";
import type { Read } from "./session_reads.ts";

/** Throws NotLoaded. */
export function loadOpened(): Promise<typeof Script> {
  return loadOnce("opened", () => import("#opened"));
}

export interface OpenedWays {
  /** Reads again and draws what is new; whether there is a new reply. */
  readonly look: (session: Session) => Promise<boolean>;
  /** The number of the newest reply that was shown. */
  readonly shown: () => number;
  /** Whether an answer may come. */
  readonly waits: () => boolean;
  /** Whether something is typed that is neither sent nor kept. */
  readonly unkept: () => boolean;
  readonly close: () => void;
}

export class OpenedParts {
  readonly #ways: OpenedWays;
  #session: Session | null = null;
  #more: ReturnType<typeof Script.begin> | null = null;

  constructor(ways: OpenedWays) {
    this.#ways = ways;
  }

  async open(session: Session): Promise<void> {
    this.#session = session;
    const isOpen = (): boolean => this.#session === session;
    try {
      const { begin } = await loadOpened();
      if (!isOpen()) return;
      this.#more = begin({
        ...this.#ways,
        look: () => this.#ways.look(session),
        isOpen,
        retention: (own) => session.retention(own),
        talk: (method) => session.talk(method),
        ticket: (patience) => session.liveTicket(patience),
        time: (instant) => minuteWords(instant, now(), zone()),
        pulseKeys: () => session.pulseKeys(),
        box: byId("answer-text", HTMLTextAreaElement),
        words: session.twoWords,
      });
    } catch {
      // The person can still ask for a reply, and is answered.
    }
  }

  drawn(): void {
    this.#more?.drawn();
  }

  nextBeat(): Promise<void> {
    return this.#more?.nextBeat() ?? Promise.resolve();
  }

  forget(): void {
    this.#more?.forget();
    this.#more = this.#session = null;
  }
}

/** What of a conversation is drawn at this moment. */
export class Drawn {
  #last = "";
  /** How many replies, and the number of the newest. */
  replies = 0;
  shown = 0;
  waits = false;

  note(read: Read): void {
    const replies = read.thread.items.flatMap((item) => (item.kind === "message" && item.direction === 2 ? [item.sequence] : []));
    [this.#last, this.replies, this.shown] = [looksOf(read), replies.length, Math.max(0, ...replies)];
    this.waits = read.answer.state !== "closed";
  }

  /** Whether nobody would see a difference: then what someone has marked, or hears just now, is left as it is. */
  isSame(read: Read): boolean {
    return looksOf(read) === this.#last;
  }
}

function looksOf({ answer, thread }: Read): string {
  return JSON.stringify([thread.items.length, thread.read[1], thread.desk?.readers, answer.state, answer.reply_by, answer.blocked_until]);
}

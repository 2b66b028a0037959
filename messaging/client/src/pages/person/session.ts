/** The keys of one open conversation, and a session with the server that opens itself again when it was idle too long. */

import {
  dateOf,
  deriveInbox,
  type EnvelopeAnswer,
  type EnvelopeBody,
  forget,
  type InboxAnswer,
  type InboxKeys,
  type Progress,
  ProtocolError,
  type RetentionAnswer,
  readAsPerson,
  type Seen,
  type Site,
  type StoredDataAnswer,
  sameInbox,
  sealFromPerson,
  signSession,
  type Thread,
} from "../../protocol/index.ts";
import { PersonApi, Problem } from "../../transport/index.ts";
import { today } from "../parts/clock.ts";
import { NotTheSameKey } from "./derive_twice.ts";
import { KeyNotMade } from "./messages_for_errors.ts";

export interface Read {
  readonly answer: InboxAnswer;
  readonly thread: Thread;
}

/** Throws NotTheSameKey unless the words lead to these keys once more. */
async function demandAgain(site: Site, words: readonly string[], keys: InboxKeys, progress: Progress): Promise<void> {
  const again = await deriveInbox(site, [...words], progress);
  const same = sameInbox(again, keys);
  forget(again);
  if (!same) throw new NotTheSameKey("the same words came to two keys");
}

export class Session {
  readonly #site: Site;
  readonly #api = new PersonApi();
  readonly #keys: InboxKeys;
  #thread: Thread | null = null;
  #seen: Seen | null = null;
  #reading: Promise<unknown> = Promise.resolve();
  #closed = false;
  #gone: () => void = () => undefined;

  private constructor(site: Site, keys: InboxKeys) {
    this.#site = site;
    this.#keys = keys;
  }

  /**
   * Derives the keys and opens a session; throws KeyNotMade, and Problem `no-inbox` for words that open nothing. That is said only of keys that came out
   * twice: otherwise it throws NotTheSameKey. Where a derivation takes long, `progress` hears how much of it is done.
   */
  static async open(site: Site, words: readonly string[], progress: Progress): Promise<Session> {
    const keys = await deriveInbox(site, [...words], progress).catch((error: unknown) => {
      throw error instanceof ProtocolError ? error : new KeyNotMade();
    });
    const session = new Session(site, keys);
    try {
      await session.#sign();
      return session;
    } catch (error) {
      try {
        if (error instanceof Problem && error.type === "no-inbox") await demandAgain(site, words, session.#keys, progress);
      } finally {
        forget(session.#keys);
      }
      throw error;
    }
  }

  /** Called when a message has to wait for some work (PROTOCOL §7.10). */
  set onWork(tell: () => void) {
    this.#api.onWork = tell;
  }

  /** Called when the server has the conversation no more: someone deleted it, here or elsewhere, or its time is over. */
  set onGone(tell: () => void) {
    this.#gone = tell;
  }

  /**
   * Asks for the conversation and checks all of it, one question after the other: the answers of two at once could overtake each other.
   * Throws when it was closed meanwhile: then nothing may be shown any more; and BadContinuation when it does not go on from what was read.
   */
  read(today: number): Promise<Read> {
    const reading = this.#reading.catch(() => undefined).then(() => this.#read(today));
    this.#reading = reading;
    return reading;
  }

  async #read(today: number): Promise<Read> {
    const answer = await this.#held(() => this.#api.inbox(this.#site.released?.number));
    const thread = await readAsPerson(this.#site, this.#keys, answer, today, this.#seen);
    if (this.#closed) {
      forget(thread);
      throw new Error("closed while the server answered");
    }
    if (this.#thread !== null) forget(this.#thread);
    this.#thread = thread;
    this.#seen = thread.seen;
    return { answer, thread };
  }

  /** The very rows that the server keeps; throws when it was closed meanwhile. */
  async storedData(): Promise<StoredDataAnswer> {
    const answer = await this.#held(() => this.#api.storedData());
    if (this.#closed) throw new Error("closed while the server answered");
    return answer;
  }

  /** How long it is kept; with `own`, after the person's choice. */
  retention(own?: number | null): Promise<RetentionAnswer> {
    return this.#held(() => (own === undefined ? this.#api.retention() : this.#api.keepFor(own)));
  }

  seal(text: string): Promise<EnvelopeBody> {
    if (this.#thread === null) throw new Error("no conversation to write in");
    return sealFromPerson(this.#site, this.#keys, this.#thread, { text, day: dateOf(today()) });
  }

  send(body: EnvelopeBody): Promise<EnvelopeAnswer> {
    return this.#held(() => this.#api.send(body));
  }

  /** Deletes everything; a second try after a lost answer finds nothing, which is what was wanted. */
  async erase(): Promise<void> {
    try {
      await this.#held(() => this.#api.erase());
    } catch (error) {
      if (!(error instanceof Problem) || error.type !== "no-inbox") throw error;
    }
  }

  /** Drops the keys at once, and ends the server's session without waiting for it. */
  close(): void {
    this.#closed = true;
    forget(this.#keys);
    if (this.#thread !== null) forget(this.#thread);
    this.#thread = this.#seen = null;
    // Whatever comes of it: the token is gone from here, and dies by itself there.
    this.#api.endSession().catch(() => undefined);
  }

  async #sign(): Promise<void> {
    await this.#api.session(await signSession(this.#site, this.#keys, await this.#api.challenge()));
  }

  /** Does it; when the session was idle too long, opens another with the keys that are here and does it once more. */
  async #held<T>(what: () => Promise<T>): Promise<T> {
    try {
      return await what();
    } catch (error) {
      if (!(error instanceof Problem) || error.type !== "session") throw this.#noticed(error);
    }
    try {
      await this.#sign();
      return await what();
    } catch (error) {
      throw this.#noticed(error);
    }
  }

  #noticed(error: unknown): unknown {
    if (error instanceof Problem && error.type === "no-inbox" && !this.#closed) this.#gone();
    return error;
  }
}

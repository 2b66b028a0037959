/** The keys of one open conversation, and a session with the server that opens itself again when it was idle too long. */

import {
  type Bytes,
  type Desk,
  dateOf,
  decode,
  deriveInbox,
  type EnvelopeAnswer,
  type EnvelopeBody,
  type FirstMessageBody,
  forget,
  type InboxKeys,
  type Intake,
  openDraft,
  type PersonDraft,
  type Progress,
  ProtocolError,
  type PulseKeys,
  personsPulseKeys,
  type RetentionAnswer,
  readAsPerson,
  type SealedFirst,
  type Seen,
  type Site,
  type StoredDataAnswer,
  sealDraft,
  sealFirst,
  sealFromPerson,
  signFirst,
  signSession,
  type TalkAnswer,
  type Thread,
} from "../../protocol/index.ts";
import { PersonApi, Problem } from "../../transport/index.ts";
import { today } from "../parts/clock.ts";
import { demandAgain } from "./derive_twice.ts";
import { KeyNotMade } from "./messages_for_errors.ts";
import type { KeptDraft, Read } from "./session_reads.ts";
import { TwoWords } from "./two_words.ts";

export class Session {
  readonly #site: Site;
  readonly #api = new PersonApi();
  readonly #keys: InboxKeys;
  #thread: Thread | null = null;
  #seen: Seen | null = null;
  #reading: Promise<unknown> = Promise.resolve();
  #closed = false;
  /** Two of the words, which bring back a page that was hidden. */
  readonly twoWords: TwoWords;
  #gone: () => void = () => undefined;

  private constructor(site: Site, keys: InboxKeys, twoWords = new TwoWords()) {
    [this.#site, this.#keys, this.twoWords] = [site, keys, twoWords];
  }

  /** Opens a session with keys that are there already; throws Problem. They are forgotten with the session. */
  static async of(site: Site, keys: InboxKeys, twoWords: TwoWords): Promise<Session> {
    const session = new Session(site, keys, twoWords);
    await session.#sign();
    return session;
  }

  /**
   * Derives the keys and opens a session; throws KeyNotMade, and Problem `no-inbox` for words that open nothing. That is said only of keys that came out
   * twice: otherwise it throws NotTheSameKey. Where a derivation takes long, `progress` hears how much of it is done.
   */
  static async open(site: Site, words: readonly string[], progress: Progress, twice = true): Promise<Session> {
    const keys = await deriveInbox(site, [...words], progress).catch((error: unknown) => {
      throw error instanceof ProtocolError ? error : new KeyNotMade();
    });
    const session = new Session(site, keys);
    try {
      await session.#sign();
      session.twoWords.keep(words);
      return session;
    } catch (error) {
      try {
        if (error instanceof Problem && error.type === "no-inbox" && twice) await demandAgain(site, words, session.#keys, progress);
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

  async liveTicket(patience: number): Promise<Bytes> {
    return decode((await this.#held(() => this.#api.liveTicket(patience))).ticket);
  }

  talk(method: "GET" | "POST" | "DELETE"): Promise<TalkAnswer> {
    return this.#held(() => this.#api.talk(method));
  }

  /** With whom pulses are exchanged, as it was last read; throws ProtocolError where nobody can be relied on. */
  async pulseKeys(): Promise<PulseKeys[]> {
    return this.#thread === null ? [] : personsPulseKeys(this.#site, this.#keys, this.#thread);
  }

  /** The very rows that the server keeps; throws when it was closed meanwhile. */
  async storedData(): Promise<StoredDataAnswer> {
    const answer = await this.#held(() => this.#api.storedData());
    if (this.#closed) throw new Error("closed while the server answered");
    return answer;
  }

  retention(own?: number | null): Promise<RetentionAnswer> {
    return this.#held(() => (own === undefined ? this.#api.retention() : this.#api.keepFor(own)));
  }

  /** The conversation and what was begun in it; where there is none yet, what was begun. Throws Problem `not-found` for neither. */
  async readOrKept(today: number): Promise<{ read: Read; kept: KeptDraft | null } | { read: null; kept: KeptDraft }> {
    const none = (error: unknown): error is Problem => error instanceof Problem && error.type === "not-found";
    try {
      return { read: await this.read(today), kept: await this.kept() };
    } catch (error) {
      const kept = none(error) ? await this.kept() : null;
      if (kept === null) throw error;
      return { read: null, kept };
    }
  }

  /** What was begun and kept, here or before there was a conversation; null where nothing is, or nothing that these words open. */
  async kept(): Promise<KeptDraft | null> {
    const { draft, deleted_on: deletedOn } = await this.#held(() => this.#api.keptDraft());
    if (draft === null || deletedOn === null) return null;
    try {
      return { draft: await openDraft(this.#site, this.#keys, draft, this.#conversation()), deletedOn };
    } catch (error) {
      if (error instanceof ProtocolError) return null;
      throw error;
    }
  }

  async keep(text: string): Promise<string> {
    const draft = await sealDraft(this.#site, this.#keys, { text, day: dateOf(today()), route: null, terms: null }, this.#conversation());
    return (await this.#held(() => this.#api.keepDraft(draft))).deleted_on;
  }

  async keepFirst(draft: PersonDraft): Promise<string> {
    const sealed = await sealDraft(this.#site, this.#keys, draft);
    return (await this.#held(() => this.#api.keepDraft(sealed))).deleted_on;
  }

  deleteDraft(): Promise<void> {
    return this.#held(() => this.#api.deleteDraft());
  }

  sealFirst(desk: Desk, intake: Intake): Promise<SealedFirst> {
    return sealFirst(this.#site, this.#keys, desk, intake);
  }

  signFirst(first: SealedFirst, challenge: string): Promise<FirstMessageBody> {
    return signFirst(this.#site, this.#keys, first, challenge);
  }

  #conversation(): Bytes | undefined {
    return this.#seen === null ? undefined : decode(this.#seen.conversation);
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
    this.#gone = () => undefined; // What was wanted is no surprise.
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
    this.twoWords.forget();
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

/** The reply: what is typed stays until the server has it, and what was sealed is sent again as the very same bytes (PROTOCOL §5.3). */

import { type EnvelopeBody, type OpenDesk, sealFromDesk, type Thread } from "../../protocol/index.ts";
import { Problem } from "../../transport/index.ts";
import { element } from "../parts/element.ts";
import { signInLink } from "./account_links.ts";
import type { Keeping } from "./choices.ts";
import { shortName } from "./conversation_lines.ts";
import { busy, button, Status } from "./dom.ts";
import { failureWords, isSignedOut } from "./messages_for_errors.ts";
import type { DeskPage } from "./page.ts";
import { ReplyBox } from "./reply_box.ts";
import { mayHaveArrived, type Sealed, UnconfirmedSend } from "./unconfirmed_sends.ts";

/** What the reply asks of the conversation it stands in. */
export interface ReplyContext {
  readonly page: DeskPage;
  readonly conversation: string;
  /** The thread and the desk's keys as they stand now. */
  current(): { readonly desk: OpenDesk; readonly thread: Thread };
  /** Reads the thread again, and fits this to it. */
  reload(): Promise<void>;
  /** Looks up the desk's keys again, after a new epoch. */
  renewDesk(): Promise<void>;
  /** Takes up the session again after signing in in another tab. */
  signedInAgain(): Promise<void>;
  /** When what is ready is to be sent. */
  nextBeat(): Promise<void>;
  sent(): void;
  drafted(text: string): void;
  /** Where what was sealed and may have arrived is kept, and what is chosen. */
  readonly keeping: Keeping;
}

const NOT_YET = "You are not signed in yet, or you are signed in as someone else.";
const UNKNOWN = "The server did not say whether it has your reply. It is safe to try again: your reply can arrive only once.";

export class Reply {
  readonly #around: ReplyContext;
  readonly #status = new Status();
  readonly #box: ReplyBox;
  readonly #pending: UnconfirmedSend<EnvelopeBody>;
  #closed = false;

  constructor(around: ReplyContext, draft: string) {
    this.#around = around;
    this.#pending = new UnconfirmedSend(around.keeping.draft("sealed-reply"), (kept) => around.keeping.drafted("sealed-reply", kept));
    this.#box = new ReplyBox(
      shortName(around.conversation),
      this.#status.place,
      around.keeping,
      (text) => around.drafted(text),
      () => void this.#press(),
    );
    this.#box.text = draft;
  }

  get form(): HTMLFormElement {
    return this.#box.form;
  }

  get isEmpty(): boolean {
    return this.#box.isEmpty;
  }

  get text(): string {
    return this.#box.text;
  }

  /** Fits the form to a thread that was read anew: what may have arrived is in it, or may still be sent, or changed. */
  fit(thread: Thread, myName: string, envelopes: readonly string[]): void {
    this.#box.fit(thread, myName);
    const { sealed } = this.#pending;
    if (sealed === null) return;
    if (envelopes.includes(sealed.body.envelope)) return this.#done(sealed);
    if (this.#box.isHeld) return;
    this.#box.text = sealed.text;
    this.#box.hold(true);
    this.#status.warn(UNKNOWN, this.#again(sealed), this.#change(sealed));
  }

  /** Puts words where the cursor is, to be gone over; not while the server may have what is shown. */
  insert(text: string): void {
    this.#box.insert(text);
  }

  focus(): void {
    this.#box.focus();
  }

  /** What stood here went another way. */
  empty(): void {
    this.#box.empty();
  }

  /** Drops what is typed out of the page. */
  clear(): void {
    this.#closed = true;
    this.#box.clear();
    this.#status.clear();
  }

  async #press(): Promise<void> {
    this.#status.clear();
    const { sealed } = this.#pending;
    if (sealed !== null) return void (await busy(this.#box.send, "Sending…", () => this.#deliver(sealed, true)));
    if (this.isEmpty) {
      this.#box.say("Enter your reply.");
      return this.focus();
    }
    if (this.#box.mustKnow) {
      this.#status.warn("Part of this conversation failed its checks. Read the warnings, then tick the box to send anyway.");
      return this.#box.focusKnows();
    }
    await busy(this.#box.send, "Sending…", () => this.#seal(true));
  }

  /** Seals what stands in the box, which stands still from now on, and sends it. */
  async #seal(mayReseal: boolean): Promise<void> {
    this.#box.hold(true);
    const { text, content } = this.#box;
    let body: EnvelopeBody;
    try {
      const { desk, thread } = this.#around.current();
      body = await sealFromDesk(this.#around.page.site, desk, thread, content);
    } catch (error) {
      this.#release();
      return this.#status.warn(failureWords("Your reply was not sent", error));
    }
    await this.#deliver(this.#pending.keep({ text, body }), mayReseal);
  }

  /** Sends these very bytes, and nothing at all once they were sent, changed or given up: whoever pressed meant these. */
  async #deliver(sealed: Sealed<EnvelopeBody>, mayReseal: boolean): Promise<void> {
    // While a line is live, whoever watches the network sees a message go at a beat (PROTOCOL §12.7).
    await this.#around.nextBeat();
    if (this.#pending.sealed !== sealed) return;
    try {
      await this.#around.page.api.send(this.#around.conversation, sealed.body);
    } catch (error) {
      return this.#failed(sealed, error, mayReseal);
    }
    this.#done(sealed);
  }

  async #failed(sealed: Sealed<EnvelopeBody>, error: unknown, mayReseal: boolean): Promise<void> {
    if (this.#closed) return;
    if (isSignedOut(error))
      return this.#status.warn("You have been signed out. Your reply is still here. Sign in again in another tab, then come back.", this.#signedIn(sealed));
    if (mayHaveArrived(error)) return this.#status.warn(UNKNOWN, this.#again(sealed), this.#change(sealed));
    if (!(error instanceof Problem && error.sealAfresh)) this.#release();
    if (error instanceof Problem && error.sealAfresh) {
      try {
        await this.#around.reload();
        // It was among what had come: that is seen as the thread is read.
        if (this.#pending.sealed !== sealed) return;
        this.#release();
        if (error.type !== "conflict" && mayReseal) {
          await this.#around.renewDesk();
          return await this.#seal(false);
        }
      } catch (second) {
        this.#release();
        return this.#status.warn(failureWords("Your reply was not sent", second));
      }
    } else if (error instanceof Problem && (error.type === "not-yours" || error.type === "taken")) {
      await this.#around.reload().catch(() => undefined);
    }
    this.#status.warn(failureWords("Your reply was not sent", error));
  }

  /** The server has it: nothing of it stays, least of all a button that sends. */
  #done(sealed: Sealed<EnvelopeBody>): void {
    if (this.#pending.sealed !== sealed) return;
    this.#pending.drop();
    if (this.#closed) {
      this.#box.forgetKind();
      return this.#around.drafted("");
    }
    this.#box.hold(false);
    this.#status.clear();
    this.#box.empty();
    this.#around.sent();
  }

  #release(): void {
    this.#pending.drop();
    this.#box.hold(false);
  }

  #again(sealed: Sealed<EnvelopeBody>): HTMLButtonElement {
    const again: HTMLButtonElement = button("Try again", "", () => void busy(again, "Sending…", () => this.#deliver(sealed, true)));
    return again;
  }

  #change(sealed: Sealed<EnvelopeBody>, first: () => Promise<void> = () => Promise.resolve()): HTMLButtonElement {
    const change: HTMLButtonElement = button("Change the reply", "secondary", () => {
      void busy(change, "Checking…", async () => {
        if (this.#pending.sealed !== sealed) return;
        try {
          await first();
          await this.#around.reload();
          if (this.#pending.sealed !== sealed) return;
          this.#release();
          this.#status.say("Your reply had not arrived. You can change it now.");
          this.focus();
        } catch (error) {
          if (isSignedOut(error)) return this.#status.warn(NOT_YET, this.#signedIn(sealed));
          this.#status.warn(failureWords("The conversation could not be loaded", error), this.#again(sealed), this.#change(sealed));
        }
      });
    });
    return change;
  }

  /** Two ways on after signing in, each of which does what it says. */
  #signedIn(sealed: Sealed<EnvelopeBody>): HTMLElement {
    const renewed = async (): Promise<void> => {
      await this.#around.signedInAgain().catch(() => {
        throw new Problem("session", 401, NOT_YET);
      });
    };
    const back: HTMLButtonElement = button("I have signed in again: send this reply", "", () => {
      void busy(back, "Checking…", async () => {
        try {
          await renewed();
        } catch {
          return this.#status.warn(NOT_YET, this.#signedIn(sealed));
        }
        await this.#deliver(sealed, true);
      });
    });
    return element("p", {}, signInLink(), " ", back, " ", this.#change(sealed, renewed));
  }
}

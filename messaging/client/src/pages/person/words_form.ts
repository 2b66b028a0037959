/** The form that takes the eight words: what is wrong with them is told here, and good ones open a session (PROTOCOL §7.4). */

import { NotLoaded, prepareSlow } from "../../protocol/index.ts";
import { Problem } from "../../transport/index.ts";
import { byId, part } from "../parts/dom.ts";
import { clearFaults, showFaults } from "../parts/errors.ts";
import { gettext } from "../parts/gettext.ts";
import { isAbleHere, sayUnable, tellSlow } from "./browser_lacks.ts";
import { KeyProgress } from "./key_progress.ts";
import { whyNotOpened } from "./messages_for_errors.ts";
import { callUs, siteOfPage } from "./page.ts";
import { Session } from "./session.ts";
import { readWords } from "./word_input.ts";
import { offerRepairs } from "./word_repair.ts";

export class WordsForm {
  readonly #form = byId("open-form", HTMLFormElement);
  readonly #words = byId("open-words", HTMLTextAreaElement);
  readonly #repair = byId("open-repair", HTMLElement);
  readonly #opened: (session: Session) => Promise<void>;

  /** `opened` gets the session and shows what it opens; when it throws, the session is closed again and the form says why. */
  constructor(opened: (session: Session) => Promise<void>) {
    this.#opened = opened;
  }

  /** Makes the form work, or says that this browser is too old. */
  async begin(): Promise<void> {
    this.#form.reset();
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#enter();
    });
    this.#words.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      // As a press does it; Safari of before 2022 has no `requestSubmit`.
      part(this.#form, "send", HTMLButtonElement).click();
    });
    if (!(await this.#able())) {
      this.#form.hidden = true;
      return;
    }
    part(this.#form, "fields", HTMLFieldSetElement).disabled = false;
    part(this.#form, "send", HTMLButtonElement).disabled = false;
    this.#sayPutAway();
    // Nobody waits for it.
    void tellSlow(1);
  }

  /** A browser that is short of memory drops a page, and loads it again once it is looked at: nobody has pressed anything. */
  #sayPutAway(): void {
    if (!(document as { readonly wasDiscarded?: boolean }).wasDiscarded) return;
    part(this.#form, "status", HTMLElement).textContent = gettext(
      "Your browser had closed this page to save memory. What you sent is not lost: type your eight words to open your conversation again.",
    );
  }

  /** Whether something can be opened here; otherwise the page has said why not. */
  async #able(): Promise<boolean> {
    try {
      if (!(await isAbleHere())) return false;
      await prepareSlow();
      return true;
    } catch (error) {
      if (!(error instanceof NotLoaded)) throw error;
      sayUnable("broken");
      return false;
    }
  }

  /** Whether someone has begun to type the words. */
  get typed(): boolean {
    return this.#words.value.trim() !== "";
  }

  /** Takes the words out of the page. */
  forget(): void {
    this.#form.reset();
    this.#repair.replaceChildren();
    this.#repair.hidden = true;
  }

  async #enter(): Promise<void> {
    const errors = part(this.#form, "errors", HTMLElement);
    const send = part(this.#form, "send", HTMLButtonElement);
    if (send.disabled) return;
    const read = readWords(this.#words.value);
    if ("fault" in read) {
      showFaults(this.#form, errors, gettext("There is a problem"), [{ field: this.#words.id, ...read.fault }]);
      offerRepairs(this.#repair, this.#words.value, {
        use: (words) => {
          this.#words.value = words.join(" ");
          send.click();
        },
        tryAll: (sets) => void this.#open(sets),
      });
      return;
    }
    await this.#open([read.words]);
  }

  /** Opens with the first of these sets of words that opens anything; each costs a key. */
  async #open(sets: readonly (readonly string[])[]): Promise<void> {
    const errors = part(this.#form, "errors", HTMLElement);
    const status = part(this.#form, "status", HTMLElement);
    const send = part(this.#form, "send", HTMLButtonElement);
    clearFaults(this.#form, errors);
    this.#repair.hidden = true;
    send.disabled = true;
    const several = sets.length > 1;
    status.textContent = several ? gettext("Trying them…") : gettext("Making a key from your words. This takes a few seconds…");
    const progress = new KeyProgress(status, several);
    // The page is painted first: making the key may hold it up.
    await new Promise((done) => setTimeout(done, 50));
    let session: Session | null = null;
    try {
      const site = await siteOfPage();
      for (const [tried, words] of sets.entries()) {
        // Of many only the last one is made twice: the others are as likely.
        session = await Session.open(site, words, (done) => progress.tell((tried + done) / sets.length), tried + 1 === sets.length).catch((error: unknown) => {
          if (tried + 1 < sets.length && error instanceof Problem && error.type === "no-inbox") return null;
          throw error;
        });
        if (several) progress.tell((tried + 1) / sets.length);
        if (session !== null) break;
      }
      if (session === null) return;
      await this.#opened(session);
      this.forget();
    } catch (error) {
      session?.close();
      showFaults(this.#form, errors, gettext("Your conversation did not open"), [{ field: this.#words.id, text: whyNotOpened(error, callUs()) }]);
    } finally {
      progress.end();
      status.textContent = "";
      send.disabled = false;
    }
  }
}

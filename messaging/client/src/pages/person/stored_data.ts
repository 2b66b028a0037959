/** /kept: eight words open what the server keeps; the same rows can be seen from an open conversation. */

import { byId, showOnly } from "../parts/dom.ts";
import { gettext, pgettext } from "../parts/gettext.ts";
import { nameStep } from "../parts/titles.ts";
import { LeaveGuard } from "./leave_guard.ts";
import { whyNotOpened } from "./messages_for_errors.ts";
import { loadOpened } from "./opened_parts.ts";
import { callUs, whenLeaving } from "./page.ts";
import type { Session } from "./session.ts";
import { WordsForm } from "./words_form.ts";

/** The rows themselves: templates/parts/kept_rows.html. */
export class StoredDataStep {
  readonly #session: () => Session | null;
  readonly #place = byId("kept-rows", HTMLElement);
  readonly #news = byId("kept-news", HTMLElement);

  constructor(session: () => Session | null, done: () => void) {
    this.#session = session;
    for (const button of byId("step-kept", HTMLElement).querySelectorAll("[data-part=done]")) button.addEventListener("click", done);
    byId("kept-again", HTMLButtonElement).addEventListener("click", () => void this.#again());
  }

  /** Asks for the rows and draws them; throws what the session throws, and NotLoaded. */
  async draw(): Promise<void> {
    const answer = await this.#session()?.storedData();
    this.#news.textContent = "";
    const { tablesOf } = await loadOpened();
    if (answer !== undefined) this.#place.replaceChildren(...tablesOf(answer, byId("columns", HTMLElement)));
  }

  /** Takes every row out of the page. */
  forget(): void {
    this.#place.replaceChildren();
    this.#news.textContent = "";
  }

  async #again(): Promise<void> {
    const session = this.#session();
    this.#news.textContent = gettext("Checking…");
    try {
      await this.draw();
      this.#news.textContent = gettext("These are the rows as they are now.");
      window.scrollTo(0, 0);
    } catch (error) {
      if (this.#session() === session) this.#news.textContent = whyNotOpened(error, callUs());
    }
  }
}

/** What titles call each step of /kept. */
const NAMES = {
  open: () => pgettext("title of a page", "Data"),
  kept: () => pgettext("title of a page", "All data"),
  closed: () => pgettext("title of a page", "Data, closed"),
  gone: () => pgettext("title of a page", "Data, finished"),
};

export class StoredDataPage {
  readonly #steps = Object.keys(NAMES).map((name) => byId(`step-${name}`, HTMLElement));
  readonly #opening = new WordsForm((session) => this.#opened(session));
  readonly #rows = new StoredDataStep(
    () => this.#session,
    () => this.#close(),
  );
  #session: Session | null = null;

  /** Makes the page's parts work. */
  async begin(): Promise<void> {
    new LeaveGuard(() => (this.#opening.typed ? { what: "typed", paper: false } : null));
    whenLeaving(() => this.#forget());
    await this.#opening.begin();
  }

  async #opened(session: Session): Promise<void> {
    this.#session = session;
    session.onGone = () => this.#gone();
    try {
      await this.#rows.draw();
    } catch (error) {
      this.#session = null;
      throw error;
    }
    this.#show("kept");
  }

  #gone(): void {
    this.#forget();
    byId("gone-elsewhere", HTMLElement).hidden = false;
    this.#show("gone");
  }

  #close(): void {
    this.#forget();
    this.#show("closed");
  }

  #show(name: keyof typeof NAMES): void {
    const step = byId(`step-${name}`, HTMLElement);
    showOnly(step, this.#steps);
    nameStep(NAMES[name](), step);
  }

  #forget(): void {
    this.#session?.close();
    this.#session = null;
    this.#opening.forget();
    this.#rows.forget();
  }
}

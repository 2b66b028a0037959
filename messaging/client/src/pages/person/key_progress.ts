/** How far a key is made, where that takes long enough to tell (PROTOCOL §1.3): a bar, and in words how long it still takes. */

import { element } from "../parts/element.ts";
import { gettext } from "../parts/gettext.ts";

/** Before that nothing can be told of how long it takes. */
const ENOUGH = 1_500;

export class KeyProgress {
  readonly #status: HTMLElement;
  readonly #several: boolean;
  readonly #bar = element("progress", { class: "key-progress", max: "100", value: "0", "aria-label": gettext("How far the key is made") });
  #began: { readonly at: number; readonly done: number } | null = null;

  /** `status` is where the page says what it does; `several` keys are tried, and that takes long in any browser. */
  constructor(status: HTMLElement, several = false) {
    this.#status = status;
    this.#several = several;
  }

  /** Hears how much is done, from 0 to 1. Where nobody tells, there is no bar. */
  readonly tell = (done: number): void => {
    const at = performance.now();
    // Made once more: from the beginning.
    if (this.#began === null || done < this.#bar.value / 100 - 0.02) this.#began = { at, done };
    if (!this.#bar.isConnected) this.#status.after(this.#bar);
    this.#bar.value = Math.floor(done * 100);
    const [since, came] = [at - this.#began.at, done - this.#began.done];
    if (since < ENOUGH || came <= 0) return;
    const words = timeLeft((since / came) * (1 - done), this.#several);
    // Said again only when it is something else: a screen reader reads it out each time.
    if (this.#status.textContent !== words) this.#status.textContent = words;
  };

  end(): void {
    this.#bar.remove();
  }
}

/** In tens of seconds or whole minutes, rounded up: it is rather done sooner than said. */
function timeLeft(milliseconds: number, several: boolean): string {
  const seconds = milliseconds / 1_000;
  const left =
    seconds <= 90
      ? gettext("Seconds left: about {seconds}.", { seconds: Math.ceil(seconds / 10) * 10 })
      : gettext("Minutes left: about {minutes}.", { minutes: Math.ceil(seconds / 60) });
  if (several) return `${gettext("Trying one after the other. Keep this page open.")} ${left}`;
  return `${gettext("Making a key from your words. This browser needs longer for it than others. Keep this page open.")} ${left}`;
}

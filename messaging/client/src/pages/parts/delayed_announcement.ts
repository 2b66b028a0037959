/** Words for a screen reader, once they have stood for a second: what changes with every letter would be read over the letters. */

const PAUSE = 1_000;

export class DelayedAnnouncement {
  /** Stands anywhere in the page; nobody sees it. */
  readonly place = document.createElement("p");
  #timer = 0;
  #wanted = "";

  constructor() {
    this.place.className = "govuk-visually-hidden";
    this.place.setAttribute("role", "status");
  }

  /** Says the words in a second, unless there are others by then; "" takes what was said away at once. */
  put(words: string): void {
    if (words === this.#wanted) return;
    this.#wanted = words;
    window.clearTimeout(this.#timer);
    if (words === "") this.place.textContent = "";
    else this.#timer = window.setTimeout(() => (this.place.textContent = words), PAUSE);
  }
}

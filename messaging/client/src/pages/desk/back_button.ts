/**
 * Back returns from a conversation to the lists, as a phone's own gesture is expected to, and does not leave the desk.
 *
 * An open conversation is one entry of the history, which says that one is open and not which.
 */

const OPEN = "desk-conversation";

export class BackButton {
  readonly #back: () => void;
  readonly #forward: () => void;

  /** `back` closes the open conversation; `forward` opens the one that was open last. */
  constructor(back: () => void, forward: () => void) {
    this.#back = back;
    this.#forward = forward;
    // Of a page that was loaded again: nothing is open in it.
    if (window.history.state === OPEN) window.history.replaceState(null, "");
    window.addEventListener("popstate", this.#popped);
  }

  /** A conversation is open; from one to the next is no step. */
  opened(): void {
    if (window.history.state !== OPEN) window.history.pushState(OPEN, "");
  }

  /** It was closed by hand. */
  closed(): void {
    if (window.history.state === OPEN) window.history.back();
  }

  stop(): void {
    window.removeEventListener("popstate", this.#popped);
    if (window.history.state === OPEN) window.history.replaceState(null, "");
  }

  readonly #popped = (): void => (window.history.state === OPEN ? this.#forward() : this.#back());
}

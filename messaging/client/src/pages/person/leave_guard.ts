/** Nothing that someone typed is lost by one tap: what would lead away asks first, here in the page. The exit never asks.
 *
 * A link of this site is asked about by a panel of the page's own, below which the exit stays where it is. Links to other sites open beside
 * this page. What the page itself cannot hold back (reload, close, the browser's “back” from the first step) the browser asks about, and
 * only while something is typed: a question that may hold someone up stands there only where a letter would be lost. */

import { byId } from "../parts/dom.ts";
import { element } from "../parts/element.ts";
import { LEAVING } from "../parts/exit.ts";
import { gettext } from "../parts/gettext.ts";

/** What leaving would lose. */
export interface Held {
  /** `message`: a message that is not sent. `words`: words that open nothing before it is sent. `typed`: anything else in a box. */
  readonly what: "message" | "words" | "typed";
  /** Whether words on someone's paper would open nothing. */
  readonly paper: boolean;
}

const PANEL = "leave-ask";
/** A telephone number is no way out of the page, although some browsers ask as if it were. */
const CALLING = 1000;

export class LeaveGuard {
  readonly #held: () => Held | null;
  #off = false;
  #calling = false;
  #back: HTMLElement | null = null;

  /** `held` says what would be lost at this moment. */
  constructor(held: () => Held | null) {
    this.#held = held;
    // Not while it is on its way down: a link that the page itself follows, within the page, has said so by then.
    document.addEventListener("click", (event) => this.#click(event));
    document.addEventListener("input", () => this.#hold(), { capture: true });
    // Whoever goes on writing, sends, or takes a step has answered.
    for (const [target, event] of [
      [document, "input"],
      [document, "submit"],
      [window, "popstate"],
    ] as const) {
      target.addEventListener(event, () => document.getElementById(PANEL)?.remove(), { capture: true });
    }
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#stay();
    });
    window.addEventListener("beforeunload", (event) => {
      // After the exit there is no page any more to ask about.
      if (this.#off || this.#calling) return;
      const held = this.#held();
      if (held !== null && held.what !== "words") event.preventDefault();
    });
    window.addEventListener(LEAVING, () => {
      this.#off = true;
    });
  }

  /** A finger that pulls the page down loads it again on some phones, without a question: not while something is typed. */
  #hold(): void {
    const held = this.#held();
    document.documentElement.classList.toggle("is-held", held !== null && held.what !== "words");
  }

  #click(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
    if (link === null || link.closest(".exit") !== null || event.defaultPrevented) return;
    if (!/^https?:$/u.test(link.protocol)) {
      this.#calling = true;
      window.setTimeout(() => (this.#calling = false), CALLING);
      return;
    }
    const here = window.location;
    const within = link.origin === here.origin && link.pathname === here.pathname && link.hash !== "";
    const beside = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0 || link.target === "_blank";
    const held = this.#held();
    if (held === null || within || beside) return;
    if (link.origin !== here.origin) {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      return;
    }
    event.preventDefault();
    this.#ask(link, held, () => {
      this.#off = true;
      here.assign(link.href);
    });
  }

  /** Asks in the page whether to go on with what would lose something. */
  ask(from: HTMLElement, go: () => void): void {
    const held = this.#held();
    if (held === null) go();
    else this.#ask(from, held, go);
  }

  #ask(from: HTMLElement, held: Held, go: () => void): void {
    document.getElementById(PANEL)?.remove();
    this.#back = from;
    const panel = element("section", { class: "leave-ask" });
    panel.id = PANEL;
    panel.setAttribute("aria-labelledby", `${PANEL}-heading`);
    const heading = element(
      "h2",
      {},
      held.what === "typed" ? gettext("What you typed is not saved. Leave anyway?") : gettext("Your message has not been sent. Leave anyway?"),
    );
    heading.id = `${PANEL}-heading`;
    heading.tabIndex = -1;
    const stay = element("button", { class: "govuk-button" }, gettext("Stay here"));
    const leave = element(
      "button",
      { class: "govuk-button govuk-button--secondary" },
      held.what === "typed" ? gettext("Leave") : gettext("Leave without sending"),
    );
    for (const button of [stay, leave]) button.type = "button";
    stay.addEventListener("click", () => this.#stay());
    leave.addEventListener("click", () => {
      panel.remove();
      go();
    });
    const buttons = element("p", { class: "button-group" });
    buttons.append(stay, leave);
    panel.append(heading);
    if (held.what !== "words") panel.append(element("p", {}, gettext("If you leave, you will lose what you typed.")));
    if (held.paper) panel.append(element("p", {}, gettext("Then the words on your paper will not open anything, and next time you will get new ones.")));
    panel.append(buttons);
    byId("main", HTMLElement).append(panel);
    heading.focus();
  }

  #stay(): void {
    const panel = document.getElementById(PANEL);
    if (panel === null) return;
    panel.remove();
    this.#back?.focus();
  }
}

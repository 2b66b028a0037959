/** While a conversation is open, “Write” and “Your reply” above it mean this conversation, and not a new one. */

import { byId } from "../parts/dom.ts";
import { gettext } from "../parts/gettext.ts";

export class ThreadLinks {
  #open = false;
  readonly #own = new Map<HTMLAnchorElement, string>();

  /** `show` shows the conversation, `look` looks for a new reply. */
  constructor(show: () => void, look: () => Promise<void>) {
    document.addEventListener(
      "click",
      (event) => {
        const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
        const beside = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
        const page = link === null ? "" : pageOf(link);
        if (!this.#open || beside || page === "") return;
        event.preventDefault();
        // Nothing is left, so nobody is asked whether to leave it.
        event.stopImmediatePropagation();
        show();
        if (page === "write") goToWriting();
        else void look();
      },
      { capture: true },
    );
  }

  /** Whether a conversation is open. The links say so. */
  set open(open: boolean) {
    this.#open = open;
    if (!open) {
      for (const [link, text] of this.#own) link.textContent = text;
      this.#own.clear();
      return;
    }
    for (const link of document.querySelectorAll<HTMLAnchorElement>(".site-header a[href], .hours a[href]")) {
      if (pageOf(link) !== "write" || this.#own.has(link)) continue;
      this.#own.set(link, link.textContent ?? "");
      link.textContent = gettext("Write again");
    }
  }
}

/** To where an answer is written. */
function goToWriting(): void {
  const heading = byId("write-again", HTMLElement);
  heading.focus();
  heading.scrollIntoView({ block: "start" });
}

/** Which of the two pages a link of this site leads to, in any language; empty for all others. */
function pageOf(link: HTMLAnchorElement): "write" | "inbox" | "" {
  if (link.origin !== window.location.origin || link.hash !== "") return "";
  const last = link.pathname.slice(link.pathname.lastIndexOf("/") + 1);
  return last === "write" || last === "inbox" ? last : "";
}

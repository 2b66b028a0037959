/** The steps of /write, one entry of the browser's history each, all at one address: “back” goes one step back, until the first. */

import { showOnly } from "../parts/dom.ts";
import { stepOn, stepsBehind, toTheFirst } from "../parts/history_depth.ts";

export class StepHistory<Name extends string> {
  readonly #order: readonly Name[];
  readonly #sections: ReadonlyMap<Name, HTMLElement>;
  readonly #last: () => Name;
  readonly #shown: (name: Name) => void;
  /** How many entries of this page lay behind when its first step was shown. */
  #first = stepsBehind();
  #end: Name | null = null;
  #now: Name | null = null;

  /** `order` are the steps that can be gone back to; `last` says how far someone may go at the moment; `shown` hears what is shown. */
  constructor(order: readonly Name[], sections: ReadonlyMap<Name, HTMLElement>, last: () => Name, shown: (name: Name) => void) {
    this.#order = order;
    this.#sections = sections;
    this.#last = last;
    this.#shown = shown;
    // Each step begins at its heading. A browser would scroll to where the entry was left, after the step is shown: past "sent", too.
    window.history.scrollRestoration = "manual";
    window.addEventListener("popstate", () => this.#draw());
    // A page that was loaded again begins at its first step, wherever in the history it was.
    toTheFirst();
    this.#first = stepsBehind();
  }

  /** The step that is shown; null before anything was. */
  get now(): Name | null {
    return this.#now;
  }

  /** Goes one step on. */
  on(): void {
    stepOn();
    this.#draw();
  }

  /** Goes one step back, as the browser's own button does. */
  back(): void {
    window.history.back();
  }

  /** Shows what comes after the last step: from here “back” leaves the page, and “forward” shows it again. */
  end(name: Name): void {
    this.#end = name;
    this.#draw();
    const behind = stepsBehind();
    if (behind > 0) window.history.go(-behind);
  }

  #draw(): void {
    const behind = stepsBehind();
    this.#first = Math.min(this.#first, behind);
    const most = this.#order.indexOf(this.#last());
    const name = this.#end ?? this.#order[Math.min(behind - this.#first, most)];
    const section = name === undefined ? undefined : this.#sections.get(name);
    if (name === undefined || section === undefined || !section.isConnected) return;
    // What stands there already is not announced a second time.
    if (section.hidden) showOnly(section, [...this.#sections.values()]);
    this.#now = name;
    this.#shown(name);
  }
}

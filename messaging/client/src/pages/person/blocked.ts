/** Until when someone cannot write, told where they read and where they would write. It ends by itself, also on a page that stays open. */

import { now } from "../parts/clock.ts";
import { byId } from "../parts/dom.ts";
import { element } from "../parts/element.ts";
import { callUs } from "./page.ts";
import { blockWords } from "./thread.ts";

/** A timer cannot be set for longer (2³¹ − 1 ms); it is set anew then. */
const LONGEST_TIMER = 2 ** 31 - 1;

export class Blocked {
  readonly #shut: (shut: boolean) => void;
  #ends = 0;

  /** `shut` hears whether writing is shut. */
  constructor(shut: (shut: boolean) => void) {
    this.#shut = shut;
  }

  /** Until this instant; null when they may write. */
  draw(until: string | null): void {
    window.clearTimeout(this.#ends);
    const left = until === null ? 0 : Date.parse(until) - now();
    const blocked = until !== null && left > 0;
    for (const id of ["blocked", "blocked-again"]) {
      const place = byId(id, HTMLElement);
      place.replaceChildren(...(blocked ? [element("p", {}, blockWords(until, callUs()))] : []));
      place.hidden = !blocked;
    }
    this.#shut(blocked);
    if (blocked) this.#ends = window.setTimeout(() => this.draw(until), Math.min(left, LONGEST_TIMER));
  }
}

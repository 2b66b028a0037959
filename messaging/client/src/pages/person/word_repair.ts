/** “Did you mean …?”: what typed words may have been is offered here, on the device, and tried only when it is asked for (PROTOCOL §2.8). */

import { type Repair, repairsOf, typedWords } from "../../protocol/index.ts";
import { element } from "../parts/element.ts";
import { gettext } from "../parts/gettext.ts";

/** So many are named, each with a button of its own; more are tried one after the other. */
const NAMED = 3;
/** What one try takes, at the most, in seconds: for the estimate. */
const SECONDS = 2;

export interface RepairWays {
  /** Opens with these words. */
  readonly use: (words: readonly string[]) => void;
  /** Tries each of them until one opens. */
  readonly tryAll: (sets: readonly (readonly string[])[]) => void;
}

/** Offers in `place` what may be meant by `text`; false where nothing is near. */
export function offerRepairs(place: HTMLElement, text: string, ways: RepairWays): boolean {
  const found = repairsOf(typedWords(text));
  place.replaceChildren();
  place.hidden = found.length === 0;
  if (found.length === 0) return false;
  const named = found.length <= NAMED;
  place.append(element("h2", {}, named ? gettext("Did you mean this?") : gettext("Shall we try them?")));
  if (named) place.append(...found.map((repair) => offer(repair, ways)));
  else {
    const minutes = Math.ceil((found.length * SECONDS) / 60);
    const words = gettext("{count} words would fit. We can try each of them here, on this device. It takes {minutes} minutes at the most.", {
      count: found.length,
      minutes,
    });
    const all = element("button", { class: "govuk-button", type: "button" }, gettext("Try each of them"));
    all.addEventListener("click", () => ways.tryAll(found.map(({ words }) => words)));
    place.append(element("p", {}, words), element("p", {}, all));
  }
  return true;
}

function offer(repair: Repair, ways: RepairWays): HTMLElement {
  const use = element("button", { class: "govuk-button", type: "button" }, gettext("Yes, use this"));
  use.addEventListener("click", () => ways.use(repair.words));
  // What is secret is kept from translation, and read as English.
  const what = element("p", {}, sentence(repair), " ");
  const words = element("strong", { translate: "no", lang: "en-GB" }, repair.places.map((place) => repair.words[place] ?? "").join(", "));
  if (repair.kind === "near" || repair.kind === "spelling" || repair.kind === "missing") what.append(words);
  return element("div", {}, what, element("p", {}, use));
}

function sentence({ kind, places: [one = 0, other = 0, ...more] }: Repair): string {
  if (kind === "swapped") return gettext("Words {one} and {other} the other way round.", { one: one + 1, other: other + 1 });
  if (kind === "extra") return gettext("The same without word {number}.", { number: one + 1 });
  if (more.length > 0 || other > 0) return gettext("These words, in their places:");
  return gettext("Word {number}:", { number: one + 1 });
}

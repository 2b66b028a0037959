/** A summary of what to mend, whose links focus their fields, and a message beside each field. */

import { element } from "./element.ts";
import { gettext } from "./gettext.ts";
import { nameFault } from "./titles.ts";

export interface Fault {
  /** The id of the field, or null for a trouble that is no field's. */
  readonly field: string | null;
  readonly text: string;
  /** What someone typed, which stands in the text where TYPED is. It may be secret, so no translation service is to get it. */
  readonly typed?: string;
}

/** Stands in a fault's text for what was typed: a character that nobody types. */
export const TYPED = "\u{F0000}";
/** So many characters of it are enough to find it again. */
const MOST = 20;

/** The text of a fault as parts of the page; what was typed is kept from translation, and runs its own way. */
function worded({ text, typed }: Fault): (string | HTMLElement)[] {
  const [before = "", after] = text.split(TYPED);
  if (after === undefined || typed === undefined) return [text];
  const own = element("bdi", {}, [...typed].slice(0, MOST).join(""));
  own.translate = false;
  return [before, own, after];
}

/** Takes every message of `form` away. */
export function clearFaults(form: HTMLElement, place: HTMLElement): void {
  place.replaceChildren();
  nameFault(false);
  for (const old of form.querySelectorAll("[data-fault]")) old.remove();
  for (const group of form.querySelectorAll(".govuk-form-group--error")) group.classList.remove("govuk-form-group--error");
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const field of form.querySelectorAll<HTMLElement>("[data-described]")) {
    const before = field.dataset.described;
    if (before) field.setAttribute("aria-describedby", before);
    else field.removeAttribute("aria-describedby");
    field.removeAttribute("data-described");
  }
}

/** Shows the faults, says in the title that there are some, and moves the focus to their summary. */
export function showFaults(form: HTMLElement, place: HTMLElement, title: string, faults: readonly Fault[]): void {
  clearFaults(form, place);
  const summary = element("div", { class: "govuk-error-summary" });
  summary.setAttribute("role", "alert");
  summary.tabIndex = -1;
  const list = element("ul", { class: "govuk-list govuk-error-summary__list" });
  for (const fault of faults) list.append(line(fault));
  summary.append(element("h2", { class: "govuk-error-summary__title" }, title), list);
  place.append(summary);
  nameFault(true);
  for (const fault of faults) markField(fault);
  summary.focus();
}

function line(fault: Fault): HTMLLIElement {
  const { field } = fault;
  const item = element("li");
  if (field === null) {
    item.append(...worded(fault));
    return item;
  }
  const link = element("a");
  link.append(...worded(fault));
  link.href = `#${field}`;
  link.addEventListener("click", (event) => {
    // The address stays as it is: no step of a visit belongs in the history.
    event.preventDefault();
    document.getElementById(field)?.focus();
  });
  item.append(link);
  return item;
}

function markField(fault: Fault): void {
  const { field } = fault;
  const control = field === null ? null : document.getElementById(field);
  const group = control?.closest(".govuk-form-group");
  if (!control || !group) return;
  group.classList.add("govuk-form-group--error");
  const message = element("p", { class: "govuk-error-message" });
  message.id = `${field}-fault`;
  message.dataset.fault = "";
  message.append(element("span", { class: "govuk-visually-hidden" }, `${gettext("Error:")} `), ...worded(fault));
  const set = control.closest<HTMLElement>("fieldset[data-choices]");
  if (set !== null) set.querySelector("[data-part=control]")?.before(message);
  else control.before(message);
  for (const described of set === null ? [control] : [set]) {
    const before = described.getAttribute("aria-describedby") ?? "";
    described.dataset.described = before;
    described.setAttribute("aria-describedby", `${before} ${message.id}`.trim());
  }
  if (set === null) control.setAttribute("aria-invalid", "true");
}

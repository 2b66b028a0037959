/**
 * A field for words that may quote the person: no memory, spelling service, writing assistant, password manager or translation of the
 * browser's gets them. It runs the way its words run: some people write from right to left.
 */

import { element } from "../parts/element.ts";
import type { Box } from "./choices.ts";
import { TextRoom } from "./text_room.ts";

export const PRIVATE = {
  dir: "auto",
  autocomplete: "off",
  autocorrect: "off",
  spellcheck: "false",
  translate: "no",
  writingsuggestions: "false",
  "data-gramm": "false",
  "data-gramm_editor": "false",
  "data-enable-grammarly": "false",
  "data-lpignore": "true",
  "data-1p-ignore": "true",
  "data-bwignore": "true",
  "data-protonpass-ignore": "true",
  "data-form-type": "other",
};

export interface Area {
  readonly group: HTMLElement;
  readonly control: HTMLTextAreaElement;
  /** Marks the field with what to do, and moves the focus there; the mark goes with the first letter that is typed. */
  fault(text: string): void;
}

/** A labelled field of several lines, which begins with what was typed before, tells whatever is typed, and says how much room is left. */
export function area(id: string, label: string, before: string, typed: (text: string) => void, rows = 3): Area {
  const room = new TextRoom(`${id}-room`);
  const message = element("p", { class: "govuk-error-message", id: `${id}-fault` });
  const control = element("textarea", { id, class: "govuk-textarea", rows, "aria-describedby": `${message.id} ${room.hint.id}`, ...PRIVATE });
  const group = element(
    "div",
    { class: "govuk-form-group" },
    element("label", { class: "govuk-label", for: id }, label),
    message,
    control,
    room.hint,
    room.spoken,
  );
  const mark = (text: string): void => {
    message.replaceChildren(...(text === "" ? [] : [element("span", { class: "govuk-visually-hidden" }, "Error: "), text]));
    group.classList.toggle("govuk-form-group--error", text !== "");
    if (text === "") control.removeAttribute("aria-invalid");
    else control.setAttribute("aria-invalid", "true");
  };
  const fault = (text: string): void => {
    mark(text);
    control.focus();
  };
  control.value = before;
  room.measure(before);
  control.addEventListener("input", () => {
    room.measure(control.value);
    if (control.value.trim() !== "") mark("");
    typed(control.value);
  });
  return { group, control, fault };
}

/** The field stands still while its words go; they leave it only once they are there, and with nothing that was typed meanwhile. */
export async function standing(control: HTMLTextAreaElement | HTMLInputElement, send: (text: string) => Promise<void>): Promise<void> {
  control.readOnly = true;
  try {
    await send(control.value);
    control.value = "";
    // What counts the letters, and what keeps them, hears of it as of anything typed.
    control.dispatchEvent(new Event("input"));
  } finally {
    control.readOnly = false;
  }
}

export interface Choice {
  readonly group: HTMLElement;
  readonly control: HTMLSelectElement;
  /** Whether something is chosen; if not, the field says what to do and has the focus. */
  isChosen(): boolean;
}

/** A labelled choice among fixed codes; the first says that nothing is chosen yet, and `missing` what to do then. */
export function choice(id: string, label: string, options: readonly (readonly [string, string])[], missing: string): Choice {
  const fault = element(
    "p",
    { class: "govuk-error-message", id: `${id}-fault`, hidden: true },
    element("span", { class: "govuk-visually-hidden" }, "Error: "),
    missing,
  );
  const control = element(
    "select",
    { id, class: "govuk-select" },
    element("option", { value: "" }, "Choose…"),
    ...options.map(([value, words]) => element("option", { value, dir: "auto" }, words)),
  );
  const mark = (faulty: boolean): void => {
    fault.hidden = !faulty;
    if (faulty) {
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", fault.id);
    } else {
      control.removeAttribute("aria-invalid");
      control.removeAttribute("aria-describedby");
    }
  };
  control.addEventListener("change", () => mark(false));
  const isChosen = (): boolean => {
    mark(control.value === "");
    if (control.value === "") control.focus();
    return control.value !== "";
  };
  return {
    group: element("div", { class: "govuk-form-group" }, element("label", { class: "govuk-label", for: id }, label), fault, control),
    control,
    isChosen,
  };
}

/** Several boxes to tick under one heading; `chosen` are the codes of those that are. */
export function boxes(
  id: string,
  title: string,
  options: Readonly<Record<string, string>>,
): { readonly group: HTMLElement; readonly controls: readonly Box[]; chosen(): string[] } {
  const controls = Object.entries(options).map(([value, words], place) => ({
    value,
    words,
    control: element("input", { type: "checkbox", class: "govuk-checkboxes__input", id: `${id}-${place}` }),
  }));
  const items = controls.map(({ words, control }) =>
    element("div", { class: "govuk-checkboxes__item" }, control, element("label", { class: "govuk-label govuk-checkboxes__label", for: control.id }, words)),
  );
  const group = element(
    "fieldset",
    {},
    element("legend", {}, title),
    element("div", { class: "govuk-checkboxes govuk-checkboxes--small desk-choices" }, ...items),
  );
  return { group, controls, chosen: () => controls.filter(({ control }) => control.checked).map(({ value }) => value) };
}

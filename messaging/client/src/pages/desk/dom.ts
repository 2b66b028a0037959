/** What the desk's pages are made of: buttons, labelled fields, and places where the page says what happened. */

import { type Attributes, type Child, element } from "../parts/element.ts";

/** A button that does something here; one that sends a form is `type: "submit"`. */
export function button(text: string, kind: "" | "secondary" | "warning" | "quiet", press: (() => void) | null, attributes: Attributes = {}): HTMLButtonElement {
  const style = kind === "quiet" ? "desk-quiet-button" : `govuk-button${kind === "" ? "" : ` govuk-button--${kind}`}`;
  const made = element("button", { type: press === null ? "submit" : "button", class: style, ...attributes }, text);
  if (press !== null) made.addEventListener("click", press);
  return made;
}

export interface Field<Control extends HTMLElement = HTMLInputElement> {
  readonly group: HTMLElement;
  readonly control: Control;
  /** Marks the field with what to do, and moves the focus there; "" takes the mark away. */
  fault(text: string): void;
}

/** A labelled input whose fault is said beside it and by a screen reader. */
export function field(id: string, label: string, attributes: Attributes, hint = ""): Field {
  const described = hint === "" ? null : `${id}-hint`;
  return labelled(id, label, hint, element("input", { class: "govuk-input", spellcheck: "false", "aria-describedby": described, ...attributes }));
}

/** The same around a control of any kind. */
export function labelled<Control extends HTMLElement>(id: string, label: string, hint: string, control: Control): Field<Control> {
  const message = element("p", { id: `${id}-error`, class: "govuk-error-message", hidden: true });
  control.id = id;
  const group = element(
    "div",
    { class: "govuk-form-group" },
    element("label", { class: "govuk-label", for: id }, label),
    hint !== "" && element("div", { id: `${id}-hint`, class: "govuk-hint" }, hint),
    message,
    control,
  );
  const fault = (text: string): void => {
    group.classList.toggle("govuk-form-group--error", text !== "");
    control.classList.toggle("govuk-input--error", text !== "");
    message.hidden = text === "";
    message.replaceChildren();
    const described = [hint !== "" && `${id}-hint`, text !== "" && `${id}-error`].filter((one) => one !== false).join(" ");
    if (described === "") control.removeAttribute("aria-describedby");
    else control.setAttribute("aria-describedby", described);
    if (text === "") {
      control.removeAttribute("aria-invalid");
      return;
    }
    message.append(element("span", { class: "govuk-visually-hidden" }, "Error: "), text);
    control.setAttribute("aria-invalid", "true");
    control.focus();
  };
  return { group, control, fault };
}

/** A place where the page says what happened; a screen reader says it too, without the focus moving. */
export class Status {
  readonly place = element("div", { role: "status", class: "desk-status" });

  say(text: string | Node, ...more: readonly Child[]): void {
    this.#show("desk-message", text, more);
  }

  /** Something went wrong; the text says what to do. */
  warn(text: string, ...more: readonly Child[]): void {
    this.#show("desk-message desk-message--error", text, more);
  }

  /** The same, but for words that stand there already: what is pressed or read just now is left alone. */
  warnOnce(text: string, ...more: readonly Child[]): void {
    if (this.place.querySelector("p")?.textContent !== text) this.warn(text, ...more);
  }

  clear(): void {
    this.place.replaceChildren();
  }

  #show(style: string, text: string | Node, more: readonly Child[]): void {
    this.place.replaceChildren(element("div", { class: style }, element("p", {}, text), ...more));
  }
}

/** Runs an async action: the button shows a busy label and ignores presses until it ends. */
export async function busy<T>(pressed: HTMLButtonElement, words: string, work: () => Promise<T>): Promise<T | undefined> {
  if (pressed.getAttribute("aria-disabled") === "true") return undefined;
  const before = pressed.textContent;
  // Not `disabled`: that would throw the focus away.
  pressed.setAttribute("aria-disabled", "true");
  pressed.textContent = words;
  try {
    return await work();
  } finally {
    pressed.removeAttribute("aria-disabled");
    pressed.textContent = before;
  }
}

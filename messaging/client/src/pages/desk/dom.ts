/** Builds parts of the page out of elements and text: nothing is ever parsed as HTML. */

export type Child = Node | string | null | false | undefined;
type Attributes = Readonly<Record<string, string | boolean | number | null | undefined>>;

/** An element with attributes (true is an empty one; false, null and undefined are none) and children. */
export function tree<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== null && child !== undefined && child !== false) made.append(child);
  return made;
}

/** A button that does something here; one that sends a form is `type: "submit"`. */
export function button(text: string, kind: "" | "secondary" | "warning" | "quiet", press: (() => void) | null, attributes: Attributes = {}): HTMLButtonElement {
  const style = kind === "quiet" ? "desk-quiet-button" : `govuk-button${kind === "" ? "" : ` govuk-button--${kind}`}`;
  const made = tree("button", { type: press === null ? "submit" : "button", class: style, ...attributes }, text);
  if (press !== null) made.addEventListener("click", press);
  return made;
}

export interface Field {
  readonly group: HTMLElement;
  readonly control: HTMLInputElement;
  /** Marks the field with what to do, and moves the focus there; "" takes the mark away. */
  fault(text: string): void;
}

/** A labelled input whose fault is said beside it and by a screen reader. */
export function field(id: string, label: string, attributes: Attributes, hint = ""): Field {
  const message = tree("p", { id: `${id}-error`, class: "govuk-error-message", hidden: true });
  const control = tree("input", { id, class: "govuk-input", spellcheck: "false", "aria-describedby": hint === "" ? null : `${id}-hint`, ...attributes });
  const group = tree(
    "div",
    { class: "govuk-form-group" },
    tree("label", { class: "govuk-label", for: id }, label),
    hint !== "" && tree("div", { id: `${id}-hint`, class: "govuk-hint" }, hint),
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
    message.append(tree("span", { class: "govuk-visually-hidden" }, "Error: "), text);
    control.setAttribute("aria-invalid", "true");
    control.focus();
  };
  return { group, control, fault };
}

/** A place where the page says what happened; a screen reader says it too, without the focus moving. */
export class Status {
  readonly place = tree("div", { role: "status", class: "desk-status" });

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
    this.place.replaceChildren(tree("div", { class: style }, tree("p", {}, text), ...more));
  }
}

/** Runs something that takes a while: the button says so, and a second press does nothing. */
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

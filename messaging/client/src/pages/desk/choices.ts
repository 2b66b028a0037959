/** What is ticked or chosen in a form of the desk and not sent: it comes back like typed words, sealed with them (PROTOCOL §2.13). */

/** Where it is kept, by what it is for. */
export interface Keeping {
  draft(what: string): string;
  drafted(what: string, text: string): void;
}

/** A box to tick, and what it stands for. */
export interface Box {
  readonly value: string;
  readonly control: HTMLInputElement;
}

/** Before what a choice is for, so that it counts as no draft: nobody can go on with it where its form is gone. */
export const CHOSEN = "chosen-";

/** The choices of one form. */
export class Choices {
  readonly #keeping: Keeping;
  readonly #kept = new Set<string>();

  constructor(keeping: Keeping) {
    this.#keeping = keeping;
  }

  /** Takes up what was chosen in it before, where that can still be chosen, and keeps what is chosen from now on. */
  keep(control: HTMLSelectElement | HTMLInputElement): void {
    const before = this.read(control.id);
    if (control instanceof HTMLInputElement || [...control.options].some((option) => option.value === before)) control.value = before;
    control.addEventListener("change", () => this.write(control.id, control.value));
  }

  /** The same for boxes that are ticked together; a value has no space in it. */
  keepTicks(name: string, boxes: readonly Box[]): void {
    const before = new Set(this.read(name).split(" "));
    for (const { value, control } of boxes) {
      control.checked = before.has(value);
      control.addEventListener("change", () =>
        this.write(
          name,
          boxes
            .filter((box) => box.control.checked)
            .map((box) => box.value)
            .join(" "),
        ),
      );
    }
  }

  /** What was kept under that name; "" for nothing. */
  read(name: string): string {
    this.#kept.add(name);
    return this.#keeping.draft(CHOSEN + name);
  }

  write(name: string, value: string): void {
    this.#kept.add(name);
    this.#keeping.drafted(CHOSEN + name, value);
  }

  /** It was done: nothing of this form is kept. */
  forget(): void {
    for (const name of this.#kept) this.#keeping.drafted(CHOSEN + name, "");
  }
}

/** Worksheets: questions that go into the message. From there on they are the message, with all that keeps it: its room, its guard, its seal. */

/** The text with the questions after it, each with room for an answer, and where the first answer begins. */
export function withQuestions(text: string, questions: readonly string[]): { readonly text: string; readonly at: number } {
  const before = text.trim() === "" ? "" : `${text.trimEnd()}\n\n`;
  const [first = "", ...others] = questions.map((question) => `${question}\n`);
  return { text: `${before}${[first, ...others].join("\n\n")}`, at: before.length + first.length };
}

/** Makes the worksheet's button put its questions into the field, after what stands there. */
export function watchWorksheet(sheet: HTMLElement, field: HTMLTextAreaElement): void {
  sheet.querySelector("button")?.addEventListener("click", () => {
    if (field.disabled || field.readOnly) return;
    const questions = [...sheet.querySelectorAll("li")].map((line) => (line.textContent ?? "").trim());
    const whole = withQuestions(field.value, questions);
    field.value = whole.text;
    // As if it had been typed: its room is counted, and the page is held.
    field.dispatchEvent(new Event("input", { bubbles: true }));
    sheet.closest("details")?.removeAttribute("open");
    field.focus();
    field.setSelectionRange(whole.at, whole.at);
  });
}

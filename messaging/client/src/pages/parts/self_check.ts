/** Four questions that pick a page to begin with. The answers are read once, when they are asked for, and are in no request and no storage. */

import { LEAVING } from "./exit.ts";

/** The last part of the id of what is shown. */
export function whereToStart(danger: string, ending: string, who: string, what: string): string {
  if (danger === "yes") return "danger";
  if (ending === "yes") return "ending";
  if (who === "young" || who === "work") return who;
  if (what === "police") return what;
  return who === "self" ? what : who;
}

/** Shows the questions, and after them the one place to begin with. Without it the page lists all of them. */
export function askWhereToStart(box: HTMLElement): void {
  const form = box.querySelector("form");
  const found = ["starts", "starts-heading", "self-check-again", "self-check-missing", "self-check-ask"].map((id) => document.getElementById(id));
  const [starts, heading, again, missing, ask] = found;
  if (form === null || !starts || !heading || !again || !missing || !ask) return;
  const begin = (): void => {
    form.reset();
    box.hidden = false;
    starts.hidden = true;
    missing.textContent = "";
  };
  const show = (chosen: string): void => {
    for (const place of starts.querySelectorAll<HTMLElement>("li")) place.hidden = place.id !== `start-${chosen}`;
    form.reset();
    box.hidden = true;
    starts.hidden = again.hidden = false;
    heading.focus();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const answers = new FormData(form);
    const said = ["danger", "ending", "who", "what"].map((name) => String(answers.get(name) ?? ""));
    const [danger = "", ending = "", who = "", what = ""] = said;
    // Whoever is in danger need not answer the rest.
    if (danger !== "yes" && ending !== "yes" && said.includes("")) missing.textContent = ask.textContent;
    else show(whereToStart(danger, ending, who, what));
  });
  again.addEventListener("click", () => {
    begin();
    box.querySelector<HTMLElement>("input")?.focus();
  });
  window.addEventListener(LEAVING, () => form.reset());
  begin();
}

/** What someone came for, as they chose it in a form; whoever is under 18 meets Childline first. */

import type { Route } from "../../protocol/index.ts";

const ROUTES: readonly Route[] = ["self", "other", "young", "professional"];

/** The choice that is made in `form`, or null. */
export function routeIn(form: HTMLFormElement): Route | null {
  const chosen = form.querySelector<HTMLInputElement>("input[name=route]:checked");
  return ROUTES.find((route) => route === chosen?.value) ?? null;
}

/** Shows `childline` beside the choice to whoever is under 18. */
export function meetTheYoung(form: HTMLFormElement, childline: HTMLElement): void {
  childline.hidden = routeIn(form) !== "young";
  form.querySelector("input[name=route]")?.closest(".govuk-form-group")?.after(childline);
}

/** While the desk is open, the links around it lead to tabs of their own: a page that is left locks, and costs the passphrase again. */

import { element } from "../parts/element.ts";

/** Makes it so for every link outside `app`, and says so; those to this very page call `lists`. What is returned undoes it. */
export function openInTabs(app: HTMLElement, lists: () => void): () => void {
  const undo: (() => void)[] = [];
  const here = window.location.pathname;
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[href]")) {
    // What calls or writes leaves no page.
    const opensPage = link.protocol === "https:" || link.protocol === "http:";
    if (!opensPage || app.contains(link) || link.target !== "" || link.getAttribute("href")?.startsWith("#") === true) continue;
    if (link.pathname === here && link.origin === window.location.origin) {
      const stay = (event: MouseEvent): void => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        lists();
      };
      link.addEventListener("click", stay);
      undo.push(() => link.removeEventListener("click", stay));
      continue;
    }
    const said = element("span", { class: "govuk-visually-hidden" }, " (opens a new tab)");
    const rel = link.getAttribute("rel");
    link.target = "_blank";
    link.setAttribute("rel", "noopener");
    link.append(said);
    undo.push(() => {
      link.removeAttribute("target");
      if (rel === null) link.removeAttribute("rel");
      else link.setAttribute("rel", rel);
      said.remove();
    });
  }
  const words = element("p", { class: "desk-nav__apart" }, "Your desk is open, so these pages open in new tabs.");
  document.querySelector(".desk-nav")?.after(words);
  undo.push(() => words.remove());
  return () => {
    for (const one of undo.splice(0)) one();
  };
}

/** Every page of the desk: what the template asks for by `data-page` on `<main>`. */

import { browserIsAble, NotLoaded } from "../protocol/index.ts";
import { watchFiles, watchFocus, watchPasskeys } from "./desk/account_forms.ts";
import { showConversations } from "./desk/conversations.ts";
import { forgetDrafts } from "./desk/drafts.ts";
import { watchFaults } from "./desk/fault_title.ts";
import { showKeys } from "./desk/keys.ts";
import { type DeskPage, readPage } from "./desk/page.ts";
import { showVault } from "./desk/vault.ts";
import { showIfMoved } from "./parts/clock.ts";
import { element } from "./parts/element.ts";
import { isWhole, showAltered } from "./parts/page_integrity.ts";

const SHOWN: Readonly<Record<string, (page: DeskPage) => Promise<void>>> = {
  conversations: showConversations,
  vault: showVault,
  keys: showKeys,
};

watchPasskeys();
watchFiles();
watchFocus();
watchFaults();
for (const form of document.querySelectorAll("form[data-sign-out]")) form.addEventListener("submit", forgetDrafts);

const main = document.getElementById("main");
const app = main?.querySelector<HTMLElement>("[data-app]") ?? null;
const show = SHOWN[main?.dataset.page ?? ""];
if (main !== null && !isWhole()) showAltered();
else if (main !== null && app !== null && show !== undefined) {
  showIfMoved(main);
  void begin(main, app, show);
}

async function begin(page: HTMLElement, place: HTMLElement, open: (page: DeskPage) => Promise<void>): Promise<void> {
  const tell = (words: string): void => place.replaceChildren(element("p", { class: "desk-message desk-message--error", role: "alert" }, words));
  try {
    if (!(await browserIsAble()))
      return tell(
        "This browser is too old for the desk: it cannot sign or open messages. Update it, or use another browser. You can still call people who need help now.",
      );
    await open(await readPage(page, place));
  } catch (error) {
    tell(
      error instanceof NotLoaded
        ? "Part of this page did not load. Check that you are online, then load it again."
        : "This helpline has no root key yet, or something went wrong on this page. Load it again. If that does not help, tell your admin.",
    );
  }
}

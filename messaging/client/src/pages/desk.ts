/** Every page of the desk: what the template asks for by `data-page` on `<main>`. */

import { sayIfMoved } from "./parts/clock.ts";
import { tree } from "./desk/build.ts";
import { showConversations } from "./desk/conversations.ts";
import { watchFiles, watchFocus, watchPasskeys } from "./desk/forms.ts";
import { showKeys } from "./desk/keys.ts";
import { readPage, type DeskPage } from "./desk/page.ts";
import { showVault } from "./desk/vault.ts";

const SHOWN: Readonly<Record<string, (page: DeskPage) => Promise<void>>> = {
  conversations: showConversations,
  vault: showVault,
  keys: showKeys,
};

watchPasskeys();
watchFiles();
watchFocus();

const main = document.getElementById("main");
const app = main?.querySelector<HTMLElement>("[data-app]") ?? null;
const show = SHOWN[main?.dataset["page"] ?? ""];
if (main !== null && app !== null && show !== undefined) {
  sayIfMoved(main);
  readPage(main, app).then(show).catch(() => {
    app.replaceChildren(tree("p", { class: "desk-message desk-message--error", role: "alert" }, "This installation has no root key yet, or this browser is too old. Update the browser; if that does not help, tell your admin."));
  });
}

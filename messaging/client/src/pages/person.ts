/** /write, /inbox and /kept: everything that must never leave the browser happens here. */

import { showIfMoved } from "./parts/clock.ts";
import { byId } from "./parts/dom.ts";
import { isWhole, showAltered } from "./parts/page_integrity.ts";
import { onceShown } from "./parts/veil.ts";
import { isInApp } from "./person/in_app_browser.ts";
import { InboxPage } from "./person/inbox.ts";
import { StoredDataPage } from "./person/stored_data.ts";
import { watchWorksheet } from "./person/worksheets.ts";
import { WritePage } from "./person/write.ts";

// Who must leave at once is never held up: the exit and Shift ask nothing. Everything else that would lose what is typed asks (leave_guard.ts).
onceShown(() => {
  if (!isWhole()) showAltered();
  else
    try {
      begin();
    } catch (error) {
      // A place that this script's own template has is not there, or is there twice.
      showAltered();
      throw error;
    }
});

function begin(): void {
  showIfMoved(byId("main", HTMLElement));

  // The script runs: what the page says to a browser in which it does not is not true here.
  for (const words of document.querySelectorAll<HTMLElement>("[data-script-waits]")) words.hidden = true;

  // Said before anything can be typed; what the browser calls itself goes nowhere.
  const inApp = document.getElementById("in-app");
  if (inApp !== null) inApp.hidden = !isInApp(navigator.userAgent);

  const write = document.getElementById("write");
  if (write !== null) void new WritePage(write).begin();
  if (document.getElementById("inbox") !== null) void new InboxPage().begin();
  for (const sheet of document.querySelectorAll<HTMLElement>('[data-part="worksheet"]')) {
    const field = sheet.closest("form")?.querySelector("textarea");
    if (field) watchWorksheet(sheet, field);
  }
  if (document.getElementById("kept-page") !== null) void new StoredDataPage().begin();
}

/** On every public page: leaving at once, and availability that stays true. No secret and no cryptography comes here. */

import { watchHours } from "./parts/hours.ts";
import { watchExit } from "./parts/leave.ts";

const exit = document.getElementById("exit");
if (exit instanceof HTMLAnchorElement) watchExit(exit);

const hours = document.querySelector<HTMLElement>("[data-hours-seconds]");
if (hours !== null) {
  const seconds = Number(hours.dataset["hoursSeconds"]);
  watchHours({ phone: document.getElementById("phone"), messages: document.getElementById("messages") }, Number.isSafeInteger(seconds) ? seconds : 60);
}

/** On every public page: leaving at once, and availability that stays true. No secret and no cryptography comes here. */

import { watchExit } from "./parts/exit.ts";
import { watchHours } from "./parts/hours.ts";
import { watchStart } from "./parts/not_started.ts";
import { askWhereToStart } from "./parts/self_check.ts";
import { cameBackFromElsewhere, veil } from "./parts/veil.ts";

if (cameBackFromElsewhere()) veil();

const exit = document.getElementById("exit");
if (exit instanceof HTMLAnchorElement) watchExit(exit);

const bar = document.querySelector<HTMLElement>("[data-hours]");
if (bar !== null) watchHours(bar);

const questions = document.getElementById("self-check");
if (questions !== null) askWhereToStart(questions);

// Locking is nothing that a page for reading does, but the way to it begins there.
const cannot = document.getElementById("cannot-lock");
if (cannot !== null) cannot.hidden = window.isSecureContext && Reflect.get(crypto, "subtle") !== undefined;

watchStart();

/** The page /desk/keys/ for a key-holder: opens the next epoch here in the browser, with everybody who holds a certificate. */

import { decode, forget, LONGEST_EPOCH_DAYS, openDesk, openEpoch, type Counsellor, type EpochBody, type MeAnswer } from "../../protocol/index.ts";
import { Problem } from "../../transport/index.ts";
import { today } from "../parts/clock.ts";
import { joined } from "../parts/dom.ts";
import { busy, button, Status, tree } from "./build.ts";
import { certificateOf, dayWords } from "./certificate.ts";
import type { DeskPage } from "./page.ts";
import { unlockPart } from "./unlock.ts";
import { failureWords } from "./words.ts";

const DAYS = 28;

/** Asks for the vault first: an epoch is signed with what is in it. */
export async function showKeys(page: DeskPage): Promise<void> {
  const status = new Status();
  page.app.replaceChildren(status.place);
  try {
    const me = await page.api.me();
    if (me.vaults.length === 0) return status.say("You have no vault. Make it first, on the page “Vault”.");
    const unlock = unlockPart(page, me, (counsellor) => choose(page, me, counsellor));
    page.app.replaceChildren(unlock, offline(page));
  } catch (error) {
    status.warn(failureWords("Your vault could not be looked up", error), button("Try again", "secondary", () => void showKeys(page)));
  }
}

async function choose(page: DeskPage, me: MeAnswer, counsellor: Counsellor): Promise<void> {
  const candidates = await page.api.candidates();
  // What was open is forgotten when this page is left, whether the epoch was opened or not.
  window.addEventListener("pagehide", () => {
    forget(counsellor);
    page.app.replaceChildren();
  }, { once: true });
  const status = new Status();
  const people = candidates.map((raw) => ({ raw, ...certificateOf(decode(raw)) })).sort((one, other) => one.name.localeCompare(other.name));
  const days = tree("input", { id: "days", class: "govuk-input govuk-input--width-4", type: "number", min: 1, max: LONGEST_EPOCH_DAYS, value: DAYS, "aria-describedby": "days-until" });
  const until = tree("div", { id: "days-until", class: "govuk-hint" });
  const who = tree("div");
  // A certificate must last through the whole epoch (§2.6).
  const included = (): typeof people => people.filter((one) => one.lastDay >= today() + Number(days.value) - 1);
  const tell = (): void => {
    const count = Number(days.value);
    until.textContent = fits(count) ? `From today until ${dayWords(today() + count - 1)}.` : `Enter a whole number from 1 to ${LONGEST_EPOCH_DAYS}.`;
    const others = people.filter((one) => !included().includes(one)).map((one) => `${one.name} (until ${dayWords(one.lastDay)})`);
    who.replaceChildren(
      tree("p", { class: "govuk-body" }, tree("strong", { "data-candidates": true }, joined(included().map((one) => one.name)) || "Nobody")),
      others.length > 0 ? tree("p", { class: "desk-message" }, `Left out, because their certificates end before: ${joined(others)}. Choose fewer days, or have them certified anew.`) : "",
    );
  };
  days.addEventListener("input", tell);
  tell();
  const open = button("Open the epoch", "", null);
  const form = tree(
    "form",
    { novalidate: true, "aria-labelledby": "open-epoch" },
    tree("p", { class: "govuk-body" }, "A new key is made here. It is given, sealed, to everybody below, and to nobody else: "),
    who,
    tree("p", { class: "govuk-hint" }, "They also get the keys of earlier epochs that you hold, so that they can read what open conversations need. Somebody missing? They need a certificate first."),
    tree("div", { class: "govuk-form-group" }, tree("label", { class: "govuk-label", for: "days" }, "For how many days"), until, days),
    open,
    status.place,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!fits(Number(days.value)) || included().length === 0) return days.focus();
    void busy(open, "Opening the epoch…", async () => {
      try {
        const desk = await openDesk(page.site, counsellor, me, today());
        await send(page, await openEpoch(page.site, desk, included().map((one) => one.raw), today(), Number(days.value)));
        forget(desk);
        forget(counsellor);
        window.location.reload();
      } catch (error) {
        status.warn(failureWords("The epoch was not opened", error));
      }
    });
  });
  page.app.replaceChildren(form);
  open.focus();
}

function fits(days: number): boolean {
  return Number.isSafeInteger(days) && days >= 1 && days <= LONGEST_EPOCH_DAYS;
}

async function send(page: DeskPage, body: EpochBody): Promise<void> {
  try {
    await page.api.epoch(body);
  } catch (error) {
    if (error instanceof Problem && error.type === "taken") throw new Problem("unknown", error.status, "another key-holder opened an epoch just now. Load the page again.");
    throw error;
  }
}

/** What `manage.py keys` wrote on a machine of its own, brought here as a file. */
function offline(page: DeskPage): HTMLElement {
  const status = new Status();
  const file = tree("input", { id: "epoch-file", class: "govuk-file-upload", type: "file", accept: ".json,application/json" });
  const bring = button("Bring this epoch", "secondary", () => {
    void busy(bring, "Bringing it…", async () => {
      const chosen = file.files?.[0];
      if (chosen === undefined) return status.warn("Choose the file first.");
      try {
        await send(page, epochIn(await chosen.text()));
        window.location.reload();
      } catch (error) {
        status.warn(error instanceof SyntaxError ? "This file is not an epoch that the keys command has written. Choose another one." : failureWords("The epoch was not taken", error));
      }
    });
  });
  return tree(
    "details",
    { class: "govuk-details" },
    tree("summary", { class: "govuk-details__summary" }, tree("span", { class: "govuk-details__summary-text" }, "I have an epoch in a file")),
    tree("div", { class: "govuk-details__text" }, tree("div", { class: "govuk-form-group" }, tree("label", { class: "govuk-label", for: "epoch-file" }, "The file, as manage.py keys wrote it"), file), bring, status.place),
  );
}

function epochIn(text: string): EpochBody {
  const body: unknown = JSON.parse(text);
  if (typeof body !== "object" || body === null || !("statement" in body) || !("grants" in body)) throw new SyntaxError("not an epoch");
  return { statement: body.statement, grants: body.grants } as EpochBody;
}

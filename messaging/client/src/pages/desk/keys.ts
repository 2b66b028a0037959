/** The page /desk/keys/: a key-holder opens the next epoch here in the browser, and someone else on it confirms it. */

import {
  type Counsellor,
  decode,
  type EpochBody,
  encode,
  forget,
  LONGEST_EPOCH_DAYS,
  type MeAnswer,
  type OpenDesk,
  openDesk,
  openEpoch,
  type Unlock,
} from "../../protocol/index.ts";
import { Problem } from "../../transport/index.ts";
import { today } from "../parts/clock.ts";
import { joined } from "../parts/dom.ts";
import { element } from "../parts/element.ts";
import { wayOut } from "./account_links.ts";
import { certificateOf, dayWords } from "./certificate.ts";
import { busy, button, Status } from "./dom.ts";
import { watchIdle } from "./idle_lock.ts";
import { importEpoch } from "./import_files.ts";
import { failureWords, OwnWords } from "./messages_for_errors.ts";
import type { DeskPage } from "./page.ts";
import { openPending } from "./renewal.ts";
import { unlockPart } from "./unlock.ts";
import { waitingPart } from "./waiting_epoch.ts";

/** How long an epoch lasts unless somebody enters another number; who has left can read on until its last day at most (PROTOCOL §9). */
const DAYS = 14;
const MOST_PEOPLE = 64;

/** Asks for the vault first: an epoch is opened, and confirmed, with what is in it. */
export async function showKeys(page: DeskPage): Promise<void> {
  const status = new Status();
  page.app.replaceChildren(status.place);
  try {
    const me = await page.api.me();
    if (me.vaults.length === 0) return status.say("You do not have a vault yet. Make one on the page “Vault”.");
    // The template says who may open one; whoever may only confirm has nothing to bring from another machine.
    const opens = page.app.dataset.opens !== undefined;
    const bring = opens ? importEpoch((body) => send(page, body)) : null;
    page.app.replaceChildren(
      unlockPart(page, me, (counsellor, now, unlock) => choose(page, now, counsellor, opens, unlock), "First unlock your vault"),
      bring ?? "",
    );
  } catch (error) {
    status.warn(
      failureWords("Your vault could not be loaded", error),
      wayOut(error),
      button("Try again", "secondary", () => void showKeys(page)),
    );
  }
}

async function choose(page: DeskPage, me: MeAnswer, counsellor: Counsellor, opens: boolean, unlock: Unlock): Promise<void> {
  const desk = await openDesk(page.site, counsellor, me, today());
  // Who has asked for new keys may be on the next roster with these alone.
  const pending = await openPending(page, me, unlock).catch(() => null);
  const candidates = opens && desk.keyHolder ? await page.api.candidates() : [];
  const status = new Status();
  // What was open is forgotten when this page is left, or when nobody has been here for a while: whoever comes next must open no epoch.
  watchIdle(
    (soon) => (soon ? status.warn("Nothing has happened here for nine minutes. The vault will lock in one minute.") : status.clear()),
    () => {
      forgetAll();
      void showKeys(page);
    },
  );
  const forgetAll = (): void => {
    forget(desk, counsellor);
    if (pending !== null) forget(pending, pending.counsellor);
  };
  const done = (): void => {
    forgetAll();
    window.location.reload();
  };
  const waiting = desk.waiting
    .filter(({ lastDay }) => lastDay >= today())
    .map((epoch) => {
      const theirs = pending?.waiting.find(({ number, trouble }) => number === epoch.number && trouble !== "not-yours");
      return pending === null || theirs === undefined || epoch.trouble !== "not-yours"
        ? waitingPart(page, desk, epoch, done)
        : waitingPart(page, pending, theirs, done);
    });
  const form = opens && desk.keyHolder ? openForm(page, desk, candidates, status, done) : null;
  const nothing = element("p", { class: "govuk-body" }, "No epoch waits for you.");
  const later = element(
    "p",
    { class: "desk-message" },
    "You become a key-holder in the next epoch. Another key-holder opens it. If there is no other key-holder, open it on another machine, and name your new certificate there with --certificate.",
  );
  const rest = form ?? (opens ? later : waiting.length === 0 ? nothing : "");
  page.app.replaceChildren(...waiting, rest, form === null ? status.place : "");
  const first = page.app.querySelector<HTMLElement>("button") ?? page.app.querySelector<HTMLElement>("h3");
  if (first instanceof HTMLHeadingElement) first.tabIndex = -1;
  first?.focus();
}

function openForm(page: DeskPage, desk: OpenDesk, candidates: readonly string[], status: Status, done: () => void): HTMLElement {
  const people = candidates.map((raw) => ({ raw, ...certificateOf(decode(raw)) })).sort((one, other) => one.name.localeCompare(other.name));
  const days = element("input", {
    id: "days",
    class: "govuk-input govuk-input--width-4",
    type: "number",
    min: 1,
    max: LONGEST_EPOCH_DAYS,
    value: DAYS,
    "aria-describedby": "days-until",
  });
  const until = element("div", { id: "days-until", class: "govuk-hint" });
  const who = element("div");
  const counts = element("p", { class: "govuk-body" });
  // A certificate must last through the whole epoch (§2.6).
  const included = (): typeof people => people.filter((one) => one.lastDay >= today() + Number(days.value) - 1);
  const tell = (): void => {
    const count = Number(days.value);
    until.textContent = fits(count) ? `From today until ${dayWords(today() + count - 1)}.` : `Enter a whole number from 1 to ${LONGEST_EPOCH_DAYS}.`;
    const others = people.filter((one) => !included().includes(one)).map((one) => `${one.name} (until ${dayWords(one.lastDay)})`);
    counts.textContent = whenItCounts(included().length, desk);
    who.replaceChildren(
      element("p", { class: "govuk-body" }, element("strong", { "data-candidates": true }, joined(included().map((one) => one.name)) || "Nobody")),
      others.length > 0
        ? element(
            "p",
            { class: "desk-message" },
            `Left out, because their certificates end first: ${joined(others)}. Choose fewer days, or get them new certificates.`,
          )
        : "",
    );
  };
  days.addEventListener("input", tell);
  tell();
  const open = button("Open the epoch", "", null);
  const form = element(
    "form",
    { novalidate: true, "aria-labelledby": "open-epoch" },
    element("p", { class: "govuk-body" }, "A new key is made here. It is sealed and given only to these people: "),
    who,
    counts,
    element(
      "p",
      { class: "govuk-hint" },
      "They also get the keys you hold from earlier epochs, so that they can read open conversations. If someone is missing, they need a certificate first.",
    ),
    element("div", { class: "govuk-form-group" }, element("label", { class: "govuk-label", for: "days" }, "Number of days"), until, days),
    open,
    status.place,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!fits(Number(days.value)) || included().length === 0) return days.focus();
    // Who opens an epoch has drawn its key, and nobody may read who is not named (PROTOCOL §2.6).
    if (!included().some((one) => one.of === encode(page.counsellorId))) {
      status.warn("You cannot open this epoch, because your own certificate ends before it does. Choose fewer days, or get a new certificate.");
      return days.focus();
    }
    if (included().length > MOST_PEOPLE) {
      return status.warn(`An epoch has at most ${MOST_PEOPLE} people on it. Ask an admin to switch off the accounts of people who do not answer any more.`);
    }
    void busy(open, "Opening the epoch…", async () => {
      try {
        await send(
          page,
          await openEpoch(
            page.site,
            desk,
            included().map((one) => one.raw),
            today(),
            Number(days.value),
          ),
        );
        done();
      } catch (error) {
        status.warn(failureWords("The epoch was not opened", error));
      }
    });
  });
  return form;
}

/** When what is opened counts: it takes a second person, but where the desk is one person's (PROTOCOL §2.15). */
function whenItCounts(people: number, { desk }: OpenDesk): string {
  if (people !== 1) return "Nothing is sealed for it until someone else on it has confirmed it, on this page. Until then the epoch before it goes on.";
  if (desk !== null && desk.names.length > 1) return "You are the only one on it. Only the keepers of the root key can confirm such an epoch.";
  return "You are the only one on it. It needs nobody’s word, and counts at once.";
}

function fits(days: number): boolean {
  return Number.isSafeInteger(days) && days >= 1 && days <= LONGEST_EPOCH_DAYS;
}

async function send(page: DeskPage, body: EpochBody): Promise<void> {
  try {
    await page.api.epoch(body);
  } catch (error) {
    if (error instanceof Problem && error.type === "taken") throw new OwnWords("another key-holder has just opened an epoch. Load the page again.");
    throw error;
  }
}

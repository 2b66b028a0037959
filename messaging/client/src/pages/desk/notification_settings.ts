/** Where a counsellor chooses how the desk calls them: off until chosen, for the account, and what this browser still has to allow. */

import type { Signals } from "../../protocol/index.ts";
import { element } from "../parts/element.ts";
import { button, Status } from "./dom.ts";
import { failureWords } from "./messages_for_errors.ts";
import type { Notifier } from "./notifier.ts";
import type { DeskPage } from "./page.ts";

export class NotificationSettings {
  readonly dialog: HTMLDialogElement;
  readonly open: HTMLButtonElement;
  readonly #page: DeskPage;
  readonly #notifier: Notifier;
  readonly #status = new Status();
  readonly #notification = box("signal-notification");
  readonly #sound = box("signal-sound");

  constructor(page: DeskPage, notifier: Notifier) {
    this.#page = page;
    this.#notifier = notifier;
    this.#notification.addEventListener("change", () => void this.#choose());
    this.#sound.addEventListener("change", () => void this.#choose());
    this.open = button("Signals", "quiet", () => this.#show(), { "aria-haspopup": "dialog" });
    this.dialog = element(
      "dialog",
      { class: "desk-keys", "aria-labelledby": "signals-title" },
      element("h2", { id: "signals-title", class: "govuk-heading-m" }, "Signals"),
      element(
        "p",
        {},
        "When people are waiting for you, the title of this tab shows how many, even while the desk is locked. You can also get an alert. It gives the number and nothing else.",
      ),
      element(
        "div",
        { class: "govuk-checkboxes govuk-checkboxes--small govuk-form-group" },
        element(
          "div",
          { class: "govuk-checkboxes__item" },
          this.#notification,
          label(this.#notification, "A browser notification while I am looking at something else"),
        ),
        element("div", { class: "govuk-checkboxes__item" }, this.#sound, label(this.#sound, "A short sound")),
      ),
      this.#status.place,
      button("Close", "secondary", () => this.dialog.close()),
    );
  }

  stop(): void {
    if (this.dialog.open) this.dialog.close();
  }

  #show(): void {
    this.#stand(this.#notifier.signals);
    this.#status.clear();
    this.#sayPermission(this.#notifier.signals);
    this.dialog.showModal();
  }

  #stand(signals: Signals): void {
    this.#notification.checked = signals.notification;
    this.#sound.checked = signals.sound;
  }

  async #choose(): Promise<void> {
    const chosen = { notification: this.#notification.checked, sound: this.#sound.checked };
    const sounds = chosen.sound && !this.#notifier.signals.sound;
    // Asked in the same press: later the browser would not ask any more.
    const asked = chosen.notification ? permission() : Promise.resolve();
    try {
      this.#notifier.signals = await this.#page.api.chooseSignals(chosen);
      await asked;
      this.#status.say("Saved for your account.");
      this.#sayPermission(chosen);
      if (sounds) this.#notifier.try();
    } catch (error) {
      this.#status.warn(failureWords("Your choice was not saved", error));
    }
    this.#stand(this.#notifier.signals);
  }

  #sayPermission(chosen: Signals): void {
    if (!chosen.notification || state() === "granted") return;
    const words =
      state() === "none"
        ? "This browser has no notifications. You can still use the title and the sound."
        : "This browser does not let this page show notifications yet. Allow them for this site in the browser’s settings, beside the address.";
    const ask = button("Ask this browser", "secondary", () => void permission().then(() => this.#show()));
    this.#status.warn(words, state() === "default" ? element("p", {}, ask) : null);
  }
}

function state(): NotificationPermission | "none" {
  return typeof Notification === "function" ? Notification.permission : "none";
}

async function permission(): Promise<void> {
  if (state() === "default") await Notification.requestPermission().catch(() => undefined);
}

function box(id: string): HTMLInputElement {
  return element("input", { type: "checkbox", class: "govuk-checkboxes__input", id });
}

function label(of: HTMLInputElement, words: string): HTMLElement {
  return element("label", { class: "govuk-label govuk-checkboxes__label", for: of.id }, words);
}

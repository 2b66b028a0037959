/** /inbox, where the words open nothing but what was begun and kept: it is gone on with, sent, kept again or deleted (PROTOCOL §7.12). */

import { type Desk, dateOf, type FirstMessageAnswer, type SealedFirst } from "../../protocol/index.ts";
import { PersonApi } from "../../transport/index.ts";
import { today } from "../parts/clock.ts";
import { byId, part } from "../parts/dom.ts";
import { gettext } from "../parts/gettext.ts";
import { Composer } from "./composer.ts";
import { Delivery } from "./delivery.ts";
import { begunWords } from "./kept_note.ts";
import { whyNoDesk, whyNotOpened } from "./messages_for_errors.ts";
import { askDesk, callUs, readersInWords } from "./page.ts";
import { mayGoOn } from "./readers_changed.ts";
import { meetTheYoung, routeIn } from "./routes.ts";
import { sendFirst } from "./send_first.ts";
import type { Session } from "./session.ts";
import type { KeptDraft } from "./session_reads.ts";

export interface DraftWays {
  readonly session: () => Session;
  /** It is sent, and there is a conversation. */
  readonly sent: (answer: FirstMessageAnswer) => Promise<void>;
  /** It is deleted, and nothing is left. */
  readonly deleted: () => void;
}

export class DraftStep {
  readonly #ways: DraftWays;
  readonly #api = new PersonApi();
  readonly #form = byId("draft-form", HTMLFormElement);
  readonly #text = byId("draft-text", HTMLTextAreaElement);
  readonly #composer: Composer;
  readonly #delivery: Delivery<SealedFirst, FirstMessageAnswer>;
  #desk: Desk | null = null;
  #terms = 1;

  constructor(ways: DraftWays) {
    this.#ways = ways;
    this.#delivery = new Delivery({
      seal: (text) => this.#seal(text),
      send: (first) => sendFirst(this.#api, (challenge) => this.#ways.session().signFirst(first, challenge)),
      refresh: () => this.#refresh(),
    });
    this.#composer = new Composer({
      form: this.#form,
      text: this.#text,
      faults: () => (routeIn(this.#form) === null ? [{ field: "draft-route_0", text: gettext("Choose what you would like help with.") }] : []),
      deliver: async (text) => {
        const answer = await this.#delivery.deliver(text);
        this.forget();
        await this.#ways.sent(answer);
      },
      keep: (text) => this.#ways.session().keepFirst({ text, route: routeIn(this.#form), terms: this.#terms, day: dateOf(today()) }),
      mustStay: () => this.#delivery.open,
    });
    this.#api.onWork = () => this.#composer.sayWorking();
    this.#form.addEventListener("change", () => meetTheYoung(this.#form, byId("draft-young", HTMLElement)));
    byId("draft-delete", HTMLButtonElement).addEventListener("click", () => void this.#delete());
  }

  /** Whether there is something that would be lost. */
  get typed(): boolean {
    return this.#composer.unkept;
  }

  /** Fills in what was kept, and looks who could read it now. */
  async begin({ draft, deletedOn }: KeptDraft): Promise<void> {
    this.#text.value = draft.text;
    this.#terms = draft.terms ?? 1;
    for (const choice of this.#form.querySelectorAll<HTMLInputElement>("input[name=route]")) choice.checked = choice.value === draft.route;
    meetTheYoung(this.#form, byId("draft-young", HTMLElement));
    this.#composer.ready = true;
    this.#composer.takeAsKept();
    byId("draft-until", HTMLElement).textContent = begunWords(deletedOn);
    const readers = byId("draft-readers", HTMLElement);
    try {
      [, this.#desk] = await askDesk(this.#api);
      readers.textContent = gettext("Who can read what you send now: {readers}", { readers: readersInWords(this.#desk) });
    } catch (error) {
      readers.textContent = whyNoDesk(error, callUs());
    }
  }

  /** Takes it out of the page. */
  forget(): void {
    this.#delivery.forget();
    this.#composer.clear();
    this.#desk = null;
  }

  async #seal(text: string): Promise<SealedFirst> {
    if (this.#desk === null) [, this.#desk] = await askDesk(this.#api);
    const route = routeIn(this.#form);
    if (route === null) throw new Error("no route");
    return this.#ways.session().sealFirst(this.#desk, { route, terms: this.#terms, text, day: dateOf(today()) });
  }

  async #refresh(): Promise<boolean> {
    const before = this.#desk;
    const [, next] = await askDesk(this.#api);
    const goesOn = before !== null && mayGoOn(before, next, byId("draft-changed", HTMLElement));
    this.#desk = next;
    return goesOn;
  }

  async #delete(): Promise<void> {
    const status = part(this.#form, "status", HTMLElement);
    try {
      await this.#ways.session().deleteDraft();
      this.forget();
      this.#ways.deleted();
    } catch (error) {
      status.textContent = whyNotOpened(error, callUs());
    }
  }
}

/** /write: terms before writing, writing before words, and nothing sent before two of the words were given back. */

import {
  checkDesk,
  type Desk,
  dateOf,
  type FirstMessageAnswer,
  forget,
  type InboxKeys,
  type Progress,
  prepareSlow,
  type SealedFirst,
  type Site,
  sealFirst,
  signFirst,
} from "../../protocol/index.ts";
import { countStart, PersonApi } from "../../transport/index.ts";
import { today } from "../parts/clock.ts";
import { byId, part } from "../parts/dom.ts";
import type { Fault } from "../parts/errors.ts";
import { gettext, pgettext } from "../parts/gettext.ts";
import { nameFault, nameStep } from "../parts/titles.ts";
import { isAbleHere, tellSlow } from "./browser_lacks.ts";
import { Composer } from "./composer.ts";
import { Delivery } from "./delivery.ts";
import { DerivedTwice } from "./derive_twice.ts";
import { type Held, LeaveGuard } from "./leave_guard.ts";
import { whyNoDesk } from "./messages_for_errors.ts";
import { askDesk, callUs, readersInWords, whenLeaving } from "./page.ts";
import { mayGoOn } from "./readers_changed.ts";
import { meetTheYoung, routeIn } from "./routes.ts";
import { keepFirst, sendFirst } from "./send_first.ts";
import { fillInSent } from "./sent_step.ts";
import { StayHere } from "./stay_here.ts";
import { StepHistory } from "./step_history.ts";
import { sayTrouble } from "./trouble.ts";
import { WordSteps } from "./word_steps.ts";

type Step = "terms" | "message" | "words" | "check" | "sent";
const ORDER: readonly Step[] = ["terms", "message", "words", "check"];

export class WritePage {
  readonly #api = new PersonApi();
  readonly #terms: number;
  readonly #steps: StepHistory<Step>;
  readonly #composer: Composer;
  readonly #words: WordSteps;
  readonly #delivery: Delivery<SealedFirst, FirstMessageAnswer>;
  readonly #twice = new DerivedTwice();
  readonly #stay = new StayHere();
  readonly #form = byId("message-form", HTMLFormElement);
  readonly #young = byId("young", HTMLElement);
  #site: Site | null = null;
  #desk: Desk | null = null;
  #inbox: InboxKeys | null = null;
  #agreed = false;
  /** Whether what is begun is to be kept, and not sent. */
  #later = false;

  constructor(root: HTMLElement) {
    this.#terms = Number(root.dataset.terms);
    const sections = new Map([...ORDER, "sent" as const].map((name) => [name, byId(`step-${name}`, HTMLElement)]));
    this.#words = new WordSteps({
      on: () => this.#steps.on(),
      back: () => this.#steps.back(),
      made: (words) => this.#site !== null && this.#twice.begin(this.#site, words),
      keys: (words, progress) => this.#derive(words, progress),
      send: () => this.#deliver(),
      keep: () => this.#keep(),
      later: () => this.#later,
      mustStay: () => this.#delivery.open,
      renewed: () => this.#dropKeys(),
    });
    this.#steps = new StepHistory(
      ORDER,
      sections,
      () => this.#last(),
      (name) => this.#shown(name),
    );
    new LeaveGuard(() => this.#held());
    this.#delivery = new Delivery({
      seal: (text) => this.#seal(text),
      send: (first) =>
        sendFirst(this.#api, (challenge) => {
          if (this.#site === null || this.#inbox === null) throw new Error("nothing to sign with");
          return signFirst(this.#site, this.#inbox, first, challenge);
        }),
      refresh: () => this.#refresh(),
    });
    this.#composer = new Composer({
      form: this.#form,
      text: byId("message-text", HTMLTextAreaElement),
      faults: () => this.#faults(),
      deliver: null,
      goOn: () => this.#goOn(false),
      keep: async () => {
        // With keys that are there already nothing else must come first.
        if (this.#inbox !== null) return this.#keep();
        this.#goOn(true);
        return null;
      },
      mustStay: () => this.#delivery.open,
    });
    this.#api.onWork = () => this.#words.sayWorking();
    byId("agree", HTMLButtonElement).addEventListener("click", () => {
      if (!this.#agreed) countStart();
      this.#agreed = this.#composer.ready = true;
      this.#steps.on();
    });
    this.#form.addEventListener("change", () => meetTheYoung(this.#form, this.#young));
    whenLeaving(() => this.#steps.now !== "sent" && this.#drop());
  }

  /** Checks who could read a message before anyone is asked to write one. */
  async begin(): Promise<void> {
    const checking = byId("checking", HTMLElement);
    const trouble = byId("trouble", HTMLElement);
    trouble.hidden = true;
    nameFault(false);
    checking.hidden = false;
    try {
      if (!(await isAbleHere())) return;
      // Both ask the network, and neither waits for the other.
      const [[site, desk]] = await Promise.all([askDesk(this.#api), prepareSlow()]);
      this.#site = site;
      this.#desk = desk;
      const readers = byId("readers", HTMLElement);
      part(readers, "readers", HTMLElement).textContent = readersInWords(desk);
      readers.hidden = false;
      byId("agree", HTMLButtonElement).hidden = false;
      // The key is made twice.
      void tellSlow(2);
    } catch (error) {
      sayTrouble(trouble, whyNoDesk(error, callUs()), () => void this.begin());
    } finally {
      checking.hidden = true;
    }
  }

  /** How far someone may go: no writing without the terms, and no words but for a message that is about to be sent. */
  #last(): Step {
    if (!this.#agreed) return "terms";
    if (!this.#words.made || !(this.#composer.settled || (this.#later && this.#composer.typed))) return "message";
    return this.#words.asked ? "check" : "words";
  }

  /** From a message that may be sent to its words: the same as before, unless someone asked for new ones. */
  #goOn(later: boolean): void {
    this.#later = later;
    // What was sealed and did not arrive may be of another text or route.
    if (!this.#delivery.open) this.#delivery.forget();
    this.#words.begin();
    this.#steps.on();
  }

  #shown(name: Step): void {
    this.#words.shown(name === "words");
    nameStep(
      name === "sent" ? pgettext("title of a page", "Done") : pgettext("title of a page", "Step {number} of 4", { number: ORDER.indexOf(name) + 1 }),
      byId(`step-${name}`, HTMLElement),
    );
    // Between the first step and the last the page offers no way out but the exit, and asks at the others.
    document.documentElement.classList.toggle("in-steps", name === "words" || name === "check" || name === "message");
  }

  #held(): Held | null {
    const paper = this.#words.made;
    if (this.#composer.typed && !this.#composer.unkept) return null;
    if (this.#composer.typed) return { what: "message", paper };
    if (this.#words.typed) return { what: "message", paper };
    return paper ? { what: "words", paper } : null;
  }

  /** The words become keys. Whoever comes here once more with the same words has them already. */
  async #derive(words: readonly string[], progress: Progress): Promise<boolean> {
    if (this.#site === null) return false;
    if (this.#inbox === null) {
      const keys = await this.#twice.again(this.#site, [...words], progress);
      // By now someone may have asked for new words.
      if (!this.#words.are(words)) {
        forget(keys);
        return false;
      }
      this.#inbox = keys;
    }
    // Someone who went back while the keys were made has not asked for it to be sent.
    return this.#steps.now === "check" && (this.#later || this.#composer.settled);
  }

  #faults(): Fault[] {
    return routeIn(this.#form) === null ? [{ field: "message-route_0", text: gettext("Choose what you would like help with.") }] : [];
  }

  async #seal(text: string): Promise<SealedFirst> {
    const route = routeIn(this.#form);
    if (this.#site === null || this.#desk === null || this.#inbox === null || route === null) throw new Error("nothing to seal with");
    return sealFirst(this.#site, this.#inbox, this.#desk, { route, terms: this.#terms, text, day: dateOf(today()) });
  }

  /** The next epoch: sealed afresh by itself, unless other people could read it now, by name or key; then the person is told first (PROTOCOL §5.4). */
  async #refresh(): Promise<boolean> {
    if (this.#site === null || this.#desk === null) return false;
    const before = this.#desk;
    const next = await checkDesk(this.#site, await this.#api.deskPublicKeys(this.#site.released?.number), today());
    // Throws for an older desk, or another of the same number: what was typed stays, and is not sent to it.
    const goesOn = mayGoOn(before, next, byId("changed", HTMLElement));
    this.#desk = next;
    return goesOn;
  }

  /** Keeps what is begun for the person alone; the date on which it is deleted (PROTOCOL §7.12). */
  async #keep(): Promise<string> {
    const [site, inbox] = [this.#site, this.#inbox];
    if (site === null || inbox === null) throw new Error("nothing to seal with");
    const content = { text: this.#composer.whole, route: routeIn(this.#form), terms: this.#terms, day: dateOf(today()) };
    const until = await keepFirst(this.#api, site, inbox, content);
    this.#composer.takeAsKept();
    return until;
  }

  async #deliver(): Promise<void> {
    let answer: FirstMessageAnswer;
    try {
      answer = await this.#delivery.deliver(this.#composer.whole);
    } finally {
      // What may have arrived must not be changed.
      this.#composer.settle();
    }
    fillInSent(answer, routeIn(this.#form), this.#young);
    this.#stay.offer(this.#site, this.#inbox, this.#words.all);
    this.#inbox = null;
    this.#drop();
    this.#steps.end("sent");
  }

  /** What the words were good for; a message stays, and is sealed with the keys of the words that come. */
  #dropKeys(): void {
    if (this.#inbox !== null) forget(this.#inbox);
    this.#inbox = null;
    this.#delivery.forget();
    this.#twice.drop();
    this.#composer.settle();
  }

  #drop(): void {
    this.#dropKeys();
    this.#words.drop();
    this.#composer.clear();
  }
}

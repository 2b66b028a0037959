/** An open conversation that waits: the answer comes by itself, and both sides see whether the other is there (PROTOCOL §12). */

import { FROM_PERSON } from "../../protocol/encoding.ts";
import { AWAY, LEAVING, MOMENT, type PulseKeys, PulseTalk } from "../../protocol/pulses.ts";
import { LiveLine } from "../../transport/live.ts";
import { liveAddress } from "../../transport/live_address.ts";
import { BEAT, Typing } from "../../transport/typing.ts";
import { byId } from "../parts/dom.ts";
import { element } from "../parts/element.ts";
import { gettext } from "../parts/gettext.ts";
import { HiddenPage, type HiddenWays } from "./hidden_page.ts";
import { IdleWatch } from "./idle_watch.ts";
import { changedWords, presenceWords, type Standing, untilWords, waitingWords } from "./live_words.ts";
import { ReadOut } from "./read_out.ts";
import { TalkRequest, type TalkWays } from "./talk_request.ts";

export interface LiveHost extends HiddenWays, TalkWays {
  /** A ticket's bytes, within so many milliseconds; what it throws means that there is no hub now. */
  readonly ticket: (patience: number) => Promise<Uint8Array<ArrayBuffer>>;
  /** With whom pulses are exchanged, as the conversation was last read; none where nobody can be relied on. */
  readonly pulseKeys: () => Promise<PulseKeys[]>;
  /** Reads again and draws what is new; whether there is a new reply. */
  readonly look: () => Promise<boolean>;
  /** Whether an answer may come: the conversation is not closed. */
  readonly waits: () => boolean;
  /** The number of the newest reply that was shown. */
  readonly shown: () => number;
  /** Where the answer is typed. */
  readonly box: HTMLTextAreaElement;
  /** Whether something stands there that is neither sent nor kept. */
  readonly unkept: () => boolean;
}

export class LiveInbox {
  readonly #host: LiveHost;
  readonly #part = byId("live", HTMLElement);
  /** Above the conversation, where a hand finds it at once. */
  readonly #top = byId("live-hide", HTMLElement);
  readonly #said = element("p", { class: "live__state", role: "status" });
  readonly #who = element("p", { class: "live__who" });
  /** That it is another counsellor than before, and who. */
  readonly #changed = element("p", { class: "live__changed" });
  #counsellor = "";
  readonly #aloud = new ReadOut(() => this.#hidden.isHidden);
  readonly #moment = this.#button(gettext("I need a moment"), () => this.#toggleMoment());
  readonly #hide = this.#button(gettext("Someone came in: hide this page"), () => this.#hidden.hide());
  readonly #stop = this.#button(gettext("Stop looking"), () => this.#switch());
  readonly #hidden: HiddenPage;
  readonly #request: TalkRequest;
  readonly #idle: IdleWatch;
  #line: LiveLine | null = null;
  #talk: PulseTalk | null = null;
  #standing: Standing = "joining";
  /** Whether the last look was answered. */
  #reached = true;
  #needsMoment = false;
  #ended = false;
  readonly #typing = new Typing();

  constructor(host: LiveHost) {
    this.#host = host;
    this.#hidden = new HiddenPage(host);
    this.#request = new TalkRequest(host);
    this.#idle = new IdleWatch({
      ask: () => this.#ask(),
      stop: () => this.#end("idle"),
      close: () => {
        if (!host.unkept()) host.close();
      },
      back: () => this.#answered(),
    });
    host.box.addEventListener("input", this.#typing.note);
    this.#moment.setAttribute("aria-pressed", "false");
    const buttons = element("p", { class: "button-group" });
    buttons.append(this.#moment, this.#stop, this.#aloud.button);
    this.#top.replaceChildren(this.#hide);
    this.#part.replaceChildren(
      this.#request.place,
      this.#said,
      this.#changed,
      this.#who,
      this.#aloud.place,
      buttons,
      element("p", { class: "quiet" }, untilWords()),
    );
  }

  #button(words: string, pressed: () => void): HTMLButtonElement {
    const button = element("button", { class: "govuk-button govuk-button--secondary", type: "button" }, words);
    button.addEventListener("click", pressed);
    return button;
  }

  #begin(): void {
    const line: LiveLine = new LiveLine(liveAddress(), {
      ticket: (patience) => {
        // The page says whether there is a hub to be asked for.
        if (this.#part.dataset.live === undefined) throw new Error("there is none");
        return this.#host.ticket(patience);
      },
      pulse: async (beat) => {
        this.#talk ??= new PulseTalk(FROM_PERSON, await this.#host.pulseKeys());
        return this.#talk.write(beat, this.#flags(), this.#host.shown());
      },
      heard: async (beat, body) => {
        try {
          await this.#talk?.read(beat, body);
        } finally {
          this.#draw();
        }
      },
      look: () => this.#look(),
      reached: (isReached) => {
        this.#reached = isReached;
        this.#draw();
      },
      became: (state) => {
        if (this.#ended) return;
        this.#standing = state;
        this.#draw();
      },
      beat: () => this.#draw(),
    });
    this.#ended = false;
    this.#standing = line.state;
    this.#reached = true;
    this.#talk = null;
    this.#line = line;
    this.#draw();
    line.start();
  }

  #flags(): number {
    return this.#ended ? LEAVING : this.#typing.flag | (this.#needsMoment ? MOMENT : 0) | (this.#hidden.isHidden ? AWAY : 0);
  }

  /** The conversation was read again: it may be closed, or open again, and its keys may be others. */
  drawn(): void {
    const waits = this.#host.waits();
    this.#part.hidden = !waits;
    this.#top.hidden = false;
    if (!waits) this.#hangUp();
    else if (this.#line === null) this.#begin();
    const talk = this.#talk;
    if (talk === null) return;
    void this.#host.pulseKeys().then(
      (keys) => talk.changePartners(keys),
      () => talk.changePartners([]),
    );
  }

  nextBeat(): Promise<void> {
    return this.#line?.nextBeat() ?? Promise.resolve();
  }

  /** Nothing is looked for, sent or shown any more. */
  stop(): void {
    this.#hangUp();
    this.#request.stop();
    this.#idle.stop();
    this.#hidden.forget();
    this.#host.box.removeEventListener("input", this.#typing.note);
    for (const part of [this.#part, this.#top]) {
      part.hidden = true;
      part.replaceChildren();
    }
  }

  #hangUp(): void {
    this.#line?.stop();
    this.#line = null;
  }

  /** Throws where nothing could be read; “Check for a new reply” says why. */
  async #look(): Promise<void> {
    void this.#request.refresh();
    if (await this.#host.look()) this.#aloud.say(gettext("There is a new reply."));
  }

  #draw(): void {
    const waits = waitingWords(this.#standing, this.#reached);
    if (this.#said.textContent !== waits) this.#said.textContent = waits;
    const there = this.#standing === "live" ? (this.#talk?.there(this.#line?.now ?? 0) ?? null) : null;
    const who = presenceWords(there);
    const changed = there === null ? "" : this.#meet(there.displayName);
    if (this.#who.textContent !== who) this.#who.textContent = who;
    // Coming and going is read out; that someone writes is not, each time, but once until they are done.
    this.#aloud.say(who, changed);
    this.#moment.hidden = there === null;
    const on = this.#standing === "joining" || this.#standing === "live" || this.#standing === "polling";
    this.#stop.textContent = on ? gettext("Stop looking") : gettext("Wait here");
  }

  /** Whoever is there in place of another is named, and it stays there to be read; "" for the same as before. */
  #meet(name: string): string {
    const before = this.#counsellor;
    this.#counsellor = name;
    if (before === "" || before === name) return "";
    this.#changed.textContent = changedWords(name, before);
    return this.#changed.textContent;
  }

  #toggleMoment(): void {
    this.#needsMoment = !this.#needsMoment;
    this.#moment.setAttribute("aria-pressed", String(this.#needsMoment));
  }

  #switch(): void {
    if (this.#standing === "elsewhere") this.#line?.takeBack();
    else if (this.#standing === "off" || this.#standing === "idle") this.#begin();
    else this.#end("off");
  }

  /** The last beat says that it goes on as a message; then the line is put down. */
  #end(standing: "idle" | "off"): void {
    if (this.#ended) return;
    this.#ended = true;
    const line = this.#line;
    void line?.nextBeat().then(() => window.setTimeout(() => line.stop(), BEAT / 2));
    this.#standing = standing;
    this.#draw();
  }

  #ask(): void {
    if (this.#ended || this.#hidden.isHidden || document.getElementById("live-idle") !== null) return;
    const note = element("div", { class: "note", role: "status" });
    note.id = "live-idle";
    note.append(
      element("p", {}, gettext("Are you still here? If you do not answer, this page stops looking soon, and your message waits for a counsellor.")),
      this.#button(gettext("I am still here"), () => this.#answered()),
    );
    this.#who.after(note);
  }

  #answered(): void {
    document.getElementById("live-idle")?.remove();
  }
}

/**
 * A live line (PROTOCOL §12.7): one frame each beat while it stands, and a look every ten seconds while it does not.
 *
 * A browser that slows the timers of a hidden page still hands it what comes: then the frame that is due goes with that. A line that is lost
 * is tried again after a few seconds, each time, and at once when the device wakes or has a network. No part of it touches a page.
 */

import { Beats } from "./beats.ts";
import { chance, frame, frameIn, GO, LOOK, OPEN_ELSEWHERE, PULSE, secondsIn, TICKET } from "./live_frames.ts";
import { Looks } from "./live_looks.ts";
import { Tries, type TryPace } from "./live_tries.ts";
import { BEAT } from "./typing.ts";
import { hearWaking } from "./waking.ts";

/** `elsewhere`: another page took this place, and this one does not come back by itself. */
export type LineState = "joining" | "live" | "polling" | "elsewhere" | "stopped";

export interface Line {
  /** A ticket's bytes for the first frame, within so many milliseconds; what it throws means that there is no line now. */
  readonly ticket: (patience: number) => Promise<Uint8Array<ArrayBuffer>>;
  /** What this beat says: 256 bytes. Where it throws, chance goes in its place. */
  readonly pulse: (beat: number) => Promise<Uint8Array<ArrayBuffer>>;
  /** What the other side, or the hub in its place, said. Calls follow one another. */
  readonly heard: (beat: number, body: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** Something may have changed: read by the ordinary interface, again where it throws. False where nobody was asked. */
  readonly look: () => Promise<unknown>;
  readonly became: (state: LineState) => void;
  /** Whether the last look was answered, in whatever state; told when that changes. */
  readonly reached?: (isReached: boolean) => void;
  /** A beat has begun, in whatever state. */
  readonly beat?: (beat: number) => void;
}

/** Milliseconds; tests hurry. */
export interface Pace extends TryPace {
  readonly beat: number;
  readonly poll: number;
}

const PACE: Pace = { beat: BEAT, poll: 10_000, again: 4_000, most: 5_000, patience: 5_000 };
/** Beats without a frame of the hub's, after which the line is given up. */
const SILENCE = 5;
/** For how long a ticket that was not shown is kept for the next try: half of its life. */
const KEPT = 60_000;

export class LiveLine {
  readonly #address: string;
  readonly #is: Line;
  readonly #pace: Pace;
  readonly #beats: Beats;
  readonly #looks: Looks;
  readonly #tries: Tries;
  #state: LineState = "joining";
  #socket: WebSocket | null = null;
  #kept: { readonly ticket: Uint8Array<ArrayBuffer>; readonly at: number } | null = null;
  #heardAt = 0;
  /** Whether the beats were put for the line that stands. */
  #isPut = false;
  /** Counts what was tried: whatever belongs to an earlier try is not heeded. */
  #trial = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #deafen: () => void = () => undefined;
  #reading: Promise<unknown> = Promise.resolve();
  #waiting: (() => void)[] = [];

  /** `address` is that of the socket, such as `wss://helpline.example/live/socket`. */
  constructor(address: string, line: Line, pace: Partial<Pace> = {}) {
    [this.#address, this.#is, this.#pace] = [address, line, { ...PACE, ...pace }];
    this.#beats = new Beats(this.#pace.beat);
    this.#tries = new Tries(() => void this.#connect(), this.#pace);
    const told = (): boolean => this.#state === "live" || this.#state === "elsewhere";
    const answered = (): void => this.#tries.answered();
    this.#looks = new Looks({ look: line.look, told, answered, reached: (isReached) => this.#reached(isReached) }, this.#pace.poll);
  }

  get state(): LineState {
    return this.#state;
  }

  /** The number of the beat that it is now. */
  get now(): number {
    return this.#beats.now;
  }

  start(): void {
    this.#deafen = hearWaking({ woke: () => this.#woke(), cut: () => this.#state === "live" && this.#lost(null) });
    this.#looks.start();
    this.#tick();
    void this.#connect();
  }

  /** When the next beat begins; at once where there is no line. What is ready to be sent goes then. */
  nextBeat(): Promise<void> {
    return this.#state === "live" ? new Promise((done) => this.#waiting.push(done)) : Promise.resolve();
  }

  /** Asks for the place again, after another page took it. */
  takeBack(): void {
    if (this.#state !== "elsewhere") return;
    this.#become("joining");
    this.#looks.wait();
    void this.#connect();
  }

  /** For good: nothing is sent, asked or told any more. */
  stop(): void {
    this.#become("stopped");
    this.#deafen();
    this.#looks.stop();
    clearTimeout(this.#timer);
    this.#tries.stop();
    this.#hangUp();
    this.#letGo();
  }

  #become(state: LineState): void {
    if (this.#state === "stopped" || this.#state === state) return;
    this.#state = state;
    if (state !== "stopped") this.#is.became(state);
  }

  #hangUp(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#trial += 1;
    // Browsers open one at a time: one that hangs would hold up the next.
    socket?.close(1000);
  }

  #letGo(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const done of waiting) done();
  }

  /** What a beat does, once in each: nothing moves it but the clock. */
  #tick(): void {
    if (this.#state === "stopped") return;
    const { now: beat, last } = this.#beats;
    const slept = beat - last > SILENCE && last > 0;
    if (this.#beats.begin()) {
      this.#letGo();
      if (this.#state === "live") {
        if (beat - this.#heardAt > SILENCE) this.#lost(null);
        else void this.#say(beat);
      }
      this.#is.beat?.(beat);
    }
    if (slept) this.#woke();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tick(), this.#beats.wait);
  }

  async #say(beat: number): Promise<void> {
    const socket = this.#socket;
    const said = await this.#is.pulse(beat).catch(chance);
    if (socket !== null && socket === this.#socket && socket.readyState === WebSocket.OPEN) socket.send(frame(PULSE, said));
  }

  /** A line that stands is told nothing, for its beats shall say nothing of what woke. */
  #woke(): void {
    if (this.#state !== "polling" && this.#state !== "joining") return;
    this.#looks.now();
    if (!this.#tries.isFresh(this.#pace.beat)) void this.#connect();
  }

  #reached(isReached: boolean): void {
    if (this.#state !== "elsewhere") this.#is.reached?.(isReached);
    if (isReached) this.#woke();
  }

  async #connect(): Promise<void> {
    const patience = this.#tries.begin(() => this.#lost(null));
    if (patience === null) return;
    this.#hangUp();
    const trial = this.#trial;
    try {
      const ticket = await this.#ticket(patience);
      // It was stopped meanwhile, or tried again, or another page took the place.
      if (trial !== this.#trial) return;
      this.#tries.answered();
      const socket = new WebSocket(this.#address);
      socket.binaryType = "arraybuffer";
      this.#socket = socket;
      socket.addEventListener("open", () => {
        if (socket !== this.#socket) return;
        this.#kept = null;
        socket.send(frame(TICKET, ticket));
      });
      socket.addEventListener("message", ({ data }) => this.#came(socket, data));
      // After an error comes a close.
      socket.addEventListener("close", () => socket === this.#socket && this.#lost(null));
    } catch {
      if (trial === this.#trial) this.#lost(null);
    }
  }

  async #ticket(patience: number): Promise<Uint8Array<ArrayBuffer>> {
    const at = performance.now();
    if (this.#kept === null || at - this.#kept.at > KEPT) this.#kept = { ticket: await this.#is.ticket(patience), at };
    return this.#kept.ticket;
  }

  /** The line is gone. It is tried again after so many seconds, or after a while; meanwhile it is asked. */
  #lost(seconds: number | null): void {
    this.#hangUp();
    if (this.#state === "stopped" || this.#state === "elsewhere") return;
    // A try that fails puts no look off.
    if (this.#state === "live") this.#looks.wait();
    this.#become("polling");
    this.#letGo();
    this.#tries.failed(seconds);
  }

  #came(socket: WebSocket, data: unknown): void {
    if (socket !== this.#socket) return;
    const came = frameIn(data);
    if (came === null) return this.#lost(null);
    if (came.kind === GO) return this.#told(secondsIn(came.body));
    this.#heardAt = this.now;
    if (this.#state !== "live") {
      this.#tries.succeeded();
      this.#isPut = false;
      this.#become("live");
      // Whatever was rung while nobody listened.
      this.#looks.now();
    } else {
      // The first came when this page sat down; from the second on they come at the moment of the room.
      if (!this.#isPut) this.#beats.put();
      this.#isPut = true;
      if (came.kind === LOOK) this.#looks.now();
    }
    // A page whose timers are slowed goes by what comes.
    this.#tick();
    if (came.kind !== PULSE) return;
    const beat = this.now;
    this.#reading = this.#reading.then(() => this.#is.heard(beat, came.body)).catch(() => undefined);
  }

  #told(seconds: number): void {
    if (seconds !== OPEN_ELSEWHERE) return this.#lost(seconds);
    this.#hangUp();
    this.#tries.stop();
    this.#become("elsewhere");
    this.#letGo();
  }
}

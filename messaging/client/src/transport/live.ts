/**
 * A live line (PROTOCOL §12.7): one frame each beat while it stands, and a look every ten seconds while it does not.
 *
 * Beats are counted by the clock from the moment it starts, whether anything could be sent or not. A browser that slows the timers of a hidden
 * page still hands it what comes: then the frame that is due goes with that. No part of it touches a page.
 */

/** `elsewhere`: another page took this place, and this one does not come back by itself. */
export type LineState = "joining" | "live" | "polling" | "elsewhere" | "stopped";

export interface Line {
  /** A ticket's bytes for the first frame; what it throws means that there is no line now. */
  readonly ticket: () => Promise<Uint8Array<ArrayBuffer>>;
  /** What this beat says: 256 bytes. Where it throws, chance goes in its place. */
  readonly pulse: (beat: number) => Promise<Uint8Array<ArrayBuffer>>;
  /** What the other side, or the hub in its place, said. Calls follow one another. */
  readonly heard: (beat: number, body: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** Something may have changed: read by the ordinary interface. */
  readonly look: () => void;
  readonly became: (state: LineState) => void;
  /** A beat has begun, in whatever state. */
  readonly beat?: (beat: number) => void;
}

/** Milliseconds; tests hurry. */
export interface Pace {
  readonly beat: number;
  readonly poll: number;
  /** Before it tries again: between half of it and all of it, twice as much each time, up to `most`. */
  readonly again: number;
  readonly most: number;
}

const PACE: Pace = { beat: 2_000, poll: 10_000, again: 4_000, most: 60_000 };
const [TICKET, PULSE, LOOK, GO] = [1, 2, 3, 4];
const BODY = 256;
const OPEN_ELSEWHERE = 0xffff;
/** Beats without a frame of the hub's, after which the line is given up. */
const SILENCE = 5;

function chance(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(BODY));
}

/** From 0 up to, and without, 1. */
function portion(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
}

function frame(kind: number, said: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = chance();
  bytes.set(said);
  const whole = new Uint8Array(1 + BODY);
  whole[0] = kind;
  whole.set(bytes, 1);
  return whole;
}

export class LiveLine {
  readonly #address: string;
  readonly #is: Line;
  readonly #pace: Pace;
  readonly #began = [performance.now(), Date.now()] as const;
  #state: LineState = "joining";
  #socket: WebSocket | null = null;
  #beat = 0;
  #heardAt = 0;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #polling: ReturnType<typeof setTimeout> | undefined;
  #returning: ReturnType<typeof setTimeout> | undefined;
  #reading: Promise<unknown> = Promise.resolve();
  #waiting: (() => void)[] = [];

  /** `address` is that of the socket, such as `wss://helpline.example/live/socket`. */
  constructor(address: string, line: Line, pace: Partial<Pace> = {}) {
    [this.#address, this.#is, this.#pace] = [address, line, { ...PACE, ...pace }];
  }

  get state(): LineState {
    return this.#state;
  }

  /** The number of the beat that it is now. Some browsers stop one of the two clocks while a device sleeps. */
  get now(): number {
    const since = Math.max(performance.now() - this.#began[0], Date.now() - this.#began[1]);
    return Math.max(this.#beat, Math.floor(since / this.#pace.beat) + 1);
  }

  start(): void {
    this.#tick();
    this.#poll();
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
    this.#poll();
    void this.#connect();
  }

  /** For good: nothing is sent, asked or told any more. */
  stop(): void {
    this.#become("stopped");
    for (const timer of [this.#timer, this.#polling, this.#returning]) clearTimeout(timer);
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
    if (socket?.readyState !== WebSocket.CONNECTING) socket?.close(1000);
  }

  #letGo(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const done of waiting) done();
  }

  /** What a beat does, once in each: nothing moves it but the clock. */
  #tick(): void {
    if (this.#state === "stopped") return;
    const beat = this.now;
    if (beat > this.#beat) {
      this.#beat = beat;
      this.#letGo();
      if (this.#state === "live") {
        if (beat - this.#heardAt > SILENCE) this.#lost(null);
        else void this.#say(beat);
      }
      this.#is.beat?.(beat);
    }
    clearTimeout(this.#timer);
    const since = Math.max(performance.now() - this.#began[0], Date.now() - this.#began[1]);
    this.#timer = setTimeout(() => this.#tick(), Math.max(1, this.#beat * this.#pace.beat - since));
  }

  async #say(beat: number): Promise<void> {
    const socket = this.#socket;
    const said = await this.#is.pulse(beat).catch(chance);
    if (socket !== null && socket === this.#socket && socket.readyState === WebSocket.OPEN) socket.send(frame(PULSE!, said));
  }

  /** While there is no line. */
  #poll(): void {
    clearTimeout(this.#polling);
    // Not all pages that a hub lost ask in the same moment.
    this.#polling = setTimeout(
      () => {
        if (this.#state !== "polling" && this.#state !== "joining") return;
        this.#is.look();
        this.#poll();
      },
      this.#pace.poll * (0.9 + 0.2 * portion()),
    );
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#returning);
    try {
      const ticket = await this.#is.ticket();
      // It was stopped meanwhile, or another page took the place.
      if (this.#state === "stopped" || this.#state === "elsewhere") return;
      const socket = new WebSocket(this.#address);
      socket.binaryType = "arraybuffer";
      this.#socket = socket;
      const giveUp = setTimeout(() => {
        this.#closed(socket);
        // Browsers open one at a time: one that hangs would hold up the next.
        socket.close(1000);
      }, SILENCE * this.#pace.beat);
      // One that was put down before it was open says nothing, and is closed now.
      socket.addEventListener("open", () => (socket === this.#socket ? socket.send(frame(TICKET!, ticket)) : socket.close(1000)));
      socket.addEventListener("message", ({ data }) => {
        clearTimeout(giveUp);
        this.#came(socket, data);
      });
      // After an error comes a close.
      socket.addEventListener("close", () => {
        clearTimeout(giveUp);
        this.#closed(socket);
      });
    } catch {
      this.#lost(null);
    }
  }

  #closed(socket: WebSocket): void {
    if (socket === this.#socket) this.#lost(null);
  }

  /** The line is gone. It is tried again after so many seconds, or after a while that grows; meanwhile it is asked. */
  #lost(seconds: number | null): void {
    this.#hangUp();
    if (this.#state === "stopped" || this.#state === "elsewhere") return;
    // A try that fails puts no look off.
    if (this.#state === "live") this.#poll();
    this.#become("polling");
    this.#letGo();
    const spread = (upTo: number): number => upTo * (0.5 + portion() / 2);
    const wait = seconds === null ? spread(Math.min(this.#pace.most, this.#pace.again * 2 ** this.#tries)) : seconds * 1000 + spread(this.#pace.beat);
    this.#tries += 1;
    clearTimeout(this.#returning);
    this.#returning = setTimeout(() => void this.#connect(), wait);
  }

  #came(socket: WebSocket, data: unknown): void {
    if (socket !== this.#socket) return;
    const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(0);
    const [kind, body] = [bytes[0], bytes.slice(1)];
    if (body.length !== BODY || (kind !== PULSE && kind !== LOOK && kind !== GO)) return this.#lost(null);
    if (kind === GO) return this.#told(256 * body[0]! + body[1]!);
    this.#heardAt = this.now;
    if (this.#state !== "live") {
      this.#tries = 0;
      this.#become("live");
      // Whatever was rung while nobody listened.
      this.#is.look();
    } else if (kind === LOOK) this.#is.look();
    // A page whose timers are slowed goes by what comes.
    this.#tick();
    if (kind !== PULSE) return;
    const beat = this.now;
    this.#reading = this.#reading.then(() => this.#is.heard(beat, body)).catch(() => undefined);
  }

  #told(seconds: number): void {
    if (seconds !== OPEN_ELSEWHERE) return this.#lost(seconds);
    this.#hangUp();
    clearTimeout(this.#polling);
    clearTimeout(this.#returning);
    this.#become("elsewhere");
    this.#letGo();
  }
}

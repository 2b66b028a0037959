/** Lines on a real hub, in node: what to do comes on standard input, what happened goes to standard output. Both ends of a talk are here. */

import { text } from "node:stream/consumers";

import { type Bytes, decode, FROM_DESK, FROM_PERSON } from "../../src/protocol/encoding.ts";
import { type PulseKeys, PulseTalk } from "../../src/protocol/pulses.ts";
import { LiveLine } from "../../src/transport/live.ts";

interface Asked {
  readonly address: string;
  /** Milliseconds. */
  readonly beat: number;
  readonly lasts: number;
  /** Each line: its side, the tickets that it is given one after another, and what its page tells at each beat, over and over. */
  readonly lines: readonly AskedLine[];
}

interface AskedLine {
  readonly name: string;
  readonly side: 1 | 2;
  readonly tickets: readonly string[];
  readonly flags: readonly number[];
  /** How many of its looks fail, the first ones. */
  readonly failing: number;
}

const asked = JSON.parse(await text(process.stdin)) as Asked;
const key = (): Promise<CryptoKey> => crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]) as Promise<CryptoKey>;
const shared: PulseKeys = { certificateId: "moira", displayName: "Moira", keys: { [FROM_PERSON]: await key(), [FROM_DESK]: await key() } };
const began = performance.now();
const happened: Record<string, unknown>[] = [];

const running = asked.lines.map(({ name, side, tickets, flags, failing }) => {
  const told = (what: string, more: unknown = null): void => {
    happened.push({ at: Math.round(performance.now() - began), name, what, more });
  };
  const talk = new PulseTalk(side, [shared]);
  const left = [...tickets];
  let [seen, looks] = ["", 0];
  const line: LiveLine = new LiveLine(
    asked.address,
    {
      ticket: async () => {
        const next = left.shift();
        if (next === undefined) throw new Error("there is none");
        told("asks for a ticket");
        return decode(next);
      },
      pulse: (beat) => talk.write(beat, flags[beat % flags.length]),
      heard: async (beat: number, body: Bytes) => {
        await talk.read(beat, body).catch(() => undefined);
        const there = talk.there(beat);
        const now = there === null ? "nobody" : `there ${there.flags}`;
        if (now !== seen) told("sees", now);
        seen = now;
      },
      look: async () => {
        told("looks");
        looks += 1;
        if (looks <= failing) throw new Error("nobody answers");
      },
      reached: (isReached) => told("reaches", isReached),
      became: (state) => told("is", state),
    },
    { beat: asked.beat, poll: 5 * asked.beat, again: 2 * asked.beat, most: 3 * asked.beat, patience: 3 * asked.beat },
  );
  line.start();
  setTimeout(() => void line.nextBeat().then(() => told("may send")), 6.5 * asked.beat);
  return line;
});

setTimeout(() => {
  for (const line of running) line.stop();
  process.stdout.write(JSON.stringify(happened));
}, asked.lasts);

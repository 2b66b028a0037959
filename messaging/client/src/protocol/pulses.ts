/**
 * Pulses: who is there at this moment, and what they do, told to nobody else (PROTOCOL §12).
 *
 * Nothing here knows a clock: the caller says which beat it is.
 */

import { type Bytes, cut, type Direction, demand, equal, FROM_DESK, FROM_PERSON, ID, isZero, join, number, u16, u32, zeros } from "./encoding.ts";
import { BadPlaintext, CannotOpen } from "./errors.ts";
import type { Random } from "./primitives.ts";
import type { PulseKeys } from "./pulse_keys.ts";

export type { PulseKeys };

/** All that whoever carries a pulse knows of it. */
export const PULSE = 256;
export const TYPING = 1;
export const MOMENT = 2;
export const AWAY = 4;
export const LEAVING = 8;
/** Beats since the one that the other side has heard: how long it is there, and how long it types. */
export const THERE = 8;
export const TYPES = 6;

const NONCE = 12;
const NOBODY = zeros(ID);
const PADDING = PULSE - NONCE - 16 - 2 * ID - 4 - 4 - 2 - 4;

// Of WebCrypto alone: the script that a person's page loads for this brings no library.
const randomBytes: Random = (size) => crypto.getRandomValues(new Uint8Array(size));

/** Whose page, which page of the other side it has heard last and at which beat, and what it tells that page. */
export interface Pulse {
  readonly life: Bytes;
  readonly echo: Bytes;
  readonly beat: number;
  readonly heard: number;
  readonly flags: number;
  readonly read: number;
}

/** What a pulse that opened is: only one that counts tells anything. */
export type Came = "greets" | "early" | "again" | "counts";

/** What may be shown of the other side at one beat; `read` is the greatest number that any of its pages told. */
export interface Presence {
  readonly certificateId: string;
  readonly displayName: string;
  readonly flags: number;
  readonly read: number;
}

/** 256 bytes; the key is the one of the writer's direction. */
export async function sealPulse(key: CryptoKey, nonce: Bytes, pulse: Pulse): Promise<Bytes> {
  const { life, echo, beat, heard, flags, read } = pulse;
  const content = join(life, echo, u32(beat), u32(heard), u16(flags), u32(read), zeros(PADDING));
  return join(nonce, new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, content)));
}

/** Which of the keys opens it, and what is inside. Throws Malformed, CannotOpen, BadPlaintext. */
export async function openPulse(keys: readonly CryptoKey[], raw: Bytes): Promise<[number, Pulse]> {
  demand(raw.length === PULSE, "a pulse of another size");
  const [iv, sealed] = [raw.slice(0, NONCE), raw.slice(NONCE)];
  for (const [place, key] of keys.entries()) {
    // It fails for nothing but a key that is another.
    const padded = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed).catch(() => null);
    if (padded !== null) return [place, parse(new Uint8Array(padded))];
  }
  throw new CannotOpen("nobody's pulse");
}

function parse(padded: Bytes): Pulse {
  const [life, echo, beatBytes, heardBytes, flagBytes, readBytes, padding] = cut(padded, ID, ID, 4, 4, 2, 4, PADDING);
  const [beat, heard] = [number(beatBytes), number(heardBytes)];
  if (isZero(life) || beat === 0) throw new BadPlaintext("a pulse of no page, or of no beat");
  if (isZero(echo) !== (heard === 0)) throw new BadPlaintext("a page was heard at no beat, or none at one");
  if (!isZero(padding)) throw new BadPlaintext("padding that is not zero");
  return { life, echo, beat, heard, flags: number(flagBytes), read: number(readBytes) };
}

/** A page of the other side: with whom, its life, and a beat or pulse of it. */
interface Heard<T> {
  readonly partner: PulseKeys;
  readonly life: Bytes;
  readonly of: T;
}

function samePage(one: Heard<unknown> | null, other: Heard<unknown> | null): boolean {
  return one !== null && other !== null && one.partner.certificateId === other.partner.certificateId && equal(one.life, other.life);
}

/**
 * One page's side: what it writes at each beat, and what it believes of what comes. `beat` is the number of the page's own beat, from 1, by its
 * own clock; it never goes back. Calls follow one another: each waits for the one before.
 */
export class PulseTalk {
  readonly life: Bytes;
  #partners: readonly PulseKeys[];
  #echo: Heard<number> | null = null;
  /** The pulse that counted last, and the greatest beat of this page that the other side has heard. */
  #last: Heard<Pulse> | null = null;
  #heard = 0;
  #read = 0;
  #written = 0;
  readonly #mine: Direction;
  readonly #random: Random;

  constructor(mine: Direction, partners: readonly PulseKeys[], random: Random = randomBytes) {
    [this.#mine, this.#partners, this.#random] = [mine, partners, random];
    this.life = random(ID);
  }

  /** When the thread was read again: pages of who is no longer among them are forgotten. */
  changePartners(partners: readonly PulseKeys[]): void {
    this.#partners = partners;
    const still = <T>(heard: Heard<T> | null): Heard<T> | null => {
      const partner = partners.find(({ certificateId }) => certificateId === heard?.partner.certificateId);
      return heard === null || partner === undefined ? null : { ...heard, partner };
    };
    [this.#echo, this.#last] = [still(this.#echo), still(this.#last)];
  }

  /** The one pulse of this beat: 256 bytes. Flags and what was read go to nobody but a page that is there. */
  async write(beat: number, flags = 0, read = 0): Promise<Bytes> {
    if (beat <= this.#written) throw new Error("a pulse of this beat was written");
    this.#written = beat;
    const to = this.#echo;
    // A page of the desk greets the person. A person's greets nobody, for nobody knows who will come.
    const partner = to?.partner ?? (this.#mine === FROM_DESK ? this.#partners[0] : undefined);
    if (partner === undefined) return this.#random(PULSE);
    const shown = this.there(beat) !== null && samePage(to, this.#last);
    const told = shown ? { flags, read } : { flags: 0, read: 0 };
    const pulse = { life: this.life, echo: to?.life ?? NOBODY, beat, heard: to?.of ?? 0, ...told };
    return sealPulse(partner.keys[this.#mine], this.#random(NONCE), pulse);
  }

  /** What a pulse that came is. Throws Malformed, CannotOpen or BadPlaintext for what is none for this page, which changes nothing. */
  async read(beat: number, raw: Bytes): Promise<Came> {
    const partners = this.#partners;
    const theirs = this.#mine === FROM_PERSON ? FROM_DESK : FROM_PERSON;
    const [place, pulse] = await openPulse(
      partners.map(({ keys }) => keys[theirs]),
      raw,
    );
    const page = { partner: partners[place]!, life: pulse.life, of: pulse };
    const known = samePage(this.#echo, page) ? this.#echo!.of : 0;
    this.#echo = { ...page, of: Math.max(known, pulse.beat) };
    if (!equal(pulse.echo, this.life)) return "greets";
    if (pulse.heard > beat) return "early";
    const fresh = samePage(this.#last, page) ? pulse.beat > this.#last!.of.beat : pulse.heard > this.#heard;
    if (!fresh) return "again";
    this.#last = page;
    [this.#heard, this.#read] = [Math.max(this.#heard, pulse.heard), Math.max(this.#read, pulse.read)];
    return "counts";
  }

  /** Who is there; null when nobody has heard this page within the last eight beats. */
  there(beat: number): Presence | null {
    if (this.#last === null || beat - this.#heard > THERE) return null;
    const { partner, of } = this.#last;
    const { certificateId, displayName } = partner;
    return { certificateId, displayName, flags: beat - this.#heard <= TYPES ? of.flags : of.flags & ~TYPING, read: this.#read };
  }
}

/** Bytes, labels and base64url: what every part of the protocol shares (PROTOCOL §1). */

import { Malformed } from "./errors.ts";

/** Bytes over a buffer of their own: WebCrypto takes no shared memory. */
export type Bytes = Uint8Array<ArrayBuffer>;
export type Direction = 1 | 2;

/** The first byte of every structure but a vault record, whose first byte is its kind (§1.1). */
export const VERSION = 2;
export const FROM_PERSON = 1;
export const FROM_DESK = 2;
export const ID = 16;
export const HASH = 32;
export const SIGNATURE = 64;
export const KEM_PUBLIC = 1216;
export const SIGN_PUBLIC = 32;
export const TAG_PUBLIC = 32;
/** A tag, and the places for them in an envelope: one for each that a roster may have. */
export const TAG = 16;
export const TAGS = 1024;
export const WRAPPED = 1168;
export const CIPHERTEXT = 8208;

/** §1.4's white space, for the inside of a character class. */
export const WHITE_SPACE = "\\u0009-\\u000d \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";

const ENCODER = new TextEncoder();
// A leading U+FEFF is a character like others, §1.4.
const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** `a || b`, §1.1. */
export function join(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

export function zeros(size: number): Bytes {
  return new Uint8Array(size);
}

// Plain loops here and in base64url: a thread has megabytes of them, and a function for each byte takes ten times as long.

export function isZero(bytes: Uint8Array): boolean {
  for (let index = 0; index < bytes.length; index++) if (bytes[index] !== 0) return false;
  return true;
}

/** The last of a list; undefined of an empty one. Browsers of before 2022 have no `at`. */
export function last<T>(list: readonly T[]): T | undefined {
  return list[list.length - 1];
}

/** Whether an object has a key of its own. Browsers of before 2022 have no `hasOwn`. */
export function has(object: object, key: string): boolean {
  // biome-ignore lint/suspicious/noPrototypeBuiltins: it is not the object's own function, which it may not have.
  return Object.prototype.hasOwnProperty.call(object, key);
}

/** For public values: it stops at the first difference. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

export function utf8(text: string): Bytes {
  return ENCODER.encode(text) as Bytes;
}

/** Text of strict UTF-8; null when it is none. */
export function textOf(bytes: Bytes): string | null {
  try {
    return DECODER.decode(bytes);
  } catch {
    return null;
  }
}

export function u8(number: number): Bytes {
  return Uint8Array.of(number);
}

export function u16(number: number): Bytes {
  return Uint8Array.of(number >>> 8, number);
}

export function u32(number: number): Bytes {
  return Uint8Array.of(number >>> 24, number >>> 16, number >>> 8, number);
}

/** Reads an unsigned big-endian number of up to four bytes. */
export function number(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** L(use), §1.2. */
export function label(use: string): Bytes {
  return utf8(`helpline/v2/${use}\0`);
}

/** The bytes in pieces of the given sizes, which must use them up; throws Malformed. The pieces are copies. */
export function cut<const S extends readonly number[]>(bytes: Uint8Array, ...sizes: S): { -readonly [K in keyof S]: Bytes } {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  demand(bytes.length === total, `${bytes.length} bytes instead of ${total}`);
  let at = 0;
  const part = (size: number): Bytes => {
    at += size;
    return bytes.slice(at - size, at) as Bytes;
  };
  return sizes.map(part) as { -readonly [K in keyof S]: Bytes };
}

/** Throws Malformed(what) unless it holds. */
export function demand(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Malformed(what);
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Uint8Array(128).fill(255);
for (let index = 0; index < ALPHABET.length; index++) VALUES[ALPHABET.charCodeAt(index)] = index;
const LETTERS = utf8(ALPHABET);

/** Base64url without padding, §1.4. */
export function encode(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil((bytes.length * 4) / 3));
  let at = 0;
  for (let index = 0; index < bytes.length; index += 3) {
    // Bytes that are not there any more are zeros, and letters beyond the text's end go nowhere.
    const three = (bytes[index]! << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    text[at] = LETTERS[three >>> 18]!;
    text[at + 1] = LETTERS[(three >>> 12) & 63]!;
    text[at + 2] = LETTERS[(three >>> 6) & 63]!;
    text[at + 3] = LETTERS[three & 63]!;
    at += 4;
  }
  return DECODER.decode(text);
}

/** The value of a letter; zero after the last one, and 255 for what is none. */
function letterValue(text: string, index: number): number {
  return index < text.length ? (VALUES[text.charCodeAt(index)] ?? 255) : 0;
}

/** The bits of the last four letters' three bytes that no byte has, by how many letters stand in the place of four. */
const LEFT_OVER = [0, 0, 0xffff, 0xff] as const;

/** The bytes of canonical base64url without padding, §1.4, of exactly `size` where given; throws Malformed for anything else. */
export function decode(text: unknown, size?: number): Bytes {
  demand(typeof text === "string" && text.length % 4 !== 1, "not base64url text");
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  demand(size === undefined || bytes.length === size, `${bytes.length} bytes instead of ${size}`);
  let three = 0;
  for (let index = 0, at = 0; index < text.length; index += 4, at += 3) {
    const a = letterValue(text, index);
    const b = letterValue(text, index + 1);
    const c = letterValue(text, index + 2);
    const d = letterValue(text, index + 3);
    // A letter has six bits, and 255 has more.
    demand((a | b | c | d) < 64, "not base64url");
    three = (a << 18) | (b << 12) | (c << 6) | d;
    // What is beyond the end goes nowhere.
    bytes[at] = three >>> 16;
    bytes[at + 1] = three >>> 8;
    bytes[at + 2] = three;
  }
  demand((three & LEFT_OVER[text.length % 4]!) === 0, "unused bits that are not zero");
  return bytes;
}

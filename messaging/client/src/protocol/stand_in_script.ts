/** A script of its own, for browsers that lack something of PROTOCOL §1.3: Ed25519 on @noble/curves' points, Argon2id of @noble/hashes. */

import "./old_engines.ts";

import { ed25519 } from "@noble/curves/ed25519.js";
import { argon2idAsync } from "@noble/hashes/argon2.js";
import { sha512 } from "@noble/hashes/sha2.js";

type Bytes = Uint8Array<ArrayBuffer>;

const { Point } = ed25519;
const ORDER = Point.Fn.ORDER;

/** The public key of a seed: 32 bytes. */
export function signPublic(seed: Bytes): Bytes {
  return new Uint8Array(ed25519.getPublicKey(seed));
}

/** 64 bytes: RFC 8032's, as WebCrypto makes them. */
export function sign(seed: Bytes, bytes: Bytes): Bytes {
  return new Uint8Array(ed25519.sign(bytes, seed));
}

/** Whether the bytes encode a point of the curve, in the one way there is (RFC 8032, 5.1.3). */
export function isPoint(bytes: Bytes): boolean {
  return pointOf(bytes) !== null;
}

function pointOf(bytes: Bytes): InstanceType<typeof Point> | null {
  try {
    return Point.fromBytes(bytes);
  } catch {
    return null;
  }
}

/**
 * §1.3's equation: S below the order, and [S]B - [k]A encodes to the very bytes R. Without cofactor, as WebCrypto and the server have it: the library's
 * own `verify` multiplies by eight, and would take keys and R of mixed order that colleagues refuse. Points of small order are the caller's to refuse.
 */
export function signatureHolds(key: Bytes, bytes: Bytes, signature: Bytes): boolean {
  const [r, s] = [signature.subarray(0, 32), number(signature.subarray(32))];
  const point = pointOf(key);
  if (signature.length !== 64 || point === null || s >= ORDER) return false;
  const hash = sha512.create().update(r).update(key).update(bytes).digest();
  const found = times(Point.BASE, s)
    .subtract(times(point, number(hash) % ORDER))
    .toBytes();
  return found.every((byte, place) => byte === r[place]);
}

/** Nothing here is secret, so it need not take the same time for each. */
function times(point: InstanceType<typeof Point>, factor: bigint): InstanceType<typeof Point> {
  return factor === 0n ? Point.ZERO : point.multiplyUnsafe(factor);
}

/** Little-endian. */
function number(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

/** So much less is made to find out how long all of it takes. */
const SHARE = 64;

/** About how many seconds `argon2id` takes here: a small part of it is made, twice where it is quick, because a script has to get warm. */
export async function argon2idSeconds(): Promise<number> {
  const once = async (): Promise<number> => {
    const began = performance.now();
    await argon2idAsync(new Uint8Array(16), new Uint8Array(16), { t: 3, m: 65_536 / SHARE, p: 1, dkLen: 32, version: 0x13, asyncTick: 40 });
    return ((performance.now() - began) / 1_000) * SHARE;
  };
  const cold = await once();
  return cold > 20 ? cold : once();
}

/** §1.3's Slow: 64 MiB, three passes. The page can be used while it is made, and `progress` hears how much is done, from 0 to 1. */
export async function argon2id(password: Bytes, salt: Bytes, progress?: (done: number) => void): Promise<Bytes> {
  const told = progress === undefined ? {} : { onProgress: progress };
  return new Uint8Array(await argon2idAsync(password, salt, { t: 3, m: 65_536, p: 1, dkLen: 32, version: 0x13, asyncTick: 40, ...told }));
}

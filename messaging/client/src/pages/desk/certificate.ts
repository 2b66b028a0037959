/** A certificate as the page shows it (PROTOCOL §2.5); what relies on it is checked by the protocol itself. */

import { decode, encode, type MeAnswer } from "../../protocol/index.ts";

const DAY = 86_400_000;
/** Version, counsellor's id, and the keys to seal for, of signatures and of tags (§2.5). */
const AFTER_KEYS = 1 + 16 + 1_216 + 32 + 32;

export interface Shown {
  /** The counsellor's id as base64url. */
  readonly of: string;
  readonly name: string;
  readonly keyHolder: boolean;
  readonly firstDay: number;
  readonly lastDay: number;
}

export function certificateOf(raw: Uint8Array): Shown {
  const view = new DataView(raw.buffer, raw.byteOffset + AFTER_KEYS, raw.byteLength - AFTER_KEYS);
  const name = new TextDecoder().decode(raw.subarray(AFTER_KEYS + 10, AFTER_KEYS + 10 + view.getUint8(9)));
  return { of: encode(raw.subarray(1, 17)), name, keyHolder: view.getUint8(0) === 1, firstDay: view.getUint32(1), lastDay: view.getUint32(5) };
}

/** The counsellor's own certificate while it is in force. */
export function inForce(me: MeAnswer, today: number): Shown | null {
  if (me.certificate === null) return null;
  const shown = certificateOf(decode(me.certificate));
  return shown.firstDay <= today && today <= shown.lastDay ? shown : null;
}

/** A protocol day (§1.5) in words. */
export function dayWords(day: number): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(day * DAY);
}

/** A certificate as the page shows it (PROTOCOL §2.5); what relies on it is checked by the protocol itself. */

import { decode, encode, type MeAnswer } from "../../protocol/index.ts";

const DAY = 86_400_000;

export interface Shown {
  /** The counsellor's id as base64url. */
  readonly of: string;
  readonly name: string;
  readonly keyHolder: boolean;
  readonly firstDay: number;
  readonly lastDay: number;
}

export function certificateOf(raw: Uint8Array): Shown {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const name = new TextDecoder().decode(raw.subarray(1_275, 1_275 + view.getUint8(1_274)));
  return { of: encode(raw.subarray(1, 17)), name, keyHolder: view.getUint8(1_265) === 1, firstDay: view.getUint32(1_266), lastDay: view.getUint32(1_270) };
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

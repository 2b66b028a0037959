/** Where a counsellor's certificate stands, as far as the page shows it; what relies on it is checked by the protocol itself. */

import { decode, type Counsellor, type MeAnswer } from "../../protocol/index.ts";

const DAY = 86_400_000;

export interface Standing {
  readonly inForce: boolean;
  readonly lastDay: number | null;
  readonly name: string | null;
}

export function standingOf(me: MeAnswer, today: number): Standing {
  if (me.certificate === null) return { inForce: false, lastDay: null, name: null };
  const certificate = decode(me.certificate);
  const view = new DataView(certificate.buffer, certificate.byteOffset, certificate.byteLength);
  const [firstDay, lastDay] = [view.getUint32(1_266), view.getUint32(1_270)];
  const name = new TextDecoder().decode(certificate.slice(1_275, 1_275 + view.getUint8(1_274)));
  return { inForce: firstDay <= today && today <= lastDay, lastDay, name };
}

/**
 * §2.10, from the counsellor's own keys as this browser holds them: never from what the server sends back, for the comparison
 * by voice is there to find a server that put its own request in the place of this one.
 */
export async function fingerprintOf(counsellor: Counsellor): Promise<string> {
  const label = new TextEncoder().encode("helpline/v1/counsellor-fingerprint\0");
  const input = new Blob([label, counsellor.counsellorId, counsellor.kemPublic, counsellor.signPublic]);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await input.arrayBuffer())).subarray(0, 16);
  const digits = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.match(/.{4}/g)?.join(" ") ?? "";
}

/** A protocol day (§1.5) in words. */
export function dayWords(day: number): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(day * DAY);
}

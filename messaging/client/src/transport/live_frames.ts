/** The frames of a live line (PROTOCOL §12.7), and the chance that fills them. */

export const [TICKET, PULSE, LOOK, GO] = [1, 2, 3, 4] as const;
/** In place of seconds: another page took the place. */
export const OPEN_ELSEWHERE = 0xffff;
const BODY = 256;

export interface Frame {
  readonly kind: typeof PULSE | typeof LOOK | typeof GO;
  readonly body: Uint8Array<ArrayBuffer>;
}

export function chance(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(BODY));
}

/** From 0 up to `most`. */
export function chanceUpTo(most: number): number {
  return (most * crypto.getRandomValues(new Uint32Array(1))[0]!) / 2 ** 32;
}

/** Between half of `most` and all of it. */
export function spread(most: number): number {
  return most / 2 + chanceUpTo(most / 2);
}

/** What a page sends: what is said, and chance after it. */
export function frame(kind: typeof TICKET | typeof PULSE, said: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(1 + BODY);
  whole[0] = kind;
  whole.set(chance(), 1);
  whole.set(said, 1);
  return whole;
}

/** What came; null for what no hub sends. */
export function frameIn(data: unknown): Frame | null {
  const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(0);
  const [kind, body] = [bytes[0], bytes.slice(1)];
  return body.length === BODY && (kind === PULSE || kind === LOOK || kind === GO) ? { kind, body } : null;
}

/** Of a frame `go`: seconds, or OPEN_ELSEWHERE. */
export function secondsIn(body: Uint8Array): number {
  return 256 * body[0]! + body[1]!;
}

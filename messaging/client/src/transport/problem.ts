/** What went wrong with a request, in one class for pages to tell apart by `type`. */

/** What the server says, PROTOCOL §7.1 and §8. */
const KNOWN = [
  "malformed",
  "not-sealed",
  "bad-proof",
  "blocked",
  "no-inbox",
  "session",
  "conflict",
  "epoch-changed",
  "opening-exists",
  "opening-missing",
  "inbox-exists",
  "too-fast",
  "too-many",
  "work-wanted",
  "live-unavailable",
  "too-large",
  "not-found",
  "wrong-method",
  "closed",
  "failed",
  "unavailable",
  "not-yours",
  "not-allowed",
  "taken",
  "not-told",
  "not-certified",
  "already-certified",
  "second-factor",
] as const;

export type ProblemType =
  | (typeof KNOWN)[number]
  /** No answer: no network, or the server does not answer. */
  | "unreachable"
  /** No answer in time. */
  | "timed-out"
  /** The desk's session has ended: the server led to its sign-in page. */
  | "signed-out"
  /** An answer that is not as PROTOCOL says, or an error that is no problem document. */
  | "bad-answer"
  /** A problem document of a type that this client does not know. */
  | "unknown";

const PREFIX = "/problems/";

export class Problem extends Error {
  override readonly name = "Problem";
  readonly type: ProblemType;
  /** The HTTP status, or 0 when there was no answer. */
  readonly status: number;
  /** The server's sentence, for a log of nobody: pages write their own words for each type. */
  readonly detail: string;
  /** What the type adds: `head`, `epoch`, `by`, `ago`, `until`, `wait`, `work`. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(type: ProblemType, status: number, detail: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(`${type}: ${detail}`);
    this.type = type;
    this.status = status;
    this.detail = detail;
    this.extra = extra;
  }

  /** Whether the same bytes may be sent again as they are. */
  get passing(): boolean {
    return this.type === "unreachable" || this.type === "timed-out" || this.status === 502 || this.status === 504;
  }

  /** Whether the message must be sealed afresh on the thread as it now stands, §5.3. */
  get sealAfresh(): boolean {
    return this.type === "conflict" || this.type === "epoch-changed" || this.type === "opening-exists";
  }
}

/** The problem in an error's body, RFC 9457. */
export function problemOf(status: number, body: unknown): Problem {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return new Problem("bad-answer", status, "not a problem document");
  const { type, title, detail, status: _, ...extra } = body as Record<string, unknown>;
  if (typeof type !== "string" || !type.startsWith(PREFIX)) return new Problem("bad-answer", status, "not a problem document");
  const name = type.slice(PREFIX.length);
  const sentence = typeof detail === "string" ? detail : typeof title === "string" ? title : "";
  return new Problem(KNOWN.find((known) => known === name) ?? "unknown", status, sentence, extra);
}

/** One request: bounded in time, without referrer or cache, its answer parsed strictly or turned into a `Problem`. */

import { type Shape, WrongShape } from "../protocol/schema.ts";
import { Problem, problemOf } from "./problem.ts";

export interface Options {
  /** Where the interface is; the page's own origin unless told. */
  readonly base?: string;
  /** Milliseconds until a request is given up. */
  readonly timeout?: number;
}

/** An answer and the tag by which the server knows it again (ETag). */
export interface Seen<T> {
  readonly tag: string;
  readonly answer: T;
}

export interface Request<T> {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  /** Serialised by the caller, once: a second try sends the very same bytes. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer's shape; null for an answer without a body. */
  readonly shape: Shape<T> | null;
  /** The tag of the answer that is there already: when it still stands, that answer comes again without being sent. */
  readonly seen?: Seen<T> | null;
  /** Given the new answer with its tag. */
  readonly tagged?: (seen: Seen<T>) => void;
  /** Whether to try once more when no answer came; only where doing it twice is doing it once. */
  readonly again: boolean;
  /** Milliseconds until this request is given up; as all others unless told. */
  readonly timeout?: number;
}

const TIMEOUT = 15_000;

export class Http {
  readonly #base: string;
  readonly #credentials: RequestCredentials;
  readonly #timeout: number;

  constructor(base: string, credentials: RequestCredentials, options: Options) {
    this.#base = options.base ?? base;
    this.#credentials = credentials;
    this.#timeout = options.timeout ?? TIMEOUT;
  }

  /** Throws Problem, and nothing else. */
  async ask<T>(request: Request<T>): Promise<T> {
    try {
      return await this.#once(request);
    } catch (error) {
      if (!request.again || !(error instanceof Problem) || !error.passing) throw error;
      return await this.#once(request);
    }
  }

  async #once<T>(request: Request<T>): Promise<T> {
    const clock = new AbortController();
    const timer = setTimeout(() => clock.abort(), request.timeout ?? this.#timeout);
    try {
      const answer = await fetch(this.#base + request.path, {
        method: request.method,
        headers: {
          Accept: "application/json",
          ...(request.body === undefined ? {} : { "Content-Type": "application/json" }),
          ...(request.seen ? { "If-None-Match": request.seen.tag } : {}),
          ...request.headers,
        },
        ...(request.body === undefined ? {} : { body: request.body }),
        credentials: this.#credentials,
        cache: "no-store",
        redirect: "manual",
        referrerPolicy: "no-referrer",
        signal: clock.signal,
      });
      if (answer.status === 304 && request.seen) return request.seen.answer;
      const body = await this.#read(answer, request.shape);
      const tag = answer.headers.get("ETag");
      if (tag !== null) request.tagged?.({ tag, answer: body });
      return body;
    } catch (error) {
      if (error instanceof Problem) throw error;
      if (clock.signal.aborted) throw new Problem("timed-out", 0, "no answer in time");
      throw new Problem("unreachable", 0, "no answer");
    } finally {
      clearTimeout(timer);
    }
  }

  async #read<T>(answer: Response, shape: Shape<T> | null): Promise<T> {
    if (answer.type === "opaqueredirect" || (answer.status >= 300 && answer.status < 400)) {
      throw new Problem("signed-out", answer.status, "the server led elsewhere");
    }
    if (answer.status === 204 && shape === null) return undefined as T;
    const body = parsed(await answer.text());
    if (!answer.ok) throw problemOf(answer.status, body);
    if (shape === null) return undefined as T;
    try {
      return shape(body, "answer");
    } catch (error) {
      if (error instanceof WrongShape) throw new Problem("bad-answer", answer.status, error.message);
      throw error;
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

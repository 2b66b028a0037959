/** The person's interface, PROTOCOL §7: no cookie goes with a request, and the token lives in this object alone. */

import * as shapes from "../protocol/api_schemas.ts";
import type {
  DeskPublicKeysAnswer,
  DraftBody,
  DraftKeptAnswer,
  EnvelopeAnswer,
  EnvelopeBody,
  FirstMessageAnswer,
  FirstMessageBody,
  InboxAnswer,
  KeptDraftAnswer,
  LiveTicketAnswer,
  RetentionAnswer,
  SessionBody,
  StoredDataAnswer,
  TalkAnswer,
} from "../protocol/api_types.ts";
import { Http, type Options, type Request } from "./http.ts";
import { Problem } from "./problem.ts";
import { proveWork } from "./proof_of_work.ts";

/** How often work is done for one message: the answer to it may come too late, or a try may have been lost. */
const MOST_WORK = 3;
/** The size of every body that is sent, §7: whoever sees the line learns from none what it is for. */
const ONE_SIZE = 20_480;

function padded(body: object): string {
  return JSON.stringify(body).padEnd(ONE_SIZE);
}

function since(path: string, from: number | null): string {
  return from === null ? path : `${path}?from=${from}`;
}

export class PersonApi {
  readonly #http: Http;
  #token: string | null = null;
  /** Called when a message has to wait for some work, §7.10: for the page to say so. */
  onWork: () => void = () => undefined;

  constructor(options: Options = {}) {
    this.#http = new Http("/api/v1/", "omit", options);
  }

  /** §7.2, with the statements from an epoch on: the one that the page's release names, where it names one. Every method throws Problem. */
  deskPublicKeys(from: number | null = null): Promise<DeskPublicKeysAnswer> {
    return this.#http.ask({ method: "GET", path: since("desk", from), shape: shapes.desk, again: true });
  }

  /** §7.3: to be signed with `signSession`. */
  async challenge(): Promise<string> {
    const answer = await this.#http.ask({ method: "POST", path: "challenges", body: padded({}), shape: shapes.challenge, again: true });
    return answer.challenge;
  }

  /** §7.4: keeps the token for what follows. */
  async session(body: SessionBody): Promise<void> {
    const answer = await this.#http.ask({
      method: "POST",
      path: "sessions",
      body: padded(body),
      shape: shapes.session,
      again: false,
    });
    this.#token = answer.token;
  }

  get hasSession(): boolean {
    return this.#token !== null;
  }

  /** Ends the session; the token is gone from here whatever the server says. */
  async endSession(): Promise<void> {
    if (this.#token === null) return;
    const headers = this.#bearer();
    this.#token = null;
    await this.#http.ask({ method: "DELETE", path: "sessions", headers, shape: null, again: false });
  }

  /** §7.5. A second call with the same body sends the same bytes, which the server takes as one message. */
  firstMessage(body: FirstMessageBody): Promise<FirstMessageAnswer> {
    return this.#worked({ method: "POST", path: "messages", body: padded(body), shape: shapes.firstMessage, again: true });
  }

  /** §7.12: before there is a conversation. A second call with the same draft keeps it once more. */
  keepFirstDraft(body: DraftBody): Promise<DraftKeptAnswer> {
    return this.#worked({ method: "POST", path: "drafts", body: padded(body), shape: shapes.draftKept, again: false });
  }

  /** §7.12 */
  keptDraft(): Promise<KeptDraftAnswer> {
    return this.#held({ method: "GET", path: "inbox/draft", shape: shapes.keptDraft, again: true });
  }

  /** §7.12 */
  keepDraft(draft: string): Promise<DraftKeptAnswer> {
    return this.#held({ method: "POST", path: "inbox/draft", body: padded({ draft }), shape: shapes.draftKept, again: true });
  }

  /** §7.12: an inbox that has nothing else is gone with it, and so may be the session. */
  async deleteDraft(): Promise<void> {
    await this.#held({ method: "DELETE", path: "inbox/draft", shape: null, again: false });
    this.#token = null;
  }

  /** §7.6, as `deskPublicKeys`. */
  inbox(from: number | null = null): Promise<InboxAnswer> {
    return this.#held({ method: "GET", path: since("inbox", from), shape: shapes.inbox, again: true });
  }

  /** §7.8 */
  storedData(): Promise<StoredDataAnswer> {
    return this.#held({ method: "GET", path: "inbox/kept", shape: shapes.storedData, again: true });
  }

  /** §7.9 */
  retention(): Promise<RetentionAnswer> {
    return this.#held({ method: "GET", path: "inbox/retention", shape: shapes.retention, again: true });
  }

  /** §7.9: null leaves it to the helpline's rule. */
  keepFor(own: number | null): Promise<RetentionAnswer> {
    return this.#held({ method: "POST", path: "inbox/retention", body: padded({ own }), shape: shapes.retention, again: true });
  }

  /** §7.6. A second call with the same body sends the same bytes, which the server takes as one message. */
  send(body: EnvelopeBody): Promise<EnvelopeAnswer> {
    return this.#held({ method: "POST", path: "inbox/envelopes", body: padded(body), shape: shapes.sent, again: true });
  }

  /** §12.7: for one side of the live line of this conversation, within so many milliseconds. */
  liveTicket(timeout: number): Promise<LiveTicketAnswer> {
    return this.#held({ method: "POST", path: "inbox/live", body: padded({}), shape: shapes.liveTicket, again: false, timeout });
  }

  /** §7.13: how a live talk stands; with POST after it was asked for, with DELETE after it was taken back or ended. */
  talk(method: "GET" | "POST" | "DELETE"): Promise<TalkAnswer> {
    return this.#held({ method, path: "inbox/live/request", ...(method === "POST" ? { body: padded({}) } : {}), shape: shapes.talk, again: true });
  }

  /** §7.6: everything is gone, the session too. */
  async erase(): Promise<void> {
    await this.#held({ method: "DELETE", path: "inbox", shape: null, again: false });
    this.#token = null;
  }

  /** Asks; where the server wants work for these very bytes, does it and asks again. */
  async #worked<T>(request: Request<T>): Promise<T> {
    let headers = request.headers ?? {};
    for (let done = 0; ; done += 1) {
      try {
        return await this.#http.ask({ ...request, headers });
      } catch (error) {
        if (!(error instanceof Problem) || error.type !== "work-wanted" || done === MOST_WORK) throw error;
        this.onWork();
        headers = { ...headers, "Helpline-Work": await proveWork(error.extra.work) };
      }
    }
  }

  #bearer(): Record<string, string> {
    if (this.#token === null) throw new Problem("session", 401, "there is no session");
    return { Authorization: `Bearer ${this.#token}` };
  }

  async #held<T>(request: Request<T>): Promise<T> {
    try {
      return await this.#worked({ ...request, headers: this.#bearer() });
    } catch (error) {
      if (error instanceof Problem && error.type === "session") this.#token = null;
      throw error;
    }
  }
}

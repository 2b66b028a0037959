/** The desk's interface, PROTOCOL §8: with the counsellor's signed-in session, and the CSRF token that the page passes in. */

import type { ConversationAnswer, ConversationsAnswer, EnvelopeBody, EpochBody, MeAnswer, ReplyAnswer } from "../protocol/answers.ts";
import * as shapes from "./answers.ts";
import { Http, type Options } from "./http.ts";
import type { Shape } from "./shapes.ts";

export class DeskApi {
  readonly #http: Http;
  readonly #csrf: string;

  constructor(csrf: string, options: Options = {}) {
    this.#http = new Http("/desk/api/", "same-origin", options);
    this.#csrf = csrf;
  }

  /** §8.1. Every method throws Problem. */
  me(): Promise<MeAnswer> {
    return this.#get("me", shapes.me);
  }

  /** §8.1: a new vault and its certificate request. */
  async vault(record: string, request: string): Promise<void> {
    await this.#post("vault", { record, request }, null, false);
  }

  /** §8.1: another way into the same vault; the credential's id as base64url. */
  async addPasskey(record: string, credentialId: string): Promise<void> {
    await this.#post("vault/passkeys", { record, credential_id: credentialId }, null, false);
  }

  /** §8.2: certificates in force of counsellors who are active. */
  async candidates(): Promise<string[]> {
    return (await this.#get("epochs", shapes.candidates)).candidates;
  }

  /** §8.2, from `openEpoch`. */
  async epoch(body: EpochBody): Promise<void> {
    await this.#post("epochs", body, null, false);
  }

  /** §8.3 */
  conversations(): Promise<ConversationsAnswer> {
    return this.#get("conversations", shapes.conversations);
  }

  /** §8.3; ids are base64url. */
  conversation(id: string): Promise<ConversationAnswer> {
    return this.#get(`conversations/${id}`, shapes.conversation);
  }

  /** §8.3. A second call with the same body sends the same bytes, which the server takes as one reply. */
  send(id: string, body: EnvelopeBody): Promise<ReplyAnswer> {
    return this.#post(`conversations/${id}/envelopes`, body, shapes.replied, true);
  }

  claim(id: string): Promise<shapes.Holding> {
    return this.#post(`conversations/${id}/claim`, {}, shapes.holding, false);
  }

  release(id: string): Promise<shapes.Holding> {
    return this.#post(`conversations/${id}/release`, {}, shapes.holding, false);
  }

  #get<T>(path: string, shape: Shape<T>): Promise<T> {
    return this.#http.ask({ method: "GET", path, shape, again: true });
  }

  #post<T>(path: string, body: object, shape: Shape<T> | null, again: boolean): Promise<T> {
    return this.#http.ask({ method: "POST", path, body: JSON.stringify(body), headers: { "X-CSRFToken": this.#csrf }, shape, again });
  }
}

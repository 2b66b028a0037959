/** The desk's interface to keys, PROTOCOL §8.1 and §8.2: vaults, renewals, epochs. */

import * as shapes from "../protocol/api_schemas.ts";
import type { EpochBody, MeAnswer, VaultProof } from "../protocol/api_types.ts";
import type { Shape } from "../protocol/schema.ts";
import { Http, type Options } from "./http.ts";

/** With the counsellor's signed-in session, and the CSRF token that the page passes in. */
export class KeysApi {
  protected readonly http: Http;
  protected readonly csrf: string;

  constructor(csrf: string, options: Options = {}) {
    this.http = new Http("/desk/api/", "same-origin", options);
    this.csrf = csrf;
  }

  /** §8.1. Every method throws Problem. */
  me(): Promise<MeAnswer> {
    return this.get("me", shapes.me);
  }

  /** §8.1: a new vault and its certificate request. */
  async vault(record: string, request: string): Promise<void> {
    await this.post("vault", { record, request }, null, false);
  }

  /** §8.1: what the proof of an open vault is signed over. */
  async vaultChallenge(): Promise<string> {
    return (await this.post("vault/challenges", {}, shapes.vaultChallenge, false)).challenge;
  }

  /** §8.1: a record of the same secret for another passphrase, with the proof of an open vault. */
  async changePassphrase(record: string, proof: VaultProof): Promise<void> {
    await this.post("vault/records", { record, ...proof }, null, false);
  }

  /** §8.1: another way into the same vault; the credential's id as base64url. */
  async addPasskey(record: string, credentialId: string, proof: VaultProof): Promise<void> {
    await this.post("vault/passkeys", { record, credential_id: credentialId, ...proof }, null, false);
  }

  /** §8.1: the passkey no longer opens the vault. */
  async takePasskeyOut(credentialId: string, proof: VaultProof): Promise<void> {
    await this.post("vault/passkeys/out", { credential_id: credentialId, ...proof }, null, false);
  }

  /** §8.1: new keys before a certificate ends, with the request that the old key signed too. */
  async renewal(record: string, request: string): Promise<void> {
    await this.post("vault/renewal", { record, request }, null, false);
  }

  /** §8.1: grants of epochs that I have, for another certificate of mine. The same ones again change nothing. */
  async handOn(grants: EpochBody["grants"]): Promise<void> {
    await this.post("vault/grants", { grants }, null, true);
  }

  /** §8.1: the renewed keys open all that the old ones did, whose vault goes. */
  async renewalDone(proof: VaultProof): Promise<void> {
    await this.post("vault/renewal/done", proof, null, false);
  }

  /** §8.1: the recovery sheet of the keys that a renewal asks for is on paper. */
  async renewalSheetMade(): Promise<void> {
    await this.post("vault/renewal/sheet", {}, null, false);
  }

  /** §8.1: the recovery sheet of these keys is on paper. */
  async sheetMade(): Promise<void> {
    await this.post("vault/sheet", {}, null, false);
  }

  /** §8.2: certificates in force of counsellors who are active. */
  async candidates(): Promise<readonly string[]> {
    return (await this.get("epochs", shapes.candidates)).candidates;
  }

  /** §8.2, from `openEpoch`. */
  async epoch(body: EpochBody): Promise<void> {
    await this.post("epochs", body, null, false);
  }

  /** §8.2, from `confirmEpoch`. Doing it twice is doing it once. */
  async confirm(number: number, confirmation: string): Promise<void> {
    await this.post(`epochs/${number}/confirmation`, { confirmation }, null, true);
  }

  protected get<T>(path: string, shape: Shape<T>): Promise<T> {
    return this.http.ask({ method: "GET", path, shape, again: true });
  }

  protected post<T>(path: string, body: object, shape: Shape<T> | null, again: boolean, timeout?: number): Promise<T> {
    const request = { method: "POST", path, body: JSON.stringify(body), headers: { "X-CSRFToken": this.csrf }, shape, again } as const;
    return this.http.ask(timeout === undefined ? request : { ...request, timeout });
  }
}

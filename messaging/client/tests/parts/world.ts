/** A small installation for tests: a root, counsellors with certificates, and epochs; all made in this process. */

import type { ConversationAnswer, DeskPublicKeysAnswer, EnvelopeBody, InboxAnswer, MeAnswer, SealedFirst } from "../../src/protocol/api_types.ts";
import { confirmEpoch } from "../../src/protocol/confirm_epoch.ts";
import { type OpenDesk, openDesk } from "../../src/protocol/desk.ts";
import { type Bytes, decode, encode, ID, join, u8, u32, utf8, VERSION, zeros } from "../../src/protocol/encoding.ts";
import { type Counsellor, counsellorOf, type InboxKeys, inboxOf, makeRequest, openSite, type Site } from "../../src/protocol/keys.ts";
import { openEpoch } from "../../src/protocol/open_epoch.ts";
import { randomBytes } from "../../src/protocol/primitives.ts";
import { type SigningKey, sign, signingKey } from "../../src/protocol/signatures.ts";
import { parseOpening, parseRequest, parseStatement } from "../../src/protocol/wire.ts";

export const TODAY = 20_800;

export interface Person {
  readonly counsellor: Counsellor;
  readonly certificate: string;
}

/** What a server would hold, and nothing more, but for the root's key. */
export class World {
  readonly site: Site;
  readonly #root: SigningKey;
  readonly statements: string[] = [];
  readonly confirmations: string[] = [];
  readonly certificates: string[] = [];
  readonly grants: { certificate_id: string; epoch: number; wrapped: string }[] = [];
  /** The number of the newest that counts. */
  counting = 0;
  opening: string[] = [];
  envelopes: string[] = [];
  conversation = "";
  inbox: InboxKeys | null = null;

  private constructor(site: Site, root: SigningKey) {
    this.site = site;
    this.#root = root;
  }

  static async make(): Promise<World> {
    const { key, signPublic } = await signingKey(randomBytes(32));
    return new World(await openSite(encode(signPublic), "https://helpline.example"), key);
  }

  async hire(name: string, { keyHolder = false, first = TODAY - 49, last = TODAY + 50 } = {}): Promise<Person> {
    const counsellor = await counsellorOf(this.site, randomBytes(16), randomBytes(32));
    return { counsellor, certificate: await this.certify(counsellor, name, keyHolder, first, last) };
  }

  async certify(counsellor: Counsellor, name: string, keyHolder: boolean, first: number, last: number): Promise<string> {
    const request = parseRequest(await makeRequest(this.site, counsellor));
    const label = utf8(name);
    const body = join(
      u8(VERSION),
      request.counsellorId,
      request.kemPublic,
      request.signPublic,
      request.tagPublic,
      u8(keyHolder ? 1 : 0),
      u32(first),
      u32(last),
      u8(label.length),
      label,
    );
    const certificate = encode(join(body, await sign(this.#root, "certificate", join(this.site.site, body))));
    this.certificates.push(certificate);
    return certificate;
  }

  async me(person: Person): Promise<MeAnswer> {
    const { checkCertificate } = await import("../../src/protocol/epochs.ts");
    const { id } = await checkCertificate(this.site, decode(person.certificate));
    return {
      counsellor_id: encode(person.counsellor.counsellorId),
      display_name: "",
      vaults: [],
      certificate: person.certificate,
      request: null,
      sheet_made_on: null,
      other: null,
      grants: this.grants.filter((grant) => grant.certificate_id === encode(id) || grant.epoch >= this.counting),
      statements: this.statements,
      confirmations: this.confirmations,
      certificates: this.certificates,
      current: this.counting || null,
      checkpoint: null,
    };
  }

  async desk(person: Person, today = TODAY): Promise<OpenDesk> {
    return openDesk(this.site, person.counsellor, await this.me(person), today);
  }

  /** Opened, and confirmed by the first person on it who can, or by the root where nobody can. */
  async epoch(holder: Person, people: readonly Person[], today = TODAY, days = 35): Promise<void> {
    await this.open(holder, people, today, days);
    for (const person of people) {
      const able = (await this.desk(person, today)).waiting[0]?.trouble === null;
      if (able) return this.confirm(person, today);
    }
    await this.confirm(null, today);
  }

  async confirm(person: Person | null, today = TODAY): Promise<void> {
    if (person === null) {
      const { hash } = await parseStatement(decode(this.statements.at(-1)!));
      const body = join(u8(VERSION), hash, zeros(ID));
      this.confirmations.push(encode(join(body, await sign(this.#root, "confirmation", join(this.site.site, body)))));
    } else {
      const desk = await this.desk(person, today);
      this.confirmations.push(await confirmEpoch(this.site, desk, desk.waiting[0]!));
    }
    this.counting = this.statements.length;
  }

  async open(holder: Person, people: readonly Person[], today = TODAY, days = 35): Promise<void> {
    const body = await openEpoch(
      this.site,
      await this.desk(holder, today),
      people.map(({ certificate }) => certificate),
      today,
      days,
    );
    this.statements.push(body.statement);
    this.grants.push(...body.grants);
  }

  get deskAnswer(): DeskPublicKeysAnswer {
    const statements = [this.statements[this.counting - 1]!];
    return { statements, confirmations: this.confirmations, certificates: this.certificates, conversation_limit: 50, checkpoint: null };
  }

  async newcomer(secret: Bytes = randomBytes(32)): Promise<InboxKeys> {
    this.inbox = await inboxOf(this.site, secret);
    return this.inbox;
  }

  async first(body: SealedFirst): Promise<void> {
    this.conversation = encode((await parseOpening(decode(body.opening))).conversation);
    this.opening = [body.opening];
    this.envelopes = [body.envelope];
  }

  send(body: EnvelopeBody): void {
    if (body.opening !== null) this.opening.push(body.opening);
    this.envelopes.push(body.envelope);
  }

  get inboxAnswer(): InboxAnswer {
    return {
      conversation: this.conversation,
      kem_public: encode(this.inbox!.kemPublic),
      sign_public: encode(this.inbox!.signPublic),
      tag_public: encode(this.inbox!.tagPublic),
      statements: this.statements.slice(0, this.counting),
      confirmations: this.confirmations,
      certificates: this.certificates,
      openings: this.opening,
      envelopes: this.envelopes,
      days: this.envelopes.map(() => "2026-12-13"),
      state: "waiting",
      reply_by: null,
      blocked_until: null,
      checkpoint: null,
    };
  }

  get conversationAnswer(): ConversationAnswer {
    return {
      ...this.inboxAnswer,
      inbox_id: encode(this.inbox!.inboxId),
      assigned_to: null,
      snoozed_until: null,
      flag: null,
      flag_by: null,
      flag_opened_by: null,
      flag_opened_at: null,
    };
  }
}

/** The vectors of PROTOCOL §1 and §2: encodings, words, keys, certificates, epochs. */

import type { DeskPublicKeysAnswer } from "../../src/protocol/api_types.ts";
import { checkConfirmation, confirmedOf, parseConfirmation } from "../../src/protocol/confirmations.ts";
import { type Bytes, decode, encode, join } from "../../src/protocol/encoding.ts";
import { byId, type CheckedCertificate, checkCertificate, checkRoster, checkStatement, currentEpoch } from "../../src/protocol/epochs.ts";
import { openGrant } from "../../src/protocol/grants.ts";
import {
  BadRequest,
  checkDesk,
  fingerprint,
  makeSheet,
  makeWords,
  openSheet,
  openSite,
  openVault,
  parseWords,
  prfInput,
  type Site,
  signVaultChange,
} from "../../src/protocol/index.ts";
import { checkRequest, counsellorOf, counsellorSecrets, EMPTY, inboxOf } from "../../src/protocol/keys.ts";
import { hashed, kdf, kdf64, secretKey, wrap } from "../../src/protocol/primitives.ts";
import { signatureHolds } from "../../src/protocol/signatures.ts";
import { slow } from "../../src/protocol/slow.ts";
import { vaultInput } from "../../src/protocol/vault.ts";
import { parseCertificate, parseRequest, parseStatement, type Statement } from "../../src/protocol/wire.ts";
import { entropyOf } from "../../src/protocol/words.ts";

/** The shape of a vector's input is said by its kind. */
export type Input = any;
export type Kinds = Readonly<Record<string, (input: Input, expect: Input) => Promise<Record<string, unknown>>>>;

export const b = (text: string): Bytes => decode(text);
export const siteOf = (input: Input): Promise<Site> => openSite(input.root, input.origin, input.newest ?? "");

async function keysOf(use: string, secret: Bytes, context: Bytes): Promise<{ kem_seed: string; sign_seed: string; tag_seed: string }> {
  const key = await secretKey(secret);
  const seed = async (part: string): Promise<string> => encode(await kdf(key, EMPTY, `${use}-${part}`, context));
  return { kem_seed: await seed("kem"), sign_seed: await seed("sign"), tag_seed: await seed("tag") };
}

export const KEY_KINDS: Kinds = {
  base64url: async (input) => ({
    hex: Array.from(decode(input.text, input.size ?? undefined), (byte) => byte.toString(16).padStart(2, "0")).join(""),
  }),

  words: async (input) => {
    const words = parseWords(input.text);
    return { words, entropy: encode(entropyOf(words)[0]) };
  },

  draw: async (input) => {
    const draws = (input.draws as string[]).map(b);
    const sets: string[] = [];
    while (draws.length > 0) sets.push(makeWords(() => draws.shift()!).join(" "));
    return { sets };
  },

  wrap: async (input) => {
    const [recipient, info, secret] = [b(input.public), b(input.info), b(input.secret)];
    const wrapped = await wrap(recipient, info, secret);
    const eseed = await kdf64(await secretKey(secret), "wrap", join(info, await hashed("wrap-key", recipient)));
    return { eseed: encode(eseed), wrapped: encode(wrapped) };
  },

  inbox: async (input) => {
    const site = await siteOf(input);
    const salt = (await hashed("inbox-salt", site.site)).slice(0, 16);
    const secret = await slow(input.words, salt);
    const inbox = await inboxOf(site, secret);
    return {
      site: encode(site.site),
      salt: encode(salt),
      inbox_secret: encode(secret),
      ...(await keysOf("inbox", secret, site.site)),
      kem_public: encode(inbox.kemPublic),
      sign_public: encode(inbox.signPublic),
      tag_public: encode(inbox.tagPublic),
      inbox_id: encode(inbox.inboxId),
    };
  },

  sheet: async (input) => {
    const counsellor = await openSheet(await siteOf(input), b(input.counsellor_id), input.text);
    return {
      words: makeSheet(counsellor),
      secret: encode(counsellorSecrets(counsellor).secret),
      kem_public: encode(counsellor.kemPublic),
      sign_public: encode(counsellor.signPublic),
    };
  },

  "vault-change": async (input) => {
    const site = await siteOf(input);
    const counsellor = await counsellorOf(site, b(input.counsellor_id), b(input.secret));
    return { proof: await signVaultChange(site, counsellor, input.challenge, { record: input.record, credentialId: input.credential_id }) };
  },

  vault: async (input) => {
    const site = await siteOf(input);
    const id = b(input.counsellor_id);
    const unlock = "passphrase" in input ? { passphrase: input.passphrase as string } : { prf: b(input.prf) };
    const counsellor = await openVault(site, id, input.record, unlock);
    const { secret } = counsellorSecrets(counsellor);
    const salt = b(input.record).slice(1, 17);
    const use = "passphrase" in input ? "vault-passphrase" : "vault-passkey";
    return {
      secret: encode(secret),
      ...(await keysOf("counsellor", secret, join(site.site, id))),
      kem_public: encode(counsellor.kemPublic),
      sign_public: encode(counsellor.signPublic),
      tag_public: encode(counsellor.tagPublic),
      key: encode(await kdf(await vaultInput(salt, unlock), salt, use, join(site.site, id))),
      prf_input: encode(await prfInput(site, id)),
    };
  },

  request: async (input) => {
    const request = await checkRequest(await siteOf(input), b(input.request));
    return {
      counsellor_id: encode(request.counsellorId),
      kem_public: encode(request.kemPublic),
      sign_public: encode(request.signPublic),
      tag_public: encode(request.tagPublic),
      fingerprint: await fingerprint(request),
      renews: request.renews === null ? null : encode(request.renews),
    };
  },

  renewal: async (input) => {
    const site = await siteOf(input);
    parseRequest(b(input.request));
    const old = await checkCertificate(site, b(input.certificate));
    const request = await checkRequest(site, b(input.request));
    const signed = join(site.site, request.raw.subarray(0, -64));
    const own = request.renews !== null && encode(request.renews) === encode(old.id) && encode(request.counsellorId) === encode(old.counsellorId);
    if (!own || !(await signatureHolds(old.verifier, "certificate-renewal", signed, request.raw.slice(-64)))) throw new BadRequest("it renews nothing");
    return { renews: encode(old.id) };
  },

  certificate: async (input) => {
    const certificate = await checkCertificate(await siteOf(input), b(input.certificate));
    return {
      counsellor_id: encode(certificate.counsellorId),
      kem_public: encode(certificate.kemPublic),
      sign_public: encode(certificate.signPublic),
      tag_public: encode(certificate.tagPublic),
      key_holder: certificate.keyHolder,
      first_day: certificate.firstDay,
      last_day: certificate.lastDay,
      display_name: certificate.displayName,
      certificate_id: encode(certificate.id),
      fingerprint: await fingerprint(certificate),
    };
  },

  statements: async (input) => {
    const site = await siteOf(input);
    const checked: CheckedCertificate[] = [];
    for (const raw of (input.certificates as string[]).map(b)) checked.push(await checkCertificate(site, raw));
    const certificates = byId(checked);
    const chain: Statement[] = [];
    for (const raw of (input.statements as string[]).map(b)) {
      const statement = await parseStatement(raw);
      await checkStatement(site, statement, certificates.get(encode(statement.signer)), chain.at(-1) ?? null);
      checkRoster(statement, certificates);
      chain.push(statement);
    }
    const confirmed = await confirmedOf(site, chain, input.confirmations.map(b), certificates, null);
    return {
      numbers: chain.map(({ number }) => number),
      hashes: chain.map(({ hash }) => encode(hash)),
      rosters: chain.map(({ roster }) => roster.map(encode)),
      confirmed: confirmed.map(({ number }) => number),
      current: currentEpoch(confirmed, input.day)?.number ?? null,
    };
  },

  confirmation: async (input) => {
    const site = await siteOf(input);
    const checked: CheckedCertificate[] = [];
    for (const raw of input.certificates) checked.push(await checkCertificate(site, b(raw)));
    const before = input.before === null ? null : await parseStatement(b(input.before));
    const confirmation = parseConfirmation(b(input.confirmation));
    const by = await checkConfirmation(site, confirmation, await parseStatement(b(input.statement)), byId(checked), before);
    return { statement_hash: encode(confirmation.statementHash), by: by?.displayName ?? null };
  },

  desk: async (input) => {
    const desk = await checkDesk(await siteOf(input), input.answer as DeskPublicKeysAnswer, input.today);
    return { epoch: desk.epoch, names: desk.names };
  },

  grant: async (input) => {
    const site = await siteOf(input);
    const counsellor = await counsellorOf(site, b(input.counsellor_id), b(input.secret));
    const certificate = await parseCertificate(b(input.certificate));
    const statement = await parseStatement(b(input.statement));
    return { epoch_seed: encode(await openGrant(site, counsellor, certificate.id, statement, b(input.wrapped))) };
  },
};

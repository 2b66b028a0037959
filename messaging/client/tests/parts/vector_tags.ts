/** The vectors of PROTOCOL §4.6: which tags there must be, and what the person and one counsellor say of those that are there. */

import { encode } from "../../src/protocol/encoding.ts";
import { byId, checkCertificate } from "../../src/protocol/epochs.ts";
import { counsellorOf, inboxOf, inboxSecrets } from "../../src/protocol/keys.ts";
import { desksVouching, personsTagKeys, personsVouching, tagSecret, tagsOf } from "../../src/protocol/tags.ts";
import { parseEnvelope, parseStatement } from "../../src/protocol/wire.ts";
import { b, type Kinds, siteOf } from "./vector_keys.ts";

export const TAG_KINDS: Kinds = {
  tags: async (input) => {
    const site = await siteOf(input);
    const envelope = await parseEnvelope(b(input.envelope));
    const statement = await parseStatement(b(input.statement));
    const certificates = byId(await Promise.all(input.certificates.map(async (raw: string) => checkCertificate(site, b(raw)))));
    const inbox = await inboxOf(site, b(input.inbox_secret));
    const counsellor = await counsellorOf(site, b(input.counsellor_id), b(input.secret));
    const found = {
      person: await personsVouching(site, inbox)(envelope, statement, certificates),
      counsellor: await desksVouching(site, counsellor, b(input.tag_public), new Map())(envelope, statement, certificates),
    };
    const people = statement.roster.map((id) => certificates.get(encode(id)));
    if (people.includes(undefined)) return { ...found, keys: null, tags: null };
    const publics = people.map((person) => person!.tagPublic);
    const { tagging } = inboxSecrets(inbox);
    const secrets = statement.roster.map((id, place) => tagSecret(site, tagging, publics[place]!, envelope.conversation, statement, id));
    const keys = await personsTagKeys(site, inbox, envelope.conversation, statement, publics);
    return {
      ...found,
      keys: (await Promise.all(secrets)).map((secret) => (secret === null ? null : encode(secret))),
      tags: encode(await tagsOf(keys, envelope.header, envelope.ciphertext)),
    };
  },
};

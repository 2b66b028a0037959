/** The vectors of what a person keeps to finish later (PROTOCOL §4.7, §7.12). */

import { encode, join } from "../../src/protocol/encoding.ts";
import { openDraft } from "../../src/protocol/index.ts";
import { EMPTY, inboxIdOf, inboxOf } from "../../src/protocol/keys.ts";
import { kdf, secretKey } from "../../src/protocol/primitives.ts";
import { asked } from "../../src/protocol/proofs.ts";
import { signatureHolds, verifyingKey } from "../../src/protocol/signatures.ts";
import { b, type Kinds, siteOf } from "./vector_keys.ts";

export const DRAFT_KINDS: Kinds = {
  "person-draft": async (input) => {
    const site = await siteOf(input);
    const [secret, conversation] = [b(input.inbox_secret), b(input.conversation)];
    const inbox = await inboxOf(site, secret);
    const { text, route, terms, day } = await openDraft(site, inbox, input.draft, conversation);
    const salt = b(input.draft).slice(1, 17);
    const key = await kdf(await secretKey(secret), salt, "person-draft", join(EMPTY, site.site, inbox.inboxId, conversation));
    return { key: encode(key), text, route, terms, day };
  },

  "draft-proof": async (input) => {
    const { kem_public, sign_public, tag_public, challenge, proof } = input.body;
    const inboxId = await inboxIdOf(b(kem_public), b(sign_public), b(tag_public));
    const signed = join(asked(await siteOf(input), challenge), inboxId);
    return { holds: await signatureHolds(await verifyingKey(b(sign_public)), "person-draft", signed, b(proof)) };
  },
};

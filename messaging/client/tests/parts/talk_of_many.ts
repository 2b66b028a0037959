/** A thread of two hundred messages in the memory, for measurements. */

import { sealEnvelope } from "../../src/protocol/envelopes.ts";
import { checkCertificate } from "../../src/protocol/epochs.ts";
import { type Bytes, checkDesk, decode, encode, type InboxKeys, type OpenDesk } from "../../src/protocol/index.ts";
import { openAsPerson } from "../../src/protocol/openings.ts";
import { type Ack, write } from "../../src/protocol/plaintext.ts";
import { hashed, randomBytes } from "../../src/protocol/primitives.ts";
import { personsTagKeys } from "../../src/protocol/tags.ts";
import { TODAY, World } from "./world.ts";

export const EACH_WAY = 100;
export const text = "Thank you for writing. What you say here stays between us, and there is no hurry. ".repeat(8);

export interface Talk {
  readonly world: World;
  readonly inbox: InboxKeys;
  readonly desk: OpenDesk;
}

/** Two hundred messages of one epoch, with so many on its roster: each has a tag in what the person wrote. */
export async function talkOf(roster: number): Promise<Talk> {
  const world = await World.make();
  const ada = await world.hire("Ada", { keyHolder: true });
  const others = await Promise.all(Array.from({ length: roster - 1 }, (_, place) => world.hire(`Counsellor ${place}`)));
  await world.epoch(ada, [ada, ...others]);
  const inbox = await world.newcomer();
  const { statement, tagPublics } = await checkDesk(world.site, world.deskAnswer, TODAY);
  const { opening, secret } = await openAsPerson(world.site, inbox, { inboxId: inbox.inboxId, inboxKem: inbox.kemPublic, life: randomBytes(16), statement });
  const { conversation } = opening;
  const writer = { counsellor: ada.counsellor, certificateId: (await checkCertificate(world.site, decode(ada.certificate))).id };
  const tagKeys = await personsTagKeys(world.site, inbox, conversation, statement, tagPublics);
  const heads: Record<1 | 2, Ack> = { 1: { sequence: 0, hash: new Uint8Array(32) }, 2: { sequence: 0, hash: new Uint8Array(32) } };
  const envelopes: Bytes[] = [];
  for (let turn = 0; turn < EACH_WAY; turn++) {
    for (const direction of [1, 2] as const) {
      const other = direction === 1 ? 2 : 1;
      const sequence = heads[direction].sequence + 1;
      const content = direction === 1 && sequence === 1 ? ({ type: "intake", route: "self", terms: 1, text } as const) : ({ type: "text", text } as const);
      const place = { conversation, direction, epoch: 1, openingHash: opening.hash, sequence, previous: heads[direction].hash };
      const padded = write(content, heads[other], direction, sequence);
      const envelope = await sealEnvelope(world.site, secret, place, padded, direction === 2 ? writer : tagKeys);
      heads[direction] = { sequence, hash: await hashed("envelope", envelope) };
      envelopes.push(envelope);
    }
  }
  world.conversation = encode(conversation);
  world.opening = [encode(opening.raw)];
  world.envelopes = envelopes.map(encode);
  return { world, inbox, desk: await world.desk(ada) };
}

/** Opens a thread of 200 messages in a browser, as the person and as the desk, and writes into the page how long it took. */

import { sealEnvelope } from "../../src/protocol/envelopes.ts";
import { checkCertificate } from "../../src/protocol/epochs.ts";
import { type Bytes, checkDesk, decode, deriveInbox, encode, makeWords, readAsDesk, readAsPerson, sealFirst } from "../../src/protocol/index.ts";
import { openAsPerson } from "../../src/protocol/openings.ts";
import { type Ack, write } from "../../src/protocol/plaintext.ts";
import { hashed, randomBytes } from "../../src/protocol/primitives.ts";
import { personsTagKeys } from "../../src/protocol/tags.ts";
import { parseStatement } from "../../src/protocol/wire.ts";
import { TODAY, World } from "../parts/world.ts";

const EACH_WAY = 100;
const ROUNDS = 7;

const world = await World.make();
const ada = await world.hire("Ada", { keyHolder: true });
await world.epoch(ada, [ada]);
const inbox = await world.newcomer();
const statement = await parseStatement(decode(world.statements[0]!));
const { opening, secret } = await openAsPerson(world.site, inbox, { inboxId: inbox.inboxId, inboxKem: inbox.kemPublic, life: randomBytes(16), statement });
const { conversation } = opening;
const writer = { counsellor: ada.counsellor, certificateId: (await checkCertificate(world.site, decode(ada.certificate))).id };
const tagKeys = await personsTagKeys(world.site, inbox, conversation, statement, [ada.counsellor.tagPublic]);
const heads: Record<1 | 2, Ack> = { 1: { sequence: 0, hash: new Uint8Array(32) }, 2: { sequence: 0, hash: new Uint8Array(32) } };
const envelopes: Bytes[] = [];
const text = "Thank you for writing. What you say here stays between us, and there is no hurry. ".repeat(8);

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
const desk = await world.desk(ada);
const told = JSON.stringify(world.conversationAnswer);

async function timed(what: () => Promise<unknown>, rounds = ROUNDS): Promise<{ first: number; median: number }> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await what();
    times.push(performance.now() - start);
  }
  return { first: times[0]!, median: times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)]! };
}

const words = makeWords();
const numbers = {
  "the answer in bytes": told.length,
  "parsing its JSON": await timed(async () => JSON.parse(told)),
  "opening as the person": await timed(async () => {
    const { items } = await readAsPerson(world.site, inbox, JSON.parse(told), TODAY);
    if (items.length !== 2 * EACH_WAY || items.some(({ kind }) => kind === "warning")) throw new Error("the thread does not hold");
  }),
  "opening as the desk": await timed(() => readAsDesk(world.site, desk, JSON.parse(told), TODAY)),
  "sealing a first message": await timed(async () =>
    sealFirst(world.site, inbox, await checkDesk(world.site, world.deskAnswer, TODAY), { route: "self", terms: 1, text }),
  ),
  "the words' derivation": await timed(() => deriveInbox(world.site, words), 3),
};
const result = document.createElement("pre");
result.id = "result";
result.textContent = JSON.stringify(numbers);
document.body.append(result);

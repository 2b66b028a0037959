/** Opens a thread of 200 messages in a browser, as the person and as the desk, and writes into the page how long it took. */

import { type AgreementKey, agreedSecret, agreementKey } from "../../src/protocol/agreement.ts";
import { sealEnvelope } from "../../src/protocol/envelopes.ts";
import { checkCertificate } from "../../src/protocol/epochs.ts";
import {
  type Bytes,
  checkDesk,
  decode,
  deriveInbox,
  encode,
  type InboxKeys,
  makeWords,
  type OpenDesk,
  readAsDesk,
  readAsPerson,
  sealFirst,
  type Thread,
} from "../../src/protocol/index.ts";
import { openAsPerson } from "../../src/protocol/openings.ts";
import { type Ack, write } from "../../src/protocol/plaintext.ts";
import { hashed, randomBytes } from "../../src/protocol/primitives.ts";
import { forgetTags, personsTagKeys } from "../../src/protocol/tags.ts";
import { TODAY, World } from "../parts/world.ts";

const EACH_WAY = 100;
const ROUNDS = 7;
const text = "Thank you for writing. What you say here stays between us, and there is no hurry. ".repeat(8);

interface Talk {
  readonly world: World;
  readonly inbox: InboxKeys;
  readonly desk: OpenDesk;
}

/** Two hundred messages of one epoch, with so many on its roster: each has a tag in what the person wrote. */
async function talkOf(roster: number): Promise<Talk> {
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

async function timed(what: () => Promise<unknown>, rounds = ROUNDS): Promise<{ first: number; median: number }> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await what();
    times.push(performance.now() - start);
  }
  return { first: times[0]!, median: times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)]! };
}

async function numbersOf(roster: number): Promise<Record<string, { first: number; median: number }>> {
  const { world, inbox, desk } = await talkOf(roster);
  const told = JSON.stringify(world.conversationAnswer);
  // What is made once for a conversation counts the first time.
  forgetTags(inbox);
  const holds = ({ items }: Thread): void => {
    if (items.length !== 2 * EACH_WAY || items.some(({ kind }) => kind === "warning")) throw new Error("the thread does not hold");
  };
  return {
    [`as the person, ${roster} on the roster`]: await timed(async () => holds(await readAsPerson(world.site, inbox, JSON.parse(told), TODAY))),
    [`as the desk, ${roster}`]: await timed(async () => holds(await readAsDesk(world.site, desk, JSON.parse(told), TODAY))),
    [`sealing a first message, ${roster}`]: await timed(async () =>
      sealFirst(world.site, inbox, await checkDesk(world.site, world.deskAnswer, TODAY), { route: "self", terms: 1, text }),
    ),
  };
}

const site = (await World.make()).site;
const inbox = await (await World.make()).newcomer();
const [mine, theirs] = [await agreementKey(randomBytes(32)), await agreementKey(randomBytes(32), false)];
const sixtyFour = (key: AgreementKey): Promise<unknown> => Promise.all(Array.from({ length: 64 }, () => agreedSecret(key, inbox.tagPublic)));
const words = makeWords();
const numbers = {
  ...(await numbersOf(8)),
  ...(await numbersOf(64)),
  "64 agreements, by the browser": await timed(() => sixtyFour(mine.key)),
  "64 agreements, by the library": await timed(() => sixtyFour(theirs.key)),
  "the words' derivation": await timed(() => deriveInbox(site, words), 3),
};
const result = document.createElement("pre");
result.id = "result";
result.textContent = JSON.stringify(numbers);
document.body.append(result);

/** Opens a thread of 200 messages in a browser, as the person and as the desk, and writes into the page how long it took. */

import { type AgreementKey, agreedSecret, agreementKey } from "../../src/protocol/agreement.ts";
import { checkDesk, deriveInbox, makeWords, readAsDesk, readAsPerson, sealFirst, type Thread } from "../../src/protocol/index.ts";
import { randomBytes } from "../../src/protocol/primitives.ts";
import { forgetTags } from "../../src/protocol/tags.ts";
import { EACH_WAY, talkOf, text } from "../parts/talk_of_many.ts";
import { TODAY, World } from "../parts/world.ts";

const ROUNDS = 7;

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

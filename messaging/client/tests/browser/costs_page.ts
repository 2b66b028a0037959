/** What a person's and a counsellor's browser does, without the words' derivation, and how long it takes: for tests/bench/costs.py. */

import { checkDesk, readAsDesk, readAsPerson, sealFirst } from "../../src/protocol/index.ts";
import { forgetTags } from "../../src/protocol/tags.ts";
import { talkOf, text } from "../parts/talk_of_many.ts";
import { TODAY } from "../parts/world.ts";

const ROUNDS = 9;
const ROSTER = 8;

async function median(what: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await what();
    times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
}

const { world, inbox, desk } = await talkOf(ROSTER);
// What is made once for a conversation is made anew each time.
const fresh = <T>(what: () => T): T => {
  forgetTags(inbox);
  return what();
};
const whole = JSON.stringify(world.conversationAnswer);
const two = JSON.stringify({ ...world.conversationAnswer, envelopes: world.envelopes.slice(0, 2), days: world.conversationAnswer.days.slice(0, 2) });
const numbers = {
  "sealing a first message": await median(async () =>
    sealFirst(world.site, inbox, await checkDesk(world.site, world.deskAnswer, TODAY), { route: "self", terms: 1, text }),
  ),
  "opening a message and its reply, the person": await median(() => fresh(() => readAsPerson(world.site, inbox, JSON.parse(two), TODAY))),
  "opening a message and its reply, the desk": await median(() => readAsDesk(world.site, desk, JSON.parse(two), TODAY)),
  "opening 200 messages, the person": await median(() => fresh(() => readAsPerson(world.site, inbox, JSON.parse(whole), TODAY))),
  "opening 200 messages, the desk": await median(() => readAsDesk(world.site, desk, JSON.parse(whole), TODAY)),
};
const result = document.createElement("pre");
result.id = "result";
result.textContent = JSON.stringify(numbers);
document.body.append(result);

/** What wraps cost in a browser: making one as any HPKE library does and as Wrap does, opening one, and a desk that makes everybody's grants anew. */

import { Aes256Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";

import { checkDesk, openDesk, readAsDesk, readAsPerson, sealFirst, sealFromDesk, type Thread } from "../../src/protocol/index.ts";
import { isWrap, kemPublic, randomBytes, unwrap, wrap } from "../../src/protocol/primitives.ts";
import { type Person, TODAY, World } from "../parts/world.ts";

const ROUNDS = 15;
const suite = new CipherSuite({ kem: new XWing(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

async function timed(what: () => Promise<unknown>, rounds = ROUNDS): Promise<number> {
  await what();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await what();
    times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)]!;
}

const seed = randomBytes(32);
const [recipient, info, secret] = [await kemPublic(seed), randomBytes(100), randomBytes(32)];
const wrapped = await wrap(recipient, info, secret);

async function deskOf(people: number): Promise<() => Promise<unknown>> {
  const world = await World.make();
  const ada = await world.hire("Ada", { keyHolder: true });
  const others: Person[] = [];
  for (let place = 1; place < people; place++) others.push(await world.hire(`Colleague ${place}`));
  await world.epoch(ada, [ada, ...others]);
  const me = await world.me(ada);
  return async () => {
    const { troubles } = await openDesk(world.site, ada.counsellor, me, TODAY);
    if (troubles.length > 0) throw new Error(troubles.join());
  };
}

async function thread(): Promise<[() => Promise<unknown>, () => Promise<unknown>]> {
  const world = await World.make();
  const ada = await world.hire("Ada", { keyHolder: true });
  await world.epoch(ada, [ada]);
  await world.newcomer();
  await world.first(await sealFirst(world.site, world.inbox!, await checkDesk(world.site, world.deskAnswer, TODAY), { route: "self", terms: 1, text: "one" }));
  await world.epoch(ada, [ada], TODAY + 1);
  const desk = await world.desk(ada, TODAY + 1);
  const before = await readAsDesk(world.site, desk, world.conversationAnswer, TODAY + 1);
  world.send(await sealFromDesk(world.site, desk, before, { type: "text", text: "two" }));
  const asPerson = (): Promise<Thread> => readAsPerson(world.site, world.inbox!, world.inboxAnswer, TODAY + 1);
  const asDesk = (): Promise<Thread> => readAsDesk(world.site, desk, world.conversationAnswer, TODAY + 1);
  for (const once of [asPerson, asDesk]) if ((await once()).items.some(({ kind }) => kind === "warning")) throw new Error("the thread does not hold");
  return [asPerson, asDesk];
}

const [asPerson, asDesk] = await thread();
const numbers = {
  "a wrap, its 64 bytes drawn": await timed(async () => suite.seal({ recipientPublicKey: await suite.kem.deserializePublicKey(recipient), info }, secret)),
  "a wrap, made one way": await timed(() => wrap(recipient, info, secret)),
  "opening one": await timed(() => unwrap(seed, info, wrapped)),
  "opening one and making it anew": await timed(async () => isWrap(wrapped, recipient, info, await unwrap(seed, info, wrapped))),
  "a thread of two epochs, as the person": await timed(asPerson),
  "a thread of two epochs, as the desk": await timed(asDesk),
  "opening a desk of 1": await timed(await deskOf(1), 5),
  "opening a desk of 8": await timed(await deskOf(8), 5),
  "opening a desk of 64": await timed(await deskOf(64), 5),
};
const result = document.createElement("pre");
result.id = "result";
result.textContent = JSON.stringify(numbers);
document.body.append(result);

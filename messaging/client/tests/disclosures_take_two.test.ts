import assert from "node:assert/strict";
import { test } from "node:test";

import {
  BadChain,
  BadPlaintext,
  CannotOpen,
  type DisclosureLine,
  encode,
  type Message,
  ownChecks,
  type Proposal,
  readDisclosure,
  sealDecision,
  sealDisclosure,
  TooLong,
} from "../src/protocol/index.ts";
import { World } from "./parts/world.ts";

const CONVERSATION = encode(new Uint8Array(16).fill(7));
const PROPOSAL: Proposal = {
  reason: "harm-child",
  recipient: "police",
  telling: "risk",
  to: "Leith",
  why: "Both are there.",
  messages: [
    [2, 1],
    [1, 1],
  ],
};

function message(direction: 1 | 2, text: string): Message {
  const content = { type: "text" as const, text, ack: { sequence: 0, hash: new Uint8Array(32) }, route: null, terms: null, since: null, day: null };
  return { kind: "message", direction, sequence: 1, day: "2026-12-13", content, writer: null, unread: null, vouched: direction === 1 ? true : null };
}

/** Of the person's message and the reply, in their order. */
const CHECKS = [true, null];
const ITEMS = [message(1, "I am Jo"), message(2, "Are you safe?")];

async function proposed(): Promise<{ world: World; ada: Awaited<ReturnType<World["hire"]>>; ben: Awaited<ReturnType<World["hire"]>>; line: DisclosureLine }> {
  const world = await World.make();
  const ada = await world.hire("Ada", { keyHolder: true });
  const ben = await world.hire("Ben");
  await world.epoch(ada, [ada, ben]);
  const { note, ...codes } = await sealDisclosure(world.site, await world.desk(ada), CONVERSATION, PROPOSAL, ITEMS);
  const line = {
    id: "",
    state: "proposed",
    role: null,
    proposed_by: "Ada",
    decided_by: null,
    carried_by: null,
    told: false,
    expires_at: "",
    decision: null,
    note,
    ...codes,
  } as const;
  return { world, ada, ben, line };
}

test("the second person reads the text that was proposed, made from their own thread, and both read what was decided", async () => {
  const { world, ada, ben, line } = await proposed();
  assert.deepEqual(line.messages, [
    [1, 1],
    [2, 1],
  ]);
  const read = await readDisclosure(world.site, await world.desk(ben), CONVERSATION, line, world.certificates, ITEMS);
  assert.equal(read.proposer, "Ada");
  assert.match(
    read.text ?? "",
    /^> I am Jo\n\nMessage 1 from the helpline; had read nothing from the person; received, by the server's clock, on 2026-12-13\n> Are you safe\?\n$/m,
  );
  const decision = await sealDecision(world.site, await world.desk(ben), CONVERSATION, line.note ?? "", { agrees: true, text: "I agree", checks: CHECKS });
  const both = { ...line, decision };
  const after = await readDisclosure(world.site, await world.desk(ada), CONVERSATION, both, world.certificates, ITEMS);
  assert.deepEqual(after.decision, { agrees: true, text: "I agree", writer: "Ben", checks: CHECKS });
  const own = await sealDecision(world.site, await world.desk(ada), CONVERSATION, line.note ?? "", {
    agrees: true,
    text: "I agree with myself",
    checks: CHECKS,
  });
  assert.equal((await readDisclosure(world.site, await world.desk(ben), CONVERSATION, { ...line, decision: own }, world.certificates, ITEMS)).decision, null);
  const stranger = await world.hire("Cy");
  await assert.rejects(readDisclosure(world.site, await world.desk(stranger), CONVERSATION, line, world.certificates, ITEMS), CannotOpen);
});

test("what the server says beside is what is inside, and a thread that differs gives no text", async () => {
  const { world, ben, line } = await proposed();
  const desk = await world.desk(ben);
  const changes: Partial<DisclosureLine>[] = [{ reason: "harm-self" }, { recipient: "emergency" }, { telling: "told" }, { messages: [[1, 1]] }];
  for (const change of changes)
    await assert.rejects(readDisclosure(world.site, desk, CONVERSATION, { ...line, ...change }, world.certificates, ITEMS), BadChain);
  for (const items of [[message(1, "I am Joe"), ITEMS[1]!], [ITEMS[0]!], [...ITEMS].reverse()]) {
    assert.equal((await readDisclosure(world.site, desk, CONVERSATION, line, world.certificates, items)).text, null);
  }
});

test("nothing is sealed that a reader would refuse", async () => {
  const { world, ada } = await proposed();
  const desk = await world.desk(ada);
  const many = Array.from({ length: 51 }, (_, place) => ({ ...ITEMS[0]!, sequence: place + 1 }));
  const wrong: [Partial<Proposal>, typeof BadPlaintext | typeof BadChain | typeof TooLong, Message[]?][] = [
    [{ to: "Leith\nand others" }, BadPlaintext],
    [{ to: "x".repeat(201) }, BadPlaintext],
    [{ why: "\u3000" }, BadPlaintext],
    [{ messages: [] }, BadPlaintext],
    [{ messages: [[1, 2]] }, BadChain],
    [{ messages: many.map(({ sequence }) => [1, sequence] as const) }, BadPlaintext, many],
    [{ why: "x".repeat(9_000) }, TooLong],
  ];
  for (const [change, error, items] of wrong)
    await assert.rejects(sealDisclosure(world.site, desk, CONVERSATION, { ...PROPOSAL, ...change }, items ?? ITEMS), error);
  await assert.rejects(sealDecision(world.site, desk, CONVERSATION, encode(new Uint8Array(9_527)), { agrees: true, text: " ", checks: CHECKS }), BadPlaintext);
});

test("a tag that is true for one of the two and false for the other stops nothing, and the text says so", async () => {
  const { world, ada, ben, line } = await proposed();
  const doubtful = [{ ...ITEMS[0]!, vouched: false }, ITEMS[1]!];
  const failed = "[not vouched for: a check that the person wrote this message failed]";
  const bens = await world.desk(ben);
  const read = await readDisclosure(world.site, bens, CONVERSATION, line, world.certificates, doubtful);
  assert.deepEqual(read.checks, CHECKS);
  assert.ok(read.text?.includes(`2026-12-13\n${failed}\n> I am Jo\n`));
  const deciding = { agrees: true, text: "It is urgent", checks: ownChecks(line.messages, doubtful) };
  const both = { ...line, decision: await sealDecision(world.site, bens, CONVERSATION, line.note ?? "", deciding) };
  for (const [who, items] of [
    [await world.desk(ada), ITEMS],
    [bens, doubtful],
  ] as const) {
    const after = await readDisclosure(world.site, who, CONVERSATION, both, world.certificates, items);
    assert.equal(after.decision?.agrees, true);
    assert.equal(after.text, read.text);
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Bytes } from "../src/protocol/encoding.ts";
import { FIRST } from "../src/protocol/envelopes.ts";
import { checkCertificates } from "../src/protocol/epochs.ts";
import {
  addPasskeyVault,
  checkDesk,
  decode,
  encode,
  type InboxAnswer,
  openVault,
  ProtocolError,
  readAsDesk,
  readAsPerson,
  sealFirst,
  sealFromDesk,
} from "../src/protocol/index.ts";
import { randomBytes } from "../src/protocol/primitives.ts";
import { verifyingKey } from "../src/protocol/signatures.ts";
import { parseEnvelope, parseOpening, parseStatement } from "../src/protocol/wire.ts";
import { openEnvelope, readOpening } from "./parts/one_by_one.ts";
import { TODAY, World } from "./parts/world.ts";

const SECRET = "A sentence that nobody else may read";
const { HELPLINE_TESTS_BY_NIGHT } = process.env;
/** Between an envelope's header and its end: by day one byte in seven, each with another bit; by night each byte. */
const BY_NIGHT = HELPLINE_TESTS_BY_NIGHT === "1";
const STEP = BY_NIGHT ? 1 : 7;
/** In its thread, which is read whole each time: in the header, and after it. */
const [STEP_OF_HEADER, STEP_OF_REST] = BY_NIGHT ? [1, 61] : [4, 211];
const HEADER = 107;
const END = 200;

function flipped(text: string, place: number, bit: number): string {
  const bytes = decode(text);
  bytes[place]! ^= 1 << bit;
  return encode(bytes);
}

async function answered(): Promise<{ world: World; answer: InboxAnswer }> {
  const world = await World.make();
  const ada = await world.hire("Ada", { keyHolder: true });
  await world.epoch(ada, [ada]);
  const inbox = await world.newcomer();
  await world.first(await sealFirst(world.site, inbox, await checkDesk(world.site, world.deskAnswer, TODAY), { route: "self", terms: 1, text: SECRET }));
  const desk = await world.desk(ada);
  const thread = await readAsDesk(world.site, desk, world.conversationAnswer, TODAY);
  world.send(await sealFromDesk(world.site, desk, thread, { type: "text", text: SECRET }));
  return { world, answer: world.inboxAnswer };
}

/** Where a person's tags stand: they never stop reading, and what is wrong with them is shown (§4.6). */
const isTag = (place: number, byte: number): boolean => place === 0 && byte >= 8315 && byte < 9339;

const SIDES = [
  ["a person's", 0],
  ["a counsellor's", 1],
] as const;

for (const [whose, place] of SIDES) {
  test(`${whose} envelope with any byte flipped does not open`, async () => {
    const { world, answer } = await answered();
    const site = world.site;
    const statement = await parseStatement(decode(answer.statements[0]!));
    const certificates = await checkCertificates(
      site,
      answer.certificates.map((text) => decode(text)),
    );
    const opening = await parseOpening(decode(answer.openings[0]!));
    const persons = await verifyingKey(decode(answer.sign_public));
    const at = { inboxId: world.inbox!.inboxId, inboxKem: world.inbox!.kemPublic, conversation: decode(answer.conversation), persons };
    const secret = await readOpening(site, { inbox: world.inbox! }, opening, at, statement, certificates);
    const direction = (place + 1) as 1 | 2;
    const stands = { conversation: at.conversation, direction, epoch: 1, openingHash: opening.hash, ...FIRST };
    const open = async (raw: Bytes): Promise<unknown> => openEnvelope(site, secret, await parseEnvelope(raw), stands, 0, statement, certificates);
    const raw = decode(answer.envelopes[place]!);
    await open(raw);
    for (let byte = 0; byte < raw.length; byte += byte < HEADER || byte >= raw.length - END ? 1 : STEP) {
      if (isTag(place, byte)) continue;
      await assert.rejects(open(decode(flipped(answer.envelopes[place]!, byte, byte % 8))), ProtocolError, `byte ${byte}`);
    }
  });

  test(`${whose} envelope with a byte flipped is a warning in its thread, and no text of it is released but where a tag is wrong`, async () => {
    const { world, answer } = await answered();
    const good = await readAsPerson(world.site, world.inbox!, answer, TODAY);
    assert.equal(good.items.filter((item) => item.kind === "message").length, 2);
    for (let byte = 0; byte < decode(answer.envelopes[place]!).length; byte += byte < HEADER ? STEP_OF_HEADER : STEP_OF_REST) {
      const envelopes = answer.envelopes.with(place, flipped(answer.envelopes[place]!, byte, byte % 8));
      const thread = await readAsPerson(world.site, world.inbox!, { ...answer, envelopes }, TODAY);
      assert.ok(
        thread.items.some((item) => item.kind === "warning"),
        `byte ${byte}`,
      );
      const { items } = thread;
      if (isTag(place, byte)) {
        const [message, warning] = items;
        assert.ok(message?.kind === "message" && message.vouched === false && warning?.kind === "warning", `byte ${byte}`);
        assert.deepEqual([warning.warning, warning.direction, warning.sequence], ["not-vouched", 1, 1]);
        continue;
      }
      assert.ok(
        thread.items.every((item) => item.kind === "warning" || item.direction !== place + 1),
        `byte ${byte}`,
      );
    }
  });
}

test("an opening with any byte flipped opens nothing for the person but what they compute themselves", async () => {
  const { world, answer } = await answered();
  const size = decode(answer.openings[0]!).length;
  for (let at = 0; at < size; at += at < 80 ? STEP_OF_HEADER : BY_NIGHT ? 17 : 61) {
    const openings = [flipped(answer.openings[0]!, at, at % 8)];
    const thread = await readAsPerson(world.site, world.inbox!, { ...answer, openings }, TODAY);
    // Its hash is in every header: even a byte that the person does not use may not change.
    assert.deepEqual(
      thread.items.map(({ kind }) => kind),
      ["warning", "warning"],
      `byte ${at}`,
    );
  }
});

test("a vault record with any byte flipped does not open", async () => {
  const world = await World.make();
  const { counsellor } = await world.hire("Ada");
  const prf = randomBytes(32);
  const record = await addPasskeyVault(world.site, counsellor, prf);
  await openVault(world.site, counsellor.counsellorId, record, { prf });
  for (let at = 0; at < decode(record).length; at++) {
    await assert.rejects(openVault(world.site, counsellor.counsellorId, flipped(record, at, at % 8), { prf }), ProtocolError, `byte ${at}`);
  }
});

/** The vectors of writing (PROTOCOL §5.3): what of a body chance does not decide, and what a reader finds in it. */

import type { ConversationAnswer, InboxAnswer, MeAnswer } from "../../src/protocol/api_types.ts";
import { type Bytes, encode } from "../../src/protocol/encoding.ts";
import { checkDesk, openDesk, readAsDesk, readAsPerson, sealFirst, sealFromDesk, sealFromPerson, type Thread } from "../../src/protocol/index.ts";
import { counsellorOf, inboxOf } from "../../src/protocol/keys.ts";
import { parseEnvelope, parseOpening } from "../../src/protocol/wire.ts";
import { b, type Input, type Kinds, siteOf } from "./vector_keys.ts";
import { contentOf } from "./vector_messages.ts";

/** What the case says was drawn, in the order in which a writer needs it. */
function drawn(input: Input): (size: number) => Bytes {
  const kept = [input.life, input.secret, input.salt].filter((each) => each !== null).map(b);
  return (size) => {
    const found = kept.shift();
    if (found?.length !== size) throw new Error(`${size} bytes are drawn`);
    return found;
  };
}

type Body = { readonly opening: string | null; readonly envelope: string };

async function found(body: Body, answer: Input, read: (arrived: Input) => Promise<Thread>): Promise<Record<string, unknown>> {
  const openings = body.opening === null ? answer.openings : [...answer.openings, body.opening];
  const thread = await read({ ...answer, openings, envelopes: [...answer.envelopes, body.envelope], days: [...answer.days, "2026-11-24"] });
  const last = thread.items.filter((item) => item.kind === "message").at(-1)!;
  const { header, direction, sequence } = await parseEnvelope(b(body.envelope));
  if (last.direction !== direction || last.sequence !== sequence) throw new Error("it was not read");
  return { opening: body.opening, header: encode(header), content: contentOf(last.content) };
}

export const WRITING_KINDS: Kinds = {
  write: async (input) => {
    const site = await siteOf(input);
    const { reader, answer, today } = input;
    const content = Object.fromEntries(Object.entries(input.content as Input).filter(([, value]) => value !== null));
    if (reader.side === "person") {
      const inbox = await inboxOf(site, b(reader.inbox_secret));
      const read = (arrived: Input): Promise<Thread> => readAsPerson(site, inbox, arrived as unknown as InboxAnswer, today);
      const { type: _, ...said } = content;
      return found(await sealFromPerson(site, inbox, await read(answer), said as never, drawn(input)), answer, read);
    }
    const desk = await openDesk(site, await counsellorOf(site, b(reader.counsellor_id), b(reader.secret)), reader.me as MeAnswer, today);
    const read = (arrived: Input): Promise<Thread> => readAsDesk(site, desk, arrived as unknown as ConversationAnswer, today);
    return found(await sealFromDesk(site, desk, await read(answer), content as never, drawn(input)), answer, read);
  },

  "write-first": async (input) => {
    const site = await siteOf(input);
    const inbox = await inboxOf(site, b(input.inbox_secret));
    const desk = await checkDesk(site, input.answer, input.today);
    const body = await sealFirst(site, inbox, desk, input.content, drawn(input));
    const { statements, confirmations, certificates } = input.answer;
    const conversation = encode((await parseOpening(b(body.opening))).conversation);
    const empty = { ...body, conversation, statements, confirmations, certificates, openings: [], envelopes: [], days: [] };
    return found(body, empty, (arrived) => readAsPerson(site, inbox, arrived as unknown as InboxAnswer, input.today));
  },
};

/** The vectors of PROTOCOL §5.4: what is read again. */

import type { ConversationAnswer, DeskPublicKeysAnswer, InboxAnswer, MeAnswer } from "../../src/protocol/api_types.ts";
import { deskSecrets } from "../../src/protocol/desk.ts";
import {
  checkDesk,
  demandChainGoesOn,
  deskFollows,
  type OpenDesk,
  openDesk,
  readAsDesk,
  readAsPerson,
  type Seen,
  type Site,
  sameReaders,
  type Thread,
} from "../../src/protocol/index.ts";
import { counsellorOf, inboxOf } from "../../src/protocol/keys.ts";
import { b, type Input, type Kinds, siteOf } from "./vector_keys.ts";

type When = "before" | "after";

async function opened(site: Site, reader: Input, me: MeAnswer, today: number): Promise<OpenDesk> {
  return openDesk(site, await counsellorOf(site, b(reader.counsellor_id), b(reader.secret)), me, today);
}

export const AGAIN_KINDS: Kinds = {
  "thread-again": async (input) => {
    const site = await siteOf(input);
    const { reader } = input;
    const read = async (when: When, seen: Seen | null): Promise<Thread> => {
      const today: number = input[`${when}_today`];
      if (reader.side === "person") return readAsPerson(site, await inboxOf(site, b(reader.inbox_secret)), input[when] as InboxAnswer, today, seen);
      return readAsDesk(site, await opened(site, reader, reader.me, today), input[when] as ConversationAnswer, today, seen);
    };
    const thread = await read("after", (await read("before", null)).seen);
    return { messages: thread.items.length, desk: thread.desk?.epoch ?? null };
  },

  "desk-again": async (input) => {
    const site = await siteOf(input);
    const before = await checkDesk(site, input.before as DeskPublicKeysAnswer, input.before_today);
    const after = await checkDesk(site, input.after as DeskPublicKeysAnswer, input.after_today);
    return { follows: deskFollows(before, after), same_readers: sameReaders(before, after) };
  },

  "open-desk-again": async (input) => {
    const site = await siteOf(input);
    const before = await opened(site, input, input.before, input.before_today);
    const after = await opened(site, input, input.after, input.after_today);
    demandChainGoesOn(before, after);
    return { epochs: deskSecrets(after).chain.map(({ number }) => number), current: after.desk?.epoch ?? null };
  },
};

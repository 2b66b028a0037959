/** One request as JSON on standard input, its answer as JSON on standard output: for the tests that let Python and this client write to each other. */

import { readFileSync } from "node:fs";

import {
  type Counsellor,
  checkDesk,
  confirmEpoch,
  decode,
  encode,
  makeVault,
  openDesk,
  openEpoch,
  openSite,
  openVault,
  readAsDesk,
  readAsPerson,
  type Site,
  sealFirst,
  sealFromDesk,
  sealFromPerson,
  signFirst,
  signSession,
  type Thread,
} from "../../src/protocol/index.ts";
import { counsellorOf, inboxOf } from "../../src/protocol/keys.ts";
import { unwrap, wrap } from "../../src/protocol/primitives.ts";

const asked: any = JSON.parse(readFileSync(0, "utf8"));

function said(thread: Thread): unknown {
  return thread.items.map((item) =>
    item.kind === "message" ? [item.writer, item.content.type, item.content.text] : [item.warning, item.direction, item.sequence],
  );
}

async function answer(site: Site): Promise<unknown> {
  const inbox = async (): ReturnType<typeof inboxOf> => inboxOf(site, decode(asked.inbox_secret));
  const counsellor = (): Promise<Counsellor> => counsellorOf(site, decode(asked.me.counsellor_id), decode(asked.secret));
  const desk = async (): ReturnType<typeof openDesk> => openDesk(site, await counsellor(), asked.me, asked.today);
  switch (asked.do as string) {
    case "seal first":
      return sealFirst(site, await inbox(), await checkDesk(site, asked.desk, asked.today), asked.intake);
    case "sign first":
      return signFirst(site, await inbox(), asked.first, asked.challenge);
    case "sign a session":
      return signSession(site, await inbox(), asked.challenge);
    case "read as person":
      return said(await readAsPerson(site, await inbox(), asked.answer, asked.today));
    case "write as person": {
      const keys = await inbox();
      return sealFromPerson(site, keys, await readAsPerson(site, keys, asked.answer, asked.today), { text: asked.text });
    }
    case "read as desk":
      return said(await readAsDesk(site, await desk(), asked.answer, asked.today));
    case "write as desk": {
      const open = await desk();
      return sealFromDesk(site, open, await readAsDesk(site, open, asked.answer, asked.today), asked.content);
    }
    case "make a vault": {
      const made = await makeVault(site, decode(asked.counsellor_id), asked.passphrase);
      return { record: made.record, request: made.request };
    }
    case "open a vault": {
      const opened = await openVault(site, decode(asked.counsellor_id), asked.record, { passphrase: asked.passphrase });
      return { kem_public: encode(opened.kemPublic), sign_public: encode(opened.signPublic), tag_public: encode(opened.tagPublic) };
    }
    case "open an epoch":
      return openEpoch(site, await desk(), asked.candidates, asked.today, asked.days);
    case "confirm an epoch": {
      const open = await desk();
      return confirmEpoch(site, open, open.waiting[0]!);
    }
    case "wrap":
      return Promise.all(
        (asked.wraps as { public: string; info: string; secret: string }[]).map(async (each) =>
          encode(await wrap(decode(each.public), decode(each.info), decode(each.secret))),
        ),
      );
    case "unwrap":
      return Promise.all(
        (asked.wraps as { seed: string; info: string; wrapped: string }[]).map(async (each) =>
          encode(await unwrap(decode(each.seed), decode(each.info), decode(each.wrapped))),
        ),
      );
    case "troubles":
      return (await desk()).troubles;
    default:
      throw new Error(`nobody can ${String(asked.do)}`);
  }
}

process.stdout.write(JSON.stringify(await answer(await openSite(asked.root, asked.origin))));

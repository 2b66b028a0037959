import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, test } from "node:test";

import { DeskApi, PersonApi, Problem } from "../src/transport/index.ts";

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

type Answer = (response: ServerResponse, attempt: number) => void;
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server on the loopback that answers as told, and what it was asked. */
async function serving(answer: Answer): Promise<{ base: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      seen.push({ method: request.method!, url: request.url!, headers: request.headers, body: Buffer.concat(parts).toString() });
      answer(response, seen.length);
    });
  });
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, seen };
}

function json(status: number, body: unknown): Answer {
  return (response) => response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

const problem = (type: string, status: number, extra = {}): Answer => json(status, { type: `/problems/${type}`, title: "T", status, detail: "D", ...extra });
const refused =
  (type: string, status: number) =>
  (error: unknown): boolean =>
    error instanceof Problem && error.type === type && error.status === status;
const first = { kem_public: "a", sign_public: "b", tag_public: "g", opening: "c", envelope: "d", challenge: "f", proof: "e" };

const DESK = { statements: ["s"], confirmations: ["w"], certificates: ["c"], conversation_limit: 50, checkpoint: null };

test("a good answer is given as it is, and no cookie goes with the question", async () => {
  const { base, seen } = await serving(json(200, DESK));
  assert.deepEqual(await new PersonApi({ base }).deskPublicKeys(), DESK);
  assert.equal(seen[0]!.url, "/desk");
  assert.equal(seen[0]!.headers.cookie, undefined);
  assert.equal(seen[0]!.headers.referer, undefined);
});

test("the epochs are asked for from the one that a release names", async () => {
  const { base, seen } = await serving(json(200, DESK));
  await new PersonApi({ base }).deskPublicKeys(7);
  assert.equal(seen[0]!.url, "/desk?from=7");
});

for (const [what, body] of [
  ["a key is missing", { statement: "s", certificates: [] }],
  ["a key is not known", { ...DESK, more: 1 }],
  ["a value has another type", { ...DESK, certificates: [1] }],
  ["what is kept for later is there already", { ...DESK, checkpoint: "c" }],
  ["it is no object", ["s"]],
] as const) {
  test(`an answer in which ${what} is not taken`, async () => {
    const { base } = await serving(json(200, body));
    await assert.rejects(new PersonApi({ base }).deskPublicKeys(), refused("bad-answer", 200));
  });
}

const COLUMNS = [
  { name: "id", as: "set" },
  { name: "state", as: "text" },
  { name: "made_on", as: "date" },
  { name: "at", as: "instant" },
  { name: "count", as: "number" },
  { name: "key", as: "bytes" },
];
const ROW = [true, "waiting", "2026-11-25", "2026-11-25T12:00:00.25+00:00", 3, "AAEC"];

async function kept(...rows: readonly unknown[]): Promise<unknown> {
  const { base } = await serving((response, attempt) => {
    if (attempt === 1) json(201, { token: "t0ken" })(response, attempt);
    else json(200, { tables: [{ table: "inbox", columns: COLUMNS, rows }] })(response, attempt);
  });
  const api = new PersonApi({ base });
  await api.session({ inbox_id: "i", challenge: "c", signature: "s" });
  return api.storedData();
}

test("each value of what is kept is as its column says, or nothing", async () => {
  const nothing = [false, null, null, null, null, null];
  assert.deepEqual(await kept(ROW, nothing), { tables: [{ table: "inbox", columns: COLUMNS, rows: [ROW, nothing] }] });
});

for (const [place, wrong] of [
  [0, null],
  [0, 1],
  [1, 7],
  [2, "25 November"],
  [3, "2026-11-25T12:00:00Z"],
  [4, -1],
  [4, "3"],
  [5, "AA=="],
  [5, [0, 1]],
] as const) {
  test(`what is kept is not taken with ${JSON.stringify(wrong)} as ${COLUMNS[place]!.as}`, async () => {
    await assert.rejects(kept(ROW.with(place, wrong as string)), refused("bad-answer", 200));
  });
}

test("a row with too few or too many values is not taken", async () => {
  await assert.rejects(kept(ROW.slice(1)), refused("bad-answer", 200));
  await assert.rejects(kept([...ROW, "more"]), refused("bad-answer", 200));
  await assert.rejects(kept("row"), refused("bad-answer", 200));
});

test("an answer that is not JSON, and an error that is no problem document, are said to be bad", async () => {
  const page = await serving((response) => response.writeHead(200).end("<html>"));
  await assert.rejects(new PersonApi({ base: page.base }).deskPublicKeys(), refused("bad-answer", 200));
  const broken = await serving((response) => response.writeHead(500).end("<html>"));
  await assert.rejects(new PersonApi({ base: broken.base }).deskPublicKeys(), refused("bad-answer", 500));
});

test("a problem document becomes a Problem with what its type adds", async () => {
  const { base } = await serving(problem("conflict", 409, { head: { sequence: 3, hash: "h" } }));
  await assert.rejects(new PersonApi({ base }).firstMessage(first), (error) => {
    assert.ok(error instanceof Problem && error.sealAfresh && !error.passing);
    assert.deepEqual(error.extra.head, { sequence: 3, hash: "h" });
    return error.detail === "D";
  });
  const strange = await serving(problem("something-new", 418));
  await assert.rejects(new PersonApi({ base: strange.base }).deskPublicKeys(), refused("unknown", 418));
});

test("a message whose answer was lost is sent once more, as the very same bytes", async () => {
  const { base, seen } = await serving((response, attempt) => {
    if (attempt === 1) response.destroy();
    else json(200, { conversation: "c", sequence: 1, hash: "h", reply_by: null })(response, attempt);
  });
  assert.equal((await new PersonApi({ base }).firstMessage(first)).sequence, 1);
  assert.equal(seen.length, 2);
  assert.equal(seen[0]!.body, seen[1]!.body);
});

test("nothing is tried a third time, and what may not be done twice is not tried a second", async () => {
  const { base, seen } = await serving((response) => response.destroy());
  await assert.rejects(new PersonApi({ base }).deskPublicKeys(), refused("unreachable", 0));
  assert.equal(seen.length, 2);
  await assert.rejects(new DeskApi("token", { base }).claim("c"), refused("unreachable", 0));
  assert.equal(seen.length, 3);
});

test("a server that never answers is given up", async () => {
  const { base } = await serving(() => undefined);
  await assert.rejects(new PersonApi({ base, timeout: 50 }).deskPublicKeys(), refused("timed-out", 0));
});

test("the token goes with what needs it, and is gone once the server no longer knows it", async () => {
  const { base, seen } = await serving((response, attempt) => {
    if (attempt === 1) json(201, { token: "t0ken" })(response, attempt);
    else problem("session", 401)(response, attempt);
  });
  const api = new PersonApi({ base });
  await assert.rejects(api.inbox(), refused("session", 401));
  assert.equal(seen.length, 0);
  await api.session({ inbox_id: "i", challenge: "c", signature: "s" });
  assert.ok(api.hasSession);
  await assert.rejects(api.inbox(), refused("session", 401));
  assert.equal(seen[1]!.headers.authorization, "Bearer t0ken");
  assert.equal(api.hasSession, false);
});

test("the desk's CSRF token goes with what changes something, and a way to the sign-in page means signed out", async () => {
  const { base, seen } = await serving((response, attempt) => {
    if (attempt === 1) json(200, { state: "assigned", assigned_to: "Ada" })(response, attempt);
    else response.writeHead(302, { Location: "/desk/account/login/" }).end();
  });
  const api = new DeskApi("csrf-token", { base });
  assert.deepEqual(await api.claim("c"), { state: "assigned", assigned_to: "Ada" });
  assert.equal(seen[0]!.headers["x-csrftoken"], "csrf-token");
  await assert.rejects(api.me(), (error) => error instanceof Problem && error.type === "signed-out");
});

test("an answer that still stands is not sent again, and a new one takes its place", async () => {
  const none = { mine: [], answered: [], waiting: [], snoozed: [], closed: [], passed: [], disclosures: [], flagged: [] };
  const waiting = [
    {
      conversation: "c",
      state: "waiting",
      unread: 1,
      notes: 0,
      since: null,
      due: null,
      with: null,
      snoozed_until: null,
      flag: null,
      flag_by: null,
      flag_opened_by: null,
      flag_opened_at: null,
      handed_by: null,
      decide: false,
      why: "Nobody is on duty.",
    },
  ];
  const { base, seen } = await serving((response, attempt) => {
    if (attempt === 2) return void response.writeHead(304, { ETag: '"1"' }).end();
    const body = attempt === 1 ? none : { ...none, waiting };
    response.writeHead(200, { "Content-Type": "application/json", ETag: attempt === 1 ? '"1"' : '"2"' }).end(JSON.stringify(body));
  });
  const api = new DeskApi("csrf-token", { base });
  const looks = [await api.conversations(), await api.conversations(), await api.conversations(), await api.conversations()];
  assert.deepEqual(
    looks.map((look) => look.waiting.length),
    [0, 0, 1, 1],
  );
  assert.deepEqual(
    seen.map(({ headers }) => headers["if-none-match"]),
    [undefined, '"1"', '"1"', '"2"'],
  );
});

// Drives Firefox by WebDriver BiDi, without geckodriver: node firefox.ts <port>. Each line that it reads is JSON: {"open": "address"},
// {"run": "JavaScript for the page"} or {"end": true}. It answers each by a line of JSON, {"value": …} or {"error": "…"}.

import { createInterface } from "node:readline";

interface Asked { open?: string; run?: string; end?: boolean }

const socket = new WebSocket(`ws://127.0.0.1:${process.argv[2]}/session`);
const waiting = new Map<number, (answer: any) => void>();
let last = 0;

function ask(method: string, params: object): Promise<any> {
  const id = ++last;
  return new Promise((done, fail) => {
    waiting.set(id, (answer) => (answer.type === "error" ? fail(new Error(`${method}: ${answer.error}: ${answer.message}`)) : done(answer.result)));
    socket.send(JSON.stringify({ id, method, params }));
  });
}

async function take(context: string, { open, run, end }: Asked): Promise<unknown> {
  if (open !== undefined) await ask("browsingContext.navigate", { context, url: open, wait: "complete" });
  // Firefox writes its profile when it ends as it should.
  if (end) await ask("browser.close", {});
  if (run === undefined) return null;
  const answer = await ask("script.evaluate", { expression: run, target: { context }, awaitPromise: true, userActivation: true });
  if (answer.type !== "success") throw new Error(`${run}: ${answer.exceptionDetails?.text}`);
  return answer.result.value ?? null;
}

socket.addEventListener("message", ({ data }) => {
  const answer = JSON.parse(String(data));
  waiting.get(answer.id)?.(answer);
});
await new Promise((done, fail) => {
  socket.addEventListener("open", done);
  socket.addEventListener("error", () => fail(new Error("Firefox does not answer")));
});
await ask("session.new", { capabilities: {} });
const { contexts } = await ask("browsingContext.getTree", {});
for await (const line of createInterface({ input: process.stdin })) {
  const asked: Asked = JSON.parse(line);
  const answer = await take(contexts[0].context, asked).then((value) => ({ value }), (error) => ({ error: String(error) }));
  console.log(JSON.stringify(answer));
  if (asked.end) break;
}
socket.close();

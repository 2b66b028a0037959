// Drives one page of an old Chromium by its own protocol: node devtools.ts <address of the page>. It is asked and answers as firefox.ts is.

import { createInterface } from "node:readline";

interface Asked { open?: string; run?: string; end?: boolean }

const socket = new WebSocket(process.argv[2]!);
const waiting = new Map<number, (answer: any) => void>();
let loaded = (): void => undefined;
let last = 0;

function ask(method: string, params: object = {}): Promise<any> {
  const id = ++last;
  return new Promise((done, fail) => {
    waiting.set(id, (answer) => (answer.error ? fail(new Error(`${method}: ${answer.error.message}`)) : done(answer.result)));
    socket.send(JSON.stringify({ id, method, params }));
  });
}

async function take({ open, run }: Asked): Promise<unknown> {
  if (open !== undefined) {
    const whole = new Promise<void>((done) => (loaded = done));
    await ask("Page.navigate", { url: open });
    await whole;
  }
  if (run === undefined) return null;
  const { result, exceptionDetails } = await ask("Runtime.evaluate", { expression: run, awaitPromise: true, returnByValue: true, userGesture: true });
  if (exceptionDetails) throw new Error(`${run}: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
  return result.value ?? null;
}

socket.addEventListener("message", ({ data }) => {
  const answer = JSON.parse(String(data));
  if (answer.method === "Page.loadEventFired") loaded();
  waiting.get(answer.id)?.(answer);
});
await new Promise((done, fail) => {
  socket.addEventListener("open", done);
  socket.addEventListener("error", () => fail(new Error("Chromium does not answer")));
});
await ask("Page.enable");
for await (const line of createInterface({ input: process.stdin })) {
  const asked: Asked = JSON.parse(line);
  const answer = await take(asked).then((value) => ({ value }), (error) => ({ error: String(error) }));
  console.log(JSON.stringify(answer));
  if (asked.end) break;
}
socket.close();

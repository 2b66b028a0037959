// Drives Firefox by WebDriver BiDi, without geckodriver: node firefox.ts <port> <steps as JSON>. Each step is an address to open,
// {"run": "JavaScript"} in the page, or {"wait": "JavaScript that becomes true"}.

type Step = string | { run?: string; wait?: string };

const [, , port, given] = process.argv;
const steps: Step[] = JSON.parse(given ?? "[]");
const socket = new WebSocket(`ws://127.0.0.1:${port}/session`);
const waiting = new Map<number, (answer: any) => void>();
let last = 0;

function ask(method: string, params: object): Promise<any> {
  const id = ++last;
  return new Promise((done, fail) => {
    waiting.set(id, (answer) => (answer.type === "error" ? fail(new Error(`${method}: ${answer.error}: ${answer.message}`)) : done(answer.result)));
    socket.send(JSON.stringify({ id, method, params }));
  });
}

async function run(context: string, expression: string): Promise<any> {
  const answer = await ask("script.evaluate", { expression, target: { context }, awaitPromise: true, userActivation: true });
  if (answer.type !== "success") throw new Error(`${expression}: ${answer.exceptionDetails?.text}`);
  return answer.result.value;
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
const context: string = contexts[0].context;
const seen: unknown[] = [];
for (const step of steps) {
  if (typeof step === "string") await ask("browsingContext.navigate", { context, url: step, wait: "complete" });
  else if (step.run !== undefined) seen.push(await run(context, step.run));
  else {
    const until = Date.now() + 60_000;
    while (!(await run(context, `Boolean(${step.wait})`))) {
      if (Date.now() > until) throw new Error(`never true: ${step.wait}`);
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}
console.log(JSON.stringify(seen));
// Firefox writes its profile when it ends as it should.
await ask("browser.close", {});
socket.close();

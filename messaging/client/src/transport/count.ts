/** That someone goes on to write: one more in a day's sum. Nothing goes with it, nobody waits for it, and nothing depends on it. */
export function countStart(): void {
  const request: RequestInit = {
    method: "POST",
    credentials: "omit",
    cache: "no-store",
    redirect: "error",
    referrerPolicy: "no-referrer",
    keepalive: true,
  };
  fetch("/count", request).catch(() => undefined);
}

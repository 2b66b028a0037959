/** What every page says about phone and messages changes by itself when it stops being true: one timer. */

interface Said {
  readonly state: string;
  readonly headline: string;
  readonly detail: string;
  readonly brief: string;
  readonly taken: boolean;
}
interface Hours {
  readonly phone: Said;
  readonly messages: Said;
  readonly live: Said | null;
  readonly seconds: number;
}

const SLACK = 50;
// What nobody could foresee (a fault, a counsellor gone home) is seen after so long.
const LONGEST = 10 * 60;
// A page may have been long on its way, or lie in a browser that keeps it in spite of us: the first question is asked so much earlier.
const OLDEST_COPY = 60;

function isSaid(value: unknown): value is Said {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof Reflect.get(value, "taken") === "boolean" &&
    ["state", "headline", "detail", "brief"].every((key) => typeof Reflect.get(value, key) === "string")
  );
}

function isHours(value: unknown): value is Hours {
  return (
    typeof value === "object" &&
    value !== null &&
    isSaid(Reflect.get(value, "phone")) &&
    isSaid(Reflect.get(value, "messages")) &&
    (Reflect.get(value, "live") === null || isSaid(Reflect.get(value, "live"))) &&
    Number.isFinite(Reflect.get(value, "seconds"))
  );
}

/** Wherever the page tells of a channel: the bar, and the first page's own sections. */
function places(channel: string): Iterable<HTMLElement> {
  return document.querySelectorAll<HTMLElement>(`[data-channel="${channel}"], #${channel}[data-state]`);
}

function write(channel: "phone" | "messages" | "live", said: Said): void {
  const answers = said.state === "open" || said.state === "closing_soon";
  for (const place of places(channel)) {
    place.dataset.state = said.state;
    for (const what of ["headline", "detail", "brief"] as const) {
      const words = place.querySelector(`[data-said="${what}"]`);
      if (words !== null && words.textContent !== said[what]) words.textContent = said[what];
    }
    for (const action of place.querySelectorAll<HTMLElement>("[data-while]")) {
      const shown: Readonly<Record<string, boolean>> = { answered: answers, unanswered: !answers, taken: said.taken, untaken: !said.taken };
      action.hidden = shown[action.dataset.while ?? ""] === false;
    }
  }
}

/** Keeps the words true; when they cannot be asked for, takes them away rather than leave them standing. */
export function watchHours(bar: HTMLElement): void {
  const address = bar.dataset.hours ?? "/hours";
  let ends = 0;
  let timer = 0;
  const wait = (seconds: number): void => {
    const pause = Math.max(0, Math.min(LONGEST, seconds)) * 1000 + SLACK;
    ends = Date.now() + pause;
    window.clearTimeout(timer);
    timer = window.setTimeout(look, pause);
  };
  const look = async (): Promise<void> => {
    if (document.hidden) return;
    try {
      const answer = await fetch(address, { cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" });
      const hours: unknown = answer.ok ? await answer.json() : null;
      if (!isHours(hours)) throw new Error("no hours");
      write("phone", hours.phone);
      write("messages", hours.messages);
      if (hours.live !== null) write("live", hours.live);
      wait(hours.seconds);
    } catch {
      const { unsure = "", unsureHeadline = "", unsureDetail = "" } = bar.dataset;
      const said = { state: "unknown", headline: unsureHeadline, detail: unsureDetail, brief: unsure, taken: true };
      write("phone", said);
      write("messages", said);
      write("live", said);
      wait(60);
    }
  };
  // Nobody is asked for a page that nobody sees, and a timer sleeps while the device does: look again when it is seen again.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() >= ends) void look();
  });
  const seconds = Number(bar.dataset.hoursSeconds);
  wait((Number.isFinite(seconds) ? seconds : 0) - OLDEST_COPY);
}

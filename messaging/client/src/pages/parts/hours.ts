/** The first page's availability changes by itself when its words stop being true: one timer, no polling. */

interface Said { readonly state: string; readonly headline: string; readonly detail: string }
interface Hours { readonly phone: Said; readonly messages: Said; readonly seconds: number }

const SLACK = 500;
const LONGEST = 6 * 3600_000;

function isSaid(value: unknown): value is Said {
  return typeof value === "object" && value !== null && ["state", "headline", "detail"].every((key) => typeof Reflect.get(value, key) === "string");
}

function isHours(value: unknown): value is Hours {
  return typeof value === "object" && value !== null && isSaid(Reflect.get(value, "phone")) && isSaid(Reflect.get(value, "messages"))
    && Number.isSafeInteger(Reflect.get(value, "seconds"));
}

function write(place: HTMLElement, said: Said): void {
  place.dataset["state"] = said.state;
  for (const what of ["headline", "detail"] as const) {
    const words = place.querySelector(`[data-said="${what}"]`);
    if (words !== null && words.textContent !== said[what]) words.textContent = said[what];
  }
  const answers = said.state === "open" || said.state === "closing_soon";
  for (const action of place.querySelectorAll<HTMLElement>("[data-while]")) {
    action.hidden = (action.dataset["while"] === "answered") !== answers;
  }
}

/** Keeps the words true; when they cannot be asked for, takes them away rather than leave them standing. */
export function watchHours(places: { phone: HTMLElement | null; messages: HTMLElement | null }, seconds: number): void {
  let ends = 0;
  let timer = 0;
  const wait = (whole: number): void => {
    ends = Date.now() + whole * 1000 + SLACK;
    window.clearTimeout(timer);
    timer = window.setTimeout(look, Math.min(LONGEST, whole * 1000 + SLACK));
  };
  const look = async (): Promise<void> => {
    try {
      const answer = await fetch("/hours", { cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" });
      const hours: unknown = answer.ok ? await answer.json() : null;
      if (!isHours(hours)) throw new Error("no hours");
      if (places.phone !== null) write(places.phone, hours.phone);
      if (places.messages !== null) write(places.messages, hours.messages);
      wait(Math.max(1, hours.seconds));
    } catch {
      for (const place of Object.values(places)) if (place !== null) unsure(place);
      wait(60);
    }
  };
  // A timer sleeps while the device sleeps: look again when the page is seen again.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() >= ends) void look();
  });
  wait(seconds);
}

function unsure(place: HTMLElement): void {
  write(place, { state: "unknown", headline: "We cannot tell right now if anybody is here", detail: "You are not online, or the site is busy." });
}

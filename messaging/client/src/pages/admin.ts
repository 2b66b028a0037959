/** The form of a page, among the admin's: a recording is read here and sent in pieces, for no request of the service holds a file. */

import { part } from "./parts/dom.ts";

interface Upload {
  /** Where pieces go, below it, and where it is said that all are there. */
  readonly address: string;
  /** The fingerprint of the page's words, as the form shows them. */
  readonly words: string;
  /** Bytes. */
  readonly piece: number;
  readonly most: number;
}

const AGAIN = "The recording did not arrive. Nothing on the site has changed. Upload it again.";

class Refused extends Error {}

for (const place of document.querySelectorAll<HTMLElement>("[data-recording]")) offer(place);

function offer(place: HTMLElement): void {
  const chosen = part(place, "file", HTMLInputElement);
  const button = part(place, "send", HTMLButtonElement);
  const said = part(place, "said", HTMLElement);
  const { recording: address = "", words = "" } = place.dataset;
  const upload = { address, words, piece: Number(place.dataset.piece), most: Number(place.dataset.most) };
  button.addEventListener("click", () => {
    const file = chosen.files?.[0];
    if (file === undefined) said.textContent = "Choose a file first.";
    else if (file.size > upload.most) said.textContent = `This file is too large. A recording has at most ${upload.most / 1_000_000} MB.`;
    else void send(place, upload, file);
  });
  place.hidden = false;
}

async function send(place: HTMLElement, upload: Upload, file: File): Promise<void> {
  const button = part(place, "send", HTMLButtonElement);
  const said = part(place, "said", HTMLElement);
  const bar = part(place, "share", HTMLProgressElement);
  button.disabled = true;
  bar.hidden = false;
  said.textContent = "The recording is on its way. Stay on this page.";
  try {
    const { said: words, address } = await sendInPieces(upload, file, (share) => (bar.value = share));
    const listen = Object.assign(document.createElement("a"), { href: address, textContent: "Listen to it" });
    document.querySelector("[data-recording-said]")?.replaceChildren(`${words} `, listen);
    said.textContent = "The recording is on the site. Listen to all of it once.";
  } catch (error) {
    said.textContent = error instanceof Refused ? error.message : AGAIN;
  } finally {
    button.disabled = false;
    bar.hidden = true;
  }
}

/** Gives what the server says of the whole; throws Refused with its sentence, or what a lost connection throws. */
async function sendInPieces(upload: Upload, file: File, done: (share: number) => void): Promise<{ said: string; address: string }> {
  const sound = await file.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", sound));
  const whole = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  for (let number = 0, from = 0; from < sound.byteLength; number++, from += upload.piece) {
    const piece = sound.slice(from, from + upload.piece);
    const address = `${upload.address}/${whole}/${number}`;
    // Sent twice, a piece is there once.
    await post(address, piece).catch((error: unknown) => {
      if (error instanceof Refused) throw error;
      return post(address, piece);
    });
    done(Math.min(1, (from + upload.piece) / sound.byteLength));
  }
  const answer = await post(upload.address, new URLSearchParams({ whole, words: upload.words }));
  return (await answer.json()) as { said: string; address: string };
}

async function post(address: string, body: ArrayBuffer | URLSearchParams): Promise<Response> {
  const token = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
  const answer = await fetch(address, {
    method: "POST",
    headers: { "X-CSRFToken": token, ...(body instanceof ArrayBuffer ? { "Content-Type": "application/octet-stream" } : {}) },
    body,
    credentials: "same-origin",
    cache: "no-store",
    redirect: "manual",
  });
  if (answer.ok) return answer;
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403)
    throw new Refused("You are signed out. Sign in again in another tab, then press Upload again.");
  if (answer.status === 400) throw new Refused(((await answer.json()) as { said: string }).said);
  throw new Error(`${answer.status}`);
}

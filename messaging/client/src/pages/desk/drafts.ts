/**
 * What was typed or chosen at the desk and not sent: replies, notes, every other box, and every tick.
 *
 * A reply may be long, and whoever wrote it was only called to the telephone, or their browser fell over: it must not be lost. It may not be
 * readable in any storage either. So it is sealed under a key that only the vault gives (PROTOCOL §2.13), twice a second at most, and lies in
 * this tab's own storage, which a reload and a crash leave as it is, and which is gone with the tab.
 */

import { type Bytes, decode, encode } from "../../protocol/index.ts";
import { CHOSEN, type Keeping } from "./choices.ts";

const KEPT = "desk-drafts ";
/** What is kept is as long as the next step: its length says little. */
const STEP = 4_096;
/** In bytes before sealing; a reply has at most some thousands. */
const MOST = 1_000_000;
const EVERY = 500;
const NONCE = 12;
const WRITTEN_IN = "written-in ";
/** Keys that are no words of anyone's: bytes that may have arrived, choices, and which thread something was written in. */
const NO_WORDS = ["sealed-", CHOSEN, WRITTEN_IN];

/** Where a counsellor's drafts lie in this tab. */
function place(counsellorId: Bytes): string {
  return KEPT + encode(counsellorId);
}

/** From signing out until something is typed again: the page that goes away keeps nothing more. */
let isForgotten = false;

/** Whether this page's own button has ended its session: the server would refuse whatever is still told. */
export const hasSignedOut = (): boolean => isForgotten;

/** Takes all drafts out of this tab: whoever signs out leaves nothing, not even sealed. */
export function forgetDrafts(): void {
  isForgotten = true;
  for (const key of Object.keys(window.sessionStorage)) if (key.startsWith(KEPT)) window.sessionStorage.removeItem(key);
}

/** By what they are for and the conversation; the reply by the conversation alone. */
export class Drafts extends Map<string, string> {
  readonly #key: CryptoKey;
  readonly #place: string;
  #timer = 0;
  #locked = false;
  #turn = 0;
  readonly #gone = new Set<string>();
  /** Told when what is typed can be kept no more, or can again. */
  told: (isKept: boolean) => void = () => undefined;

  private constructor(key: CryptoKey, where: string, kept: readonly (readonly [string, string])[]) {
    super();
    this.#key = key;
    this.#place = where;
    for (const [what, text] of kept) super.set(what, text);
  }

  /** Whether something is kept in this tab for this counsellor, readable or not. */
  static areKept(counsellorId: Bytes): boolean {
    return window.sessionStorage.getItem(place(counsellorId)) !== null;
  }

  /** What was kept; nothing where there was nothing, or where another vault's key sealed it. */
  static async open(key: CryptoKey, counsellorId: Bytes): Promise<Drafts> {
    const where = place(counsellorId);
    return new Drafts(key, where, await opened(key, window.sessionStorage.getItem(where)));
  }

  override set(what: string, text: string): this {
    if (this.#gone.has(conversationOf(what))) return this;
    super.set(what, text);
    this.#changed();
    return this;
  }

  override delete(what: string): boolean {
    const was = super.delete(what);
    if (was) this.#changed();
    return was;
  }

  override clear(): void {
    super.clear();
    this.#changed();
  }

  /** Whether words, or bytes that may have arrived, would be lost with the tab: choices alone are no reason to ask. */
  get areWorthAsking(): boolean {
    return [...this.keys()].some((what) => !what.startsWith(CHOSEN) && !what.startsWith(WRITTEN_IN));
  }

  /** The conversations in which something was begun. */
  get begun(): Set<string> {
    const words = [...this.keys()].filter((what) => !NO_WORDS.some((start) => what.startsWith(start)));
    return new Set(words.map(conversationOf));
  }

  /** Keeps, or drops where there is nothing, what belongs to no conversation. */
  get keeping(): Keeping {
    return {
      draft: (what) => this.get(what) ?? "",
      drafted: (what, text) => void (text === "" ? this.delete(what) : this.set(what, text)),
    };
  }

  /** The conversation is gone, and with it whatever was written in it: from now on nothing of it is kept. */
  forget(conversation: string): void {
    this.#gone.add(conversation);
    for (const what of [...this.keys()]) if (conversationOf(what) === conversation) this.delete(what);
  }

  /** Keeps the last of it and forgets every word; nothing is kept that is typed after. */
  async lock(): Promise<void> {
    const keeping = this.keep();
    this.#locked = true;
    super.clear();
    await keeping;
  }

  /** Keeps it now. The words are taken at once, though the sealing ends later: the page may forget everything after the call. */
  async keep(): Promise<void> {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#locked || isForgotten) return;
    this.#turn += 1;
    const turn = this.#turn;
    if (this.size === 0) return window.sessionStorage.removeItem(this.#place);
    const text = new TextEncoder().encode(JSON.stringify([...this]));
    const padded = new Uint8Array(Math.ceil(text.length / STEP) * STEP).fill(0x20);
    padded.set(text);
    text.fill(0);
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
    try {
      if (padded.length > MOST) throw new RangeError("more than can be kept");
      const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, this.#key, padded));
      // A later one was quicker.
      if (turn !== this.#turn || isForgotten) return;
      window.sessionStorage.setItem(this.#place, `${encode(nonce)}.${encode(sealed)}`);
      this.told(true);
    } catch {
      // What was kept before stays: older words are better than none.
      this.told(false);
    } finally {
      padded.fill(0);
    }
  }

  #changed(): void {
    isForgotten = false;
    if (this.#locked || this.#timer !== 0) return;
    // The last word is never taken away later than it was typed: an empty desk keeps nothing, at once.
    if (this.size === 0) void this.keep();
    else this.#timer = window.setTimeout(() => void this.keep(), EVERY);
  }
}

function conversationOf(what: string): string {
  return what.slice(what.lastIndexOf(" ") + 1);
}

async function opened(key: CryptoKey, kept: string | null): Promise<[string, string][]> {
  const [nonce, sealed] = (kept ?? "").split(".");
  if (nonce === undefined || sealed === undefined) return [];
  try {
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: decode(nonce, NONCE) }, key, decode(sealed));
    return JSON.parse(new TextDecoder().decode(text)) as [string, string][];
  } catch {
    return [];
  }
}

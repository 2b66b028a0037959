/** Argon2id, PROTOCOL §1.3: by WebAssembly, and where there is none by what stands in, which takes longer and says how far it is. */

import { type Bytes, utf8 } from "./encoding.ts";
import { loadArgon2, loadStandIns } from "./scripts.ts";

/** How much of it is done, from 0 to 1. */
export type Progress = (done: number) => void;

/** A WebAssembly module with nothing in it. */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

let known: Promise<boolean> | null = null;

/** Whether there is WebAssembly for this page. Old browsers keep it from pages with a policy; Tor Browser's settings and phones in Lockdown Mode, from all. */
export function isQuick(): Promise<boolean> {
  known ??= Promise.resolve()
    .then(() => WebAssembly.compile(EMPTY_MODULE))
    .then(
      () => true,
      () => false,
    );
  return known;
}

/** Loads what `slow` needs, so that a page that was shown goes on without the network; throws NotLoaded. */
export async function prepareSlow(): Promise<void> {
  await ((await isQuick()) ? loadArgon2() : loadStandIns());
}

/** Slow(text, salt): 32 bytes; takes 64 MiB, and about half a second where it `isQuick`. Elsewhere `progress` is told. Throws NotLoaded. */
export async function slow(text: string, salt: Bytes, progress?: Progress): Promise<Bytes> {
  const password = utf8(text);
  try {
    return (await isQuick()) ? await (await loadArgon2()).argon2id(password, salt) : await (await loadStandIns()).argon2id(password, salt, progress);
  } finally {
    password.fill(0);
  }
}

/** About how many seconds `slow` takes here; 0 where it `isQuick`. Throws NotLoaded. */
export async function slowSeconds(): Promise<number> {
  return (await isQuick()) ? 0 : (await loadStandIns()).argon2idSeconds();
}

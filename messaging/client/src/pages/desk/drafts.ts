/**
 * Unsent replies of a locked desk.
 *
 * A reply may be long, and whoever wrote it was only called to the telephone: it must not be lost to the lock. It may not be readable
 * either, nor lie in any storage. So it is sealed under a key that only the vault gives, stays in this tab's memory, and is gone with the tab.
 */

import type { Bytes } from "../../protocol/index.ts";

export interface SealedDrafts {
  readonly nonce: Bytes;
  readonly sealed: Promise<ArrayBuffer>;
}

/** Null when nothing was begun. The text is taken at once, though the sealing ends later: the page may forget everything after the call. */
export function sealDrafts(key: CryptoKey, drafts: ReadonlyMap<string, string>): SealedDrafts | null {
  if (drafts.size === 0) return null;
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify([...drafts]));
  const sealed = crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, text).finally(() => text.fill(0));
  return { nonce, sealed };
}

/** The drafts again; none when there were none, or when they were another vault's. */
export async function openDrafts(key: CryptoKey, drafts: SealedDrafts | null): Promise<Map<string, string>> {
  if (drafts === null) return new Map();
  try {
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: drafts.nonce }, key, await drafts.sealed);
    return new Map(JSON.parse(new TextDecoder().decode(text)) as [string, string][]);
  } catch {
    return new Map();
  }
}

/** When a device or a page comes back: the network, the page before someone's eyes, a tab that the browser had frozen. */

export interface Waking {
  /** It may reach the service again. */
  readonly woke: () => void;
  /** The device says that it has no network. */
  readonly cut: () => void;
}

/** Returns what ends it. Where nothing of that kind is told, nothing is heard. */
export function hearWaking({ woke, cut }: Waking): () => void {
  if (typeof window === "undefined") return () => undefined;
  const seen = (): void => {
    if (!document.hidden) woke();
  };
  const heard = [
    [window, "online", woke],
    [window, "offline", cut],
    [window, "pageshow", woke],
    [document, "resume", woke],
    [document, "visibilitychange", seen],
  ] as const;
  for (const [where, what, then] of heard) where.addEventListener(what, then);
  return () => {
    for (const [where, what, then] of heard) where.removeEventListener(what, then);
  };
}

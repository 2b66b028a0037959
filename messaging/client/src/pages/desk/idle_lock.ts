/** Locks the desk when nobody is there: ten idle minutes, a machine that slept, a page that was left. */

const MINUTE = 60_000;
const WARN_AFTER = 9 * MINUTE;
const LOCK_AFTER = 10 * MINUTE;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "input"] as const;

export interface IdleLock {
  /** Stops watching; the desk is locked or gone. */
  stop(): void;
}

/** Calls `warn(true)` a minute before and `warn(false)` when someone is back; `lock` once, with whether the page is being left, and then stops. */
export function watchIdle(warn: (soon: boolean) => void, lock: (isLeft: boolean) => void): IdleLock {
  let last = Date.now();
  let warned = false;
  const alive = (): void => {
    // A sign of life after the time was up (the first touch after a sleep) comes too late.
    if (check()) return;
    last = Date.now();
    if (warned) {
      warned = false;
      warn(false);
    }
  };
  const check = (): boolean => {
    const idle = Date.now() - last;
    // A clock that was set back must not keep the desk open.
    if (idle >= LOCK_AFTER || idle < 0) {
      stop();
      lock(false);
      return true;
    }
    if (idle >= WARN_AFTER && !warned) {
      warned = true;
      warn(true);
    }
    return false;
  };
  const leave = (): void => {
    stop();
    lock(true);
  };
  // Timers stand still while the machine sleeps, so the wall clock is asked, and at once when the page is seen again.
  const timer = window.setInterval(check, 1_000);
  for (const sign of SIGNS) document.addEventListener(sign, alive, { capture: true, passive: true });
  document.addEventListener("visibilitychange", check);
  window.addEventListener("focus", check);
  // Also when the browser keeps the page to come back to: what it keeps is locked.
  window.addEventListener("pagehide", leave);
  const stop = (): void => {
    window.clearInterval(timer);
    for (const sign of SIGNS) document.removeEventListener(sign, alive, { capture: true });
    document.removeEventListener("visibilitychange", check);
    window.removeEventListener("focus", check);
    window.removeEventListener("pagehide", leave);
  };
  return { stop };
}

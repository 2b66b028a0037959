/** A script of its own: what a conversation has once it is open. It is loaded then, in the page's language, and brings nothing that signs or wraps. */

import { type LiveHost, LiveInbox } from "./live_inbox.ts";
import { Retention, type RetentionWays } from "./retention.ts";

export { tablesOf } from "./stored_data_table.ts";

export interface OpenedHost extends LiveHost, RetentionWays {}

/** What the page does with it. */
export interface Opened {
  /** The conversation was read and drawn again. */
  readonly drawn: () => void;
  /** When a message that is ready goes: with the next beat where both sides are live, else at once. */
  readonly nextBeat: () => Promise<void>;
  readonly forget: () => void;
}

export function begin(host: OpenedHost): Opened {
  const [live, retention] = [new LiveInbox(host), new Retention(host)];
  const drawn = (): void => {
    live.drawn();
    void retention.draw();
  };
  drawn();
  return {
    drawn,
    nextBeat: () => live.nextBeat(),
    forget: () => {
      live.stop();
      retention.forget();
    },
  };
}

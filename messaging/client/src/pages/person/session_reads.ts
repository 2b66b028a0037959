/** What a session reads. */

import type { InboxAnswer, PersonDraft, Thread } from "../../protocol/index.ts";

export interface KeptDraft {
  readonly draft: PersonDraft;
  readonly deletedOn: string;
}

export interface Read {
  readonly answer: InboxAnswer;
  readonly thread: Thread;
}

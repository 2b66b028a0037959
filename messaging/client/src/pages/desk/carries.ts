/** After a new epoch, whoever can read what the desk wrote before it carries its keys into it, for those who have joined since (PROTOCOL §6.2). */

import { type CarryBody, type OpenDesk, readSavedReplies, type SavedCarryBody } from "../../protocol/index.ts";
import { Problem } from "../../transport/index.ts";
import type { DeskPage } from "./page.ts";

/** Nothing is asked of anyone, and nothing waits for it: what fails here is done by the next desk that opens. */
export async function carrySaved(page: DeskPage, desk: OpenDesk): Promise<void> {
  // A colleague who was left out of an epoch hinders nobody who can read it.
  if (desk.desk === null || desk.troubles.some((trouble) => trouble !== "somebody-cannot-read")) return;
  try {
    const { carries } = await readSavedReplies(page.site, desk, await page.api.earlierReplies());
    await sendSavedCarries(page, carries);
  } catch {
    // Signed out, locked meanwhile, or out of reach.
  }
}

/** Those of saved replies, in their order; never throws. */
export async function sendSavedCarries(page: DeskPage, carries: readonly SavedCarryBody[]): Promise<void> {
  await sendAll(carries, (each) => page.api.carry(`saved-replies/${each.id}`, each.carry));
}

/** Those of the notes on a conversation, in their order; never throws. */
export async function sendNoteCarries(page: DeskPage, conversation: string, carries: readonly CarryBody[]): Promise<void> {
  await sendAll(carries, (each) => page.api.carry(`conversations/${conversation}/notes`, each.carry));
}

async function sendAll<T>(carries: readonly T[], send: (each: T) => Promise<void>): Promise<void> {
  try {
    for (const each of carries) await send(each).catch(unlessSettled);
  } catch {
    // The next desk that reads it does it.
  }
}

/** Someone has deleted it, or the epoch has changed meanwhile: there is nothing left to do for this one. */
function unlessSettled(error: unknown): void {
  if (!(error instanceof Problem) || (error.type !== "conflict" && error.type !== "not-found")) throw error;
}

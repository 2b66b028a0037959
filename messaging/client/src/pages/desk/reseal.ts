/** After a new epoch, what the desk saved under an earlier one is sealed again by whoever can read it, for those who have joined since (PROTOCOL §8.6). */

import { type OpenDesk, resealReplies } from "../../protocol/index.ts";
import { Problem } from "../../transport/index.ts";
import type { DeskPage } from "./page.ts";

/** Nothing is asked of anyone, and nothing waits for it: what fails here is done by the next desk that opens. */
export async function resealSaved(page: DeskPage, desk: OpenDesk): Promise<void> {
  // A colleague who was left out of an epoch hinders nobody who can read it.
  if (desk.desk === null || desk.troubles.some((trouble) => trouble !== "somebody-cannot-read")) return;
  try {
    for (const { id, ...body } of await resealReplies(page.site, desk, await page.api.earlierReplies())) {
      await page.api.resealReply(id, body).catch(unlessSettled);
    }
  } catch {
    // Signed out, locked meanwhile, or out of reach.
  }
}

/** Another desk was first, or someone has deleted it: then there is nothing left to do for this one. */
function unlessSettled(error: unknown): void {
  if (!(error instanceof Problem) || (error.type !== "taken" && error.type !== "not-found")) throw error;
}

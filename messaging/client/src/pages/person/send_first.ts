/** Sends a first message, signed over a challenge of its own for each try, or keeps it to be finished later (PROTOCOL §7.5, §7.12). */

import { type FirstMessageAnswer, type FirstMessageBody, type InboxKeys, type PersonDraft, type Site, sealDraft, signDraft } from "../../protocol/index.ts";
import { type PersonApi, Problem } from "../../transport/index.ts";

/** Throws Problem. A challenge that got too old on the way, behind the work that a loaded server asks for, is asked for once more. */
export async function sendFirst(api: PersonApi, sign: (challenge: string) => Promise<FirstMessageBody>): Promise<FirstMessageAnswer> {
  const signed = async (): Promise<FirstMessageAnswer> => api.firstMessage(await sign(await api.challenge()));
  try {
    return await signed();
  } catch (error) {
    if (error instanceof Problem && error.type === "bad-proof") return signed();
    throw error;
  }
}

/** Keeps what is begun for the person alone; the date on which it is deleted. Throws Problem. */
export async function keepFirst(api: PersonApi, site: Site, inbox: InboxKeys, draft: PersonDraft): Promise<string> {
  const sealed = await sealDraft(site, inbox, draft);
  return (await api.keepFirstDraft(await signDraft(site, inbox, sealed, await api.challenge()))).deleted_on;
}

/** Sends a first message, signed over a challenge of its own for each try (PROTOCOL §7.5). */

import type { FirstMessageAnswer, FirstMessageBody } from "../../protocol/index.ts";
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

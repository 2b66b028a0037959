/** The desk's interface, PROTOCOL §8: with the counsellor's signed-in session, and the CSRF token that the page passes in. */

import * as shapes from "../protocol/api_schemas.ts";
import type {
  Assignment,
  ColleaguesAnswer,
  ConversationAnswer,
  ConversationsAnswer,
  DisclosureBody,
  DisclosureState,
  DisclosuresAnswer,
  Doing,
  EnvelopeBody,
  FlagAnswer,
  FlagReason,
  FlagState,
  LiveTicketAnswer,
  NotesAnswer,
  PresenceAnswer,
  ReplyAnswer,
  SavedRepliesAnswer,
  Signals,
  TalksAnswer,
  WorkloadAnswer,
  WrapUpBody,
} from "../protocol/api_types.ts";
import { KeysApi } from "./desk_keys.ts";
import type { Seen } from "./http.ts";

export class DeskApi extends KeysApi {
  #lists: Seen<ConversationsAnswer> | null = null;

  /** §8.3: asked every few seconds; the very same answer again when nothing has changed. A locked desk says that it is: it shows nobody there. */
  conversations(locked = false): Promise<ConversationsAnswer> {
    return this.http.ask({
      method: "GET",
      path: locked ? "conversations?locked" : "conversations",
      shape: shapes.conversations,
      again: true,
      seen: this.#lists,
      tagged: (seen) => {
        this.#lists = seen;
      },
    });
  }

  /** §12: for the bell of this page, within so many milliseconds. */
  bellTicket(timeout: number): Promise<LiveTicketAnswer> {
    return this.post("live", {}, shapes.liveTicket, false, timeout);
  }

  /** §12: for the desk's side of one conversation, within so many milliseconds. */
  liveTicket(id: string, timeout: number): Promise<LiveTicketAnswer> {
    return this.post(`conversations/${id}/live`, {}, shapes.liveTicket, false, timeout);
  }

  /** §8.3; ids are base64url. */
  conversation(id: string): Promise<ConversationAnswer> {
    return this.get(`conversations/${id}`, shapes.conversation);
  }

  /** §8.3. A second call with the same body sends the same bytes, which the server takes as one reply. */
  send(id: string, body: EnvelopeBody): Promise<ReplyAnswer> {
    return this.post(`conversations/${id}/envelopes`, body, shapes.replied, true);
  }

  claim(id: string): Promise<Assignment> {
    return this.post(`conversations/${id}/claim`, {}, shapes.assignment, false);
  }

  release(id: string): Promise<Assignment> {
    return this.post(`conversations/${id}/release`, {}, shapes.assignment, false);
  }

  /** §8.3: with codes alone. Doing any of these twice is doing it once. */
  close(id: string, body: WrapUpBody): Promise<Assignment> {
    return this.post(`conversations/${id}/close`, body, shapes.assignment, true);
  }

  /** `next-opening`, `tomorrow` or a date; null wakes it. */
  snooze(id: string, until: string | null): Promise<{ snoozed_until: string | null }> {
    return this.post(`conversations/${id}/snooze`, { until }, shapes.snoozed, true);
  }

  /** §8.3: it stays mine until I have answered, whatever my shift does. */
  stayOn(id: string): Promise<{ kept_until: string | null }> {
    return this.post(`conversations/${id}/stay-on`, {}, shapes.keptOn, true);
  }

  handOver(id: string, to: string): Promise<Assignment> {
    return this.post(`conversations/${id}/hand-over`, { to }, shapes.assignment, true);
  }

  takeOver(id: string): Promise<Assignment> {
    return this.post(`conversations/${id}/take-over`, {}, shapes.assignment, true);
  }

  flag(id: string, reason: FlagReason | null): Promise<FlagAnswer> {
    return this.post(`conversations/${id}/flag`, { reason }, shapes.flagged, true);
  }

  /** §8.3: a lead has looked at a flag; only the first one counts. */
  openFlag(id: string): Promise<FlagState> {
    return this.post(`conversations/${id}/flag/opened`, {}, shapes.flagState, true);
  }

  /** §8.8 */
  signals(): Promise<Signals> {
    return this.get("signals", shapes.signals);
  }

  /** §8.8 */
  chooseSignals(chosen: Signals): Promise<Signals> {
    return this.post("signals", chosen, shapes.signals, true);
  }

  block(id: string, days: number | null): Promise<{ blocked_until: string | null }> {
    return this.post(`conversations/${id}/block`, { days }, shapes.blocked, false);
  }

  workload(): Promise<WorkloadAnswer> {
    return this.get("work", shapes.workload);
  }

  /** §8.8: how many at once from now on. */
  takeAtMost(number: number): Promise<WorkloadAnswer> {
    return this.post("work", { takes: number }, shapes.workload, true);
  }

  /** §8.8: away for so many minutes; 0 is being back. */
  pause(minutes: number): Promise<WorkloadAnswer> {
    return this.post("work/break", { minutes }, shapes.workload, true);
  }

  /** §8.10: asked every few seconds while the desk is unlocked; `here` counts me as there, to be offered a live talk. */
  talks(here: boolean): Promise<TalksAnswer> {
    return this.post("talks", { here }, shapes.talks, true);
  }

  /** §8.10: doing any of these twice is doing it once. */
  takeTalk(id: string): Promise<Assignment> {
    return this.post(`conversations/${id}/live/take`, {}, shapes.assignment, true);
  }

  async declineTalk(id: string): Promise<void> {
    await this.post(`conversations/${id}/live/decline`, {}, null, true);
  }

  async endTalk(id: string): Promise<void> {
    await this.post(`conversations/${id}/live/end`, {}, null, true);
  }

  colleagues(): Promise<ColleaguesAnswer> {
    return this.get("colleagues", shapes.colleagues);
  }

  /** §8.5 */
  notes(id: string): Promise<NotesAnswer> {
    return this.get(`conversations/${id}/notes`, shapes.notes);
  }

  /** §8.5. The same bytes again are one note. */
  async writeNote(id: string, note: string): Promise<void> {
    await this.post(`conversations/${id}/notes`, { note }, null, true);
  }

  /** §8.5, §8.6: `of` is `conversations/<id>/notes` or `saved-replies/<id>`. The same bytes again are one carry. */
  async carry(of: string, carry: string): Promise<void> {
    await this.post(`${of}/carries`, { carry }, null, true);
  }

  /** §8.9 */
  disclosures(id: string): Promise<DisclosuresAnswer> {
    return this.get(`conversations/${id}/disclosures`, shapes.disclosures);
  }

  /** §8.9, from `sealDisclosure`. The same sealed bytes again are one proposal. */
  async proposeDisclosure(id: string, body: DisclosureBody): Promise<void> {
    await this.post(`conversations/${id}/disclosures`, body, null, true);
  }

  /** §8.9: a step on the proposal of this hash; a decision with its sealed note. Doing it twice is doing it once. */
  stepDisclosure(id: string, step: "approve" | "refuse" | "withdraw" | "disclose", hash: string, decision: string | null): Promise<{ state: DisclosureState }> {
    return this.post(`disclosures/${id}`, { step, hash, decision }, shapes.disclosed, true);
  }

  /** §8.6 */
  savedReplies(): Promise<SavedRepliesAnswer> {
    return this.get("saved-replies", shapes.savedReplies);
  }

  /** §8.6: a new one, or one that takes the place of the one with its id. */
  async saveReply(note: string): Promise<void> {
    await this.post("saved-replies", { note }, null, true);
  }

  /** §8.6: those of an epoch before the current one, without a carry into it. */
  earlierReplies(): Promise<SavedRepliesAnswer> {
    return this.get("saved-replies/earlier", shapes.savedReplies);
  }

  /** §8.6 */
  async forgetReply(id: string): Promise<void> {
    await this.http.ask({ method: "DELETE", path: `saved-replies/${id}`, headers: { "X-CSRFToken": this.csrf }, shape: null, again: true });
  }

  /** §8.7 */
  async presence(id: string, doing: Doing): Promise<PresenceAnswer["others"]> {
    return (await this.post(`conversations/${id}/presence`, { doing }, shapes.presence, false)).others;
  }
}

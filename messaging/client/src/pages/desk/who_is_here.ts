/** Who else is at one conversation: colleagues who look at it or type into it, and the person. */

import type { ConversationAnswer, ReadNote, Thread } from "../../protocol/index.ts";
import { element } from "../parts/element.ts";
import type { PaneContext } from "./pane_context.ts";
import { PersonThere } from "./person_there.ts";
import { Presence } from "./presence.ts";
import type { Glance } from "./there_words.ts";
import { Whisper } from "./whisper.ts";

export class WhoIsHere {
  readonly place = element("div");
  readonly #colleagues: Presence;
  readonly #person: PersonThere;
  readonly #whisper = new Whisper();
  readonly #isTalk: () => boolean;

  #started = false;

  /** `isInSight`: whether the conversation stands where the counsellor sees it. */
  constructor(around: PaneContext, conversation: string, isInSight: () => boolean) {
    this.#colleagues = new Presence(around.page, conversation);
    this.#person = new PersonThere(around, conversation, isInSight);
    this.#isTalk = () => around.talks.has(conversation);
    this.place.append(this.#colleagues.place, this.#person.place, this.#whisper.place);
  }

  /** Colleagues see that it is looked at; again changes nothing. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#colleagues.start();
  }

  /** The person, in a few words. */
  glance(): Glance {
    return this.#person.glance();
  }

  /** Notes of colleagues that came just now: in a live talk they are seen at once. Whether they are. */
  whisper(fresh: readonly ReadNote[]): boolean {
    if (this.#isTalk()) this.#whisper.say(fresh);
    return this.#isTalk();
  }

  /** The thread was read. */
  fit(answer: ConversationAnswer, thread: Thread): void {
    this.#person.fit(answer, thread);
  }

  /** Something was typed into the reply. */
  typed(): void {
    this.#colleagues.typed();
    this.#person.typed();
  }

  /** When what is ready is to be sent. */
  nextBeat(): Promise<void> {
    return this.#person.nextBeat();
  }

  /** The person deleted the conversation. */
  gone(): void {
    this.#person.close();
  }

  close(): void {
    this.#colleagues.close();
    this.#person.close();
    this.#whisper.clear();
  }
}

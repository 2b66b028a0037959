/**
 * The conversations that stand open: one in front, which is written in, and every live talk that one has, whether it is on the screen or not.
 *
 * A talk that is not in front goes on: its line stands, so the person sees that someone is here, or away for a moment. On a wide screen it
 * stands beside the one in front. What is typed goes into the box in front alone, for no other box is on the page.
 */

import type { ConversationsAnswer } from "../../protocol/index.ts";
import { element } from "../parts/element.ts";
import { BackButton } from "./back_button.ts";
import { hasChanged, hasDisclosure, isMessageAlone, lineOf, shortName } from "./conversation_lines.ts";
import { ConversationPane } from "./conversation_pane.ts";
import type { PaneContext } from "./pane_context.ts";
import type { Glance } from "./there_words.ts";

/** What it asks of the desk around it. */
export interface PanesContext extends Omit<PaneContext, "back" | "front" | "next" | "gone" | "leaveNote"> {
  next(conversation: string): HTMLElement | null;
  gone(conversation: string): void;
  leaveNote(conversation: string): Promise<unknown>;
  /** What the lists are to show of it changed. */
  draw(): void;
  /** The server has given a conversation to this page as it is now. */
  given(conversation: string): void;
  /** Who else is here, looked up again. */
  lookAround(): Promise<void>;
  /** Moves the focus to a conversation in the lists. */
  focusList(conversation: string): void;
  /** Something that a screen reader says, and that stands beside the talks. */
  tell(words: string, isSeen: boolean): void;
}

export class OpenPanes {
  readonly place: HTMLElement;
  readonly #around: PanesContext;
  readonly #panes = new Map<string, ConversationPane>();
  readonly #deafen: () => void;
  readonly #backButton = new BackButton(
    () => this.back(),
    () => this.#last !== "" && void this.choose(this.#last),
  );
  /** After the last of them. */
  readonly #end = document.createComment("");
  #front: ConversationPane | null = null;
  #last = "";

  constructor(around: PanesContext, lists: HTMLElement) {
    this.#around = around;
    this.place = element("div", { class: "desk-split" }, lists);
    this.place.append(this.#end);
    this.#deafen = around.talks.listen(() => this.#settle());
  }

  /** The one that is written in. */
  get front(): ConversationPane | null {
    return this.#front;
  }

  /** Whether one of them could not be read the last time. */
  get hasFailed(): boolean {
    return [...this.#panes.values()].some((pane) => pane.hasFailed);
  }

  get(conversation: string): ConversationPane | undefined {
    return this.#panes.get(conversation);
  }

  /** A live talk of one's own, in a few words; null while it is not open here. */
  glance(conversation: string): Glance | null {
    return this.#panes.get(conversation)?.glance() ?? null;
  }

  /** Opens the conversation in front, with the focus on its heading. */
  async choose(conversation: string): Promise<void> {
    const open = this.#panes.get(conversation);
    const pane = open ?? this.#made(conversation);
    [this.#front, this.#last] = [pane, conversation];
    this.#backButton.opened();
    this.#settle();
    this.#around.draw();
    if (open === undefined) await this.#around.lookAround();
    await pane.open(open !== undefined);
    this.#around.given(conversation);
    this.#around.draw();
  }

  /** From one live talk to the next, and into its reply; false where there is no other. */
  turn(): boolean {
    const talks = this.#around.talks.all;
    const at = talks.indexOf(this.#front?.conversation ?? "");
    const next = talks[(at + 1) % talks.length];
    if (next === undefined || next === this.#front?.conversation) return false;
    void this.#write(next);
    return true;
  }

  back(): void {
    if (this.#front === null) return;
    const { conversation } = this.#front;
    this.#front = null;
    this.#backButton.closed();
    this.#settle();
    this.#around.draw();
    this.#around.focusList(conversation);
  }

  /** The lists were looked at: what they show to be new is read, in whichever conversation that is open. */
  async took(before: ConversationsAnswer | null, after: ConversationsAnswer): Promise<void> {
    await Promise.all([...this.#panes.values()].map((pane) => this.#refreshed(pane, before, after)));
  }

  close(): void {
    this.#deafen();
    this.#backButton.stop();
    for (const pane of this.#panes.values()) pane.close();
    this.#panes.clear();
    this.#front = null;
  }

  async #refreshed(pane: ConversationPane, before: ConversationsAnswer | null, after: ConversationsAnswer): Promise<void> {
    const { conversation } = pane;
    if (hasDisclosure(before, conversation) || hasDisclosure(after, conversation)) await pane.lookAtDisclosures();
    const [earlier, line] = [lineOf(before, conversation), lineOf(after, conversation)];
    if (!hasChanged(earlier, line) && !(pane.hasFailed && line !== null)) return;
    await pane.refresh(isMessageAlone(earlier, line));
    if ((line?.unread ?? 0) > 0 && pane !== this.#front)
      this.#around.tell(`There is a new message in the live talk ${shortName(conversation)}.`, pane.stand.isInSight());
    this.#around.given(conversation);
    this.#around.draw();
  }

  #made(conversation: string): ConversationPane {
    const around = this.#around;
    const pane = new ConversationPane(
      {
        ...around,
        back: () => this.back(),
        front: () => void this.#write(conversation),
        next: () => around.next(conversation),
        gone: () => around.gone(conversation),
        leaveNote: () => around.leaveNote(conversation),
      },
      conversation,
    );
    this.#panes.set(conversation, pane);
    return pane;
  }

  /** Into its reply, or where it has none to its heading. The focus moves at once: what is typed from now on is typed there. */
  async #write(conversation: string): Promise<void> {
    const chosen = this.choose(conversation);
    const pane = this.#front;
    pane?.focusReply();
    await chosen;
  }

  /** Each talk of one's own is open, and no conversation besides them but the one in front. */
  #settle(): void {
    const { talks } = this.#around;
    for (const [conversation, pane] of this.#panes) {
      if (pane === this.#front || talks.has(conversation)) continue;
      this.#panes.delete(conversation);
      pane.stand.place.remove();
      pane.close();
    }
    for (const conversation of talks.all) {
      if (this.#panes.has(conversation)) continue;
      const pane = this.#made(conversation);
      pane.stand.stands("away");
      void pane.refresh().then(() => this.#around.given(conversation));
    }
    this.#arrange();
  }

  /** Two talks keep their order, whichever is in front. */
  #arrange(): void {
    const front = this.#front;
    const { talks } = this.#around;
    const beside = front !== null && talks.has(front.conversation) ? talks.all.find((one) => one !== front.conversation) : undefined;
    const shown = talks.all.filter((one) => one === beside || one === front?.conversation);
    if (front !== null && !shown.includes(front.conversation)) shown.push(front.conversation);
    for (const [conversation, pane] of this.#panes) {
      pane.stand.stands(pane === front ? "front" : conversation === beside ? "beside" : "away");
      if (!shown.includes(conversation)) pane.stand.place.remove();
    }
    const places = shown.map((one) => this.#panes.get(one)?.stand.place).filter((one) => one !== undefined);
    const [first, second] = places;
    // Whatever stands where it belongs is not moved: the focus would be lost.
    if (first !== undefined && !first.isConnected) (second?.isConnected ? second : this.#end).before(first);
    if (second !== undefined && first?.nextSibling !== second) first?.after(second);
    this.place.classList.toggle("desk-split--chosen", front !== null);
    this.place.classList.toggle("desk-split--two", beside !== undefined);
    for (const pane of this.#panes.values()) pane.stand.showNewest();
  }
}

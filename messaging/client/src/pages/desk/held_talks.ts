/** Which conversations one has a live talk in, as the server said last; what is on the screen hears when that changes. */
export class HeldTalks {
  #conversations: readonly string[] = [];
  readonly #listeners = new Set<() => void>();

  /** In the order in which they were asked for. */
  get all(): readonly string[] {
    return this.#conversations;
  }

  get size(): number {
    return this.#conversations.length;
  }

  has(conversation: string): boolean {
    return this.#conversations.includes(conversation);
  }

  /** Takes what the server says now; whether it is something else than before. */
  are(conversations: readonly string[]): boolean {
    if (String(this.#conversations) === String(conversations)) return false;
    this.#conversations = conversations;
    for (const listener of [...this.#listeners]) listener();
    return true;
  }

  /** Returns what ends it. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

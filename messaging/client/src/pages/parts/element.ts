/** Builds parts of the page out of elements and text: nothing is ever parsed as HTML. */

export type Child = Node | string | null | false | undefined;
export type Attributes = Readonly<Record<string, string | boolean | number | null | undefined>>;

/** A new element with attributes (true is an empty one; false, null and undefined are none) and children. */
export function element<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== null && child !== undefined && child !== false) made.append(child);
  return made;
}

/** Rows of the server's tables as parts of the page: each column by its name, with its value and what it is for. */

import { decode } from "../../protocol/encoding.ts";
import type { StoredAs, StoredDataAnswer, StoredTable } from "../../protocol/index.ts";
import { element } from "../parts/element.ts";
import { gettext, languages } from "../parts/gettext.ts";

/** So many bytes are shown at once; of more only the first ones, and the others when they are asked for. */
const AT_ONCE = 32;
const FIRST = 8;

type Value = StoredTable["rows"][number][number];

/** Bytes as pairs of hexadecimal digits. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

/** Every table, with the sentences that `about` (parts/kept_columns.html) has for it; throws Malformed for bytes that are none. */
export function tablesOf(answer: StoredDataAnswer, about: ParentNode): HTMLElement[] {
  return answer.tables.map((table, index) => {
    const words = [...about.querySelectorAll<HTMLElement>("[data-table]")].find((one) => one.dataset.table === table.table) ?? null;
    const section = element("section", { class: "kept-table" });
    const heading = element("h2", {}, words?.querySelector("h3")?.textContent ?? table.table);
    heading.id = `rows-${index}`;
    section.setAttribute("aria-labelledby", heading.id);
    section.dataset.rows = table.table;
    section.append(heading);
    const purpose = words?.querySelector("[data-purpose]")?.textContent ?? "";
    if (purpose !== "") section.append(element("p", {}, purpose));
    if (table.rows.length === 0 && words?.dataset.keptBack === undefined) section.append(element("p", {}, gettext("There are no rows at the moment.")));
    section.append(...table.rows.map((_, place) => rowOf(table, place, words)));
    return section;
  });
}

function rowOf(table: StoredTable, place: number, words: HTMLElement | null): HTMLElement {
  const columns = element("dl", { class: "kept" });
  table.columns.forEach(({ name, as }, index) => {
    const value = table.rows[place]?.[index];
    const line = element("div");
    const term = element("dt");
    term.append(untranslated("code", name));
    line.append(term, valuePart(name, value ?? null, as));
    const sentence = [...(words?.querySelectorAll<HTMLElement>("[data-column]") ?? [])].find((one) => one.dataset.column === name);
    line.append(element("dd", { class: "quiet" }, sentence?.textContent ?? gettext("This page does not yet know what this is for.")));
    columns.append(line);
  });
  if (table.rows.length === 1) return columns;
  const row = element("details", { class: "kept-row" });
  row.append(element("summary", {}, gettext("Row {number} of {count}", { number: place + 1, count: table.rows.length })), columns);
  return row;
}

function valuePart(name: string, value: Value, as: StoredAs): HTMLElement {
  const place = element("dd", { class: "kept__value" });
  if (as === "set") place.textContent = value === true ? gettext("Set, not shown") : gettext("Not set");
  else if (value === null) place.textContent = gettext("Nothing");
  else if (as === "bytes") place.append(...bytesOf(name, decode(String(value))));
  else place.append(untranslated("code", as === "instant" ? String(value).replace("T", " ").replace("+00:00", " UTC") : String(value)));
  return place;
}

function bytesOf(name: string, bytes: Uint8Array): HTMLElement[] {
  const size = gettext("{count} bytes", { count: bytes.length.toLocaleString(languages()) });
  const line = element("p");
  if (bytes.length <= AT_ONCE) {
    line.append(`${size}: `, untranslated("code", hex(bytes)));
    return [line];
  }
  line.append(`${gettext("{size}. They begin with:", { size })} `, untranslated("code", `${hex(bytes.subarray(0, FIRST))} …`));
  const whole = element("details");
  const all = untranslated("pre", "");
  // It scrolls by itself, so the keyboard must reach it.
  all.tabIndex = 0;
  all.setAttribute("role", "region");
  all.setAttribute("aria-label", gettext("All of {name}", { name }));
  whole.append(element("summary", {}, gettext("Show all of it")), all);
  whole.addEventListener("toggle", () => {
    all.textContent = whole.open ? hex(bytes) : "";
  });
  return [line, whole];
}

function untranslated<K extends keyof HTMLElementTagNameMap>(tag: K, text: string): HTMLElementTagNameMap[K] {
  const made = element(tag, {}, text);
  made.translate = false;
  return made;
}

/** What `manage.py keys` made on a machine of its own, brought to the desk as files; and what that machine needs from here. */

import { ROOT } from "#installation";
import { type EpochBody, encode } from "../../protocol/index.ts";
import { type Child, element } from "../parts/element.ts";
import { busy, button, Status } from "./dom.ts";
import { failureWords } from "./messages_for_errors.ts";
import type { DeskPage } from "./page.ts";

// A statement of 64 with grants of seventy epochs for each is 7 MB.
const LARGEST = 8_000_000;
const UNKNOWN = "The keys command did not write this file. Choose another one.";

/** For a key-holder: the files that the next epoch is made from, and the way back for what was made. */
export function importEpoch(send: (body: EpochBody) => Promise<void>): HTMLElement {
  const status = new Status();
  const file = fileInput("epoch-file", ".json,application/json");
  const bring = button("Upload this epoch", "secondary", () => {
    void busy(bring, "Uploading…", async () => {
      const text = await chosen(file);
      if (text === null) return status.warn("Choose the file first.");
      try {
        await send(epochIn(text));
        window.location.reload();
      } catch (error) {
        status.warn(error instanceof SyntaxError ? UNKNOWN : failureWords("The epoch was not accepted", error));
      }
    });
  });
  return details(
    "I open epochs on another machine",
    element(
      "p",
      {},
      "Take two files there: ",
      saved("me", "me.json"),
      " with your vault, still locked, and all epochs so far; and ",
      saved("epochs", "candidates.json"),
      " with everyone’s certificates. Run there:",
    ),
    command("keys epoch --root-public", ROOT, "--from-server me.json --certificates candidates.json --days 14 --out epoch.json"),
    element("div", { class: "govuk-form-group" }, element("label", { class: "govuk-label", for: file.id }, "The epoch file it wrote"), file),
    bring,
    status.place,
  );
}

/** For a counsellor who makes the vault away from the browser; `done` draws the page anew. */
export function importVault(page: DeskPage, done: () => Promise<void>): HTMLElement {
  const status = new Status();
  const vault = fileInput("vault-file", "");
  const request = fileInput("request-file", "");
  const bring = button("Upload this vault", "secondary", () => {
    void busy(bring, "Uploading…", async () => {
      const [record, asked] = [await chosen(vault), await chosen(request)];
      if (record === null || asked === null) return status.warn("Choose both files first.");
      try {
        await page.api.vault(record.trim(), asked.trim());
        await done();
      } catch (error) {
        status.warn(failureWords("The vault was not accepted", error));
      }
    });
  });
  return details(
    "I make my vault on another machine",
    element("p", {}, "Run there:"),
    command("keys vault --root-public", ROOT, "--counsellor-id", encode(page.counsellorId), "--out vault --request-out request"),
    element("div", { class: "govuk-form-group" }, element("label", { class: "govuk-label", for: vault.id }, "The vault file it wrote"), vault),
    element("div", { class: "govuk-form-group" }, element("label", { class: "govuk-label", for: request.id }, "The request file it wrote"), request),
    bring,
    status.place,
  );
}

function details(summary: string, ...children: readonly Child[]): HTMLElement {
  return element(
    "details",
    { class: "govuk-details" },
    element("summary", { class: "govuk-details__summary" }, element("span", { class: "govuk-details__summary-text" }, summary)),
    element("div", { class: "govuk-details__text" }, ...children),
  );
}

/** A link that saves an answer of the desk's interface as a file. */
function saved(address: string, name: string): HTMLElement {
  return element("a", { class: "govuk-link", href: `/desk/api/${address}`, download: name }, name);
}

function command(...words: readonly string[]): HTMLElement {
  return element("p", {}, element("code", { class: "desk-code" }, `manage.py ${words.join(" ")}`));
}

function fileInput(id: string, accept: string): HTMLInputElement {
  return element("input", { id, class: "govuk-file-upload", type: "file", accept: accept === "" ? null : accept });
}

async function chosen(input: HTMLInputElement): Promise<string | null> {
  const file = input.files?.[0];
  if (file === undefined) return null;
  return file.size > LARGEST ? "" : file.text();
}

function epochIn(text: string): EpochBody {
  const body: unknown = JSON.parse(text);
  if (typeof body !== "object" || body === null || !("statement" in body) || !("grants" in body)) throw new SyntaxError("not an epoch");
  return { statement: body.statement, grants: body.grants } as EpochBody;
}

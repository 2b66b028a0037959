/** What the account's pages need of a script: passkeys, files read into a text field, and the focus on what to mend. */

import { askPasskey, createPasskey, errorName, hasPasskeys, wasCancelled } from "./webauthn.ts";

type Options = Parameters<typeof askPasskey>[0];

/** Forms marked data-passkey: the credential goes into the hidden field, and the form is sent. */
export function watchPasskeys(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    if (!hasPasskeys()) {
      for (const words of document.querySelectorAll<HTMLElement>("[data-passkey-none]")) words.hidden = false;
      continue;
    }
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void submitWithPasskey(form);
    });
  }
}

async function submitWithPasskey(form: HTMLFormElement): Promise<void> {
  const place = form.querySelector<HTMLElement>("[data-passkey-error]");
  const field = form.elements.namedItem("credential");
  if (place !== null) place.textContent = "";
  try {
    const credential =
      form.dataset.passkey === "create"
        ? await createPasskey(given(form))
        : await askPasskey(form.dataset.passkey === "login" ? await asked(form) : given(form));
    if (field instanceof HTMLInputElement) field.value = JSON.stringify(credential);
    form.submit();
  } catch (error) {
    if (place !== null) place.textContent = passkeyWords(error);
  }
}

function passkeyWords(error: unknown): string {
  if (wasCancelled(error)) return "Nothing was chosen, or it took too long. Try again, or sign in another way.";
  if (errorName(error) === "InvalidStateError") return "This passkey has already been added. Use another one.";
  if (errorName(error) === "SecurityError") return "Passkeys work only at the site’s own address. Check the address bar.";
  return "The passkey did not work. Try again, or sign in another way.";
}

function given(form: HTMLFormElement): Options {
  return JSON.parse(form.dataset.options ?? "null") as Options;
}

/** The challenge is asked for when the button is pressed: it may not be older than the visit. */
async function asked(form: HTMLFormElement): Promise<Options> {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" }, cache: "no-store", credentials: "same-origin" });
  if (!answer.ok) throw new Error("no challenge");
  return ((await answer.json()) as { request_options: Options }).request_options;
}

/** Uploads are refused by the server: files are read here, into the text field, for everyone to see what is sent. */
export function watchFiles(): void {
  for (const group of document.querySelectorAll<HTMLElement>("[data-file-into]")) {
    const input = group.querySelector<HTMLInputElement>("input[type=file]");
    const area = document.getElementById(group.dataset.fileInto ?? "");
    if (input === null || !(area instanceof HTMLTextAreaElement)) continue;
    group.hidden = false;
    input.addEventListener("change", () => {
      void Promise.all([...(input.files ?? [])].map((file) => file.text())).then((texts) => {
        area.value = [...(area.value.trim() === "" ? [] : [area.value.trim()]), ...texts.map((one) => one.trim())].join("\n");
      });
    });
  }
}

/** Puts the focus on the errors if there are any, else on the first field of sign-in; selects the whole of a text to copy at a click. */
export function watchFocus(): void {
  (document.querySelector<HTMLElement>("[data-focus-first]") ?? document.querySelector<HTMLElement>("[data-focus-field]"))?.focus();
  for (const field of document.querySelectorAll<HTMLInputElement>("input[data-select]")) field.addEventListener("focus", () => field.select());
}

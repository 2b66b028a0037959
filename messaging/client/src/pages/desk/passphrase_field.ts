/**
 * The field for a vault's passphrase: masked, and none of the browser's password manager's business.
 *
 * A field of the type "password" is taken by managers whatever its attributes say: they would offer to keep the passphrase, or to write it
 * over the password that signs in, and it must stand nowhere but in its owner's head. So where the browser can mask plain text, it does.
 */

import { type Field, field } from "./dom.ts";
import { PRIVATE } from "./private_fields.ts";

const MASK = "-webkit-text-security";

/** A labelled, masked field. Nothing can be copied or dragged out of it, as from a password's. */
export function passphraseField(id: string, label: string, hint = ""): Field {
  const masked = CSS.supports(MASK, "disc");
  const made = field(id, label, { ...PRIVATE, type: masked ? "text" : "password", class: "govuk-input desk-secret", autocapitalize: "none", dir: "ltr" }, hint);
  // Masked is only what is seen: to a screen reader it is text, and whoever uses one has to know before they type.
  if (masked) made.control.setAttribute("aria-description", "A screen reader may say what you type here. Use headphones, or a passkey.");
  for (const taking of ["copy", "cut", "dragstart"]) made.control.addEventListener(taking, (event) => event.preventDefault());
  return made;
}

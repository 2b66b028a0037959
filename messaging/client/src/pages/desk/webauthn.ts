/** Passkeys: for signing in (allauth checks them) and, by their PRF, for a vault (the server learns nothing). */

import { type Bytes, decode, encode } from "../../protocol/index.ts";

/** allauth's options as JSON: everything binary is base64url. */
interface JsonOptions {
  readonly publicKey: {
    readonly challenge: string;
    readonly user?: { readonly id: string };
    readonly allowCredentials?: readonly JsonCredential[];
    readonly excludeCredentials?: readonly JsonCredential[];
  };
}
interface JsonCredential {
  readonly id: string;
  readonly type: "public-key";
  readonly transports?: AuthenticatorTransport[];
}

export function hasPasskeys(): boolean {
  return typeof window.PublicKeyCredential === "function" && typeof navigator.credentials?.get === "function";
}

const allowed = (list: readonly JsonCredential[] | undefined): PublicKeyCredentialDescriptor[] => (list ?? []).map((one) => ({ ...one, id: decode(one.id) }));
const text = (buffer: BufferSource | null | undefined): string | null => (isBytes(buffer) ? encode(copied(buffer)) : null);

/*
 * What comes back is known by its fields. A password manager's extension answers in the browser's place, often with plain objects and
 * with buffers of another realm: neither is an instance of this page's classes.
 */
function isPasskey(given: unknown): given is PublicKeyCredential {
  const found = given as Partial<PublicKeyCredential> | null;
  return typeof found === "object" && found !== null && typeof found.id === "string" && isBytes(found.rawId) && hasBytes(found.response, "clientDataJSON");
}

function hasBytes(inside: unknown, field: string): boolean {
  return typeof inside === "object" && inside !== null && isBytes((inside as Record<string, unknown>)[field]);
}

function isBytes(found: unknown): found is BufferSource {
  return ArrayBuffer.isView(found) || Object.prototype.toString.call(found) === "[object ArrayBuffer]";
}

/** The bytes again, in an array of this page's own. */
function copied(from: BufferSource): Bytes {
  const view = ArrayBuffer.isView(from) ? new Uint8Array(from.buffer, from.byteOffset, from.byteLength) : new Uint8Array(from);
  return view.slice() as Bytes;
}

function resultsOf(given: PublicKeyCredential): AuthenticationExtensionsClientOutputs {
  return typeof given.getClientExtensionResults === "function" ? given.getClientExtensionResults() : {};
}

/** Makes a passkey that can also sign in alone, and asks it to be able to open a vault later. */
export async function createPasskey(options: JsonOptions): Promise<object> {
  const asked = options.publicKey as unknown as PublicKeyCredentialCreationOptions & JsonOptions["publicKey"];
  const made = await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: decode(options.publicKey.challenge),
      user: { ...asked.user, id: decode(options.publicKey.user?.id ?? "") },
      excludeCredentials: allowed(options.publicKey.excludeCredentials),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
      extensions: { ...asked.extensions, prf: {} },
    },
  });
  if (!isPasskey(made) || !hasBytes(made.response, "attestationObject")) throw new Error("no passkey");
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
      transports: typeof response.getTransports === "function" ? response.getTransports() : [],
    },
    // The PRF's own result stays here: only what allauth asked for goes to the server.
    clientExtensionResults: { credProps: resultsOf(made).credProps },
  };
}

/** Asks a passkey for its signature. */
export async function askPasskey(options: JsonOptions): Promise<object> {
  const asked = options.publicKey as unknown as PublicKeyCredentialRequestOptions;
  const given = await navigator.credentials.get({
    publicKey: { ...asked, challenge: decode(options.publicKey.challenge), allowCredentials: allowed(options.publicKey.allowCredentials) },
  });
  if (!isPasskey(given) || !hasBytes(given.response, "authenticatorData") || !hasBytes(given.response, "signature")) throw new Error("no passkey");
  const response = given.response as AuthenticatorAssertionResponse;
  return {
    id: given.id,
    rawId: text(given.rawId),
    type: given.type,
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: text(response.userHandle),
    },
    clientExtensionResults: {},
  };
}

/** A passkey that cannot do what a vault needs. */
export class NoPrf extends Error {}

/** The PRF output of one of these passkeys for this input (PROTOCOL §2.3). Nothing of it is sent anywhere. Throws NoPrf. */
export async function passkeySecret(credentialIds: readonly string[], input: Bytes): Promise<{ credentialId: string; prf: Bytes }> {
  const given = await navigator.credentials.get({
    publicKey: {
      // Nobody checks the signature: what counts is the secret that only this passkey gives.
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      allowCredentials: credentialIds.map((id) => ({ type: "public-key", id: decode(id) })),
      userVerification: "required",
      extensions: { prf: { eval: { first: input } } },
    },
  });
  if (!isPasskey(given)) throw new NoPrf();
  const result = resultsOf(given).prf?.results?.first;
  if (!isBytes(result)) throw new NoPrf();
  const prf = copied(result);
  if (prf.length !== 32) throw new NoPrf();
  return { credentialId: encode(copied(given.rawId)), prf };
}

/** What went wrong, by its name: an extension's error is no DOMException of this page. */
export function errorName(error: unknown): string {
  const name = typeof error === "object" && error !== null ? (error as { readonly name?: unknown }).name : undefined;
  return typeof name === "string" ? name : "";
}

/** Whether someone closed the browser's own window, or an extension's, or waited too long. */
export function wasCancelled(error: unknown): boolean {
  return ["NotAllowedError", "AbortError"].includes(errorName(error));
}

/** Passkeys: for signing in (allauth checks them) and, by their PRF, for a vault (the server learns nothing). */

import { decode, encode, type Bytes } from "../../protocol/index.ts";

/** allauth's options as JSON: everything binary is base64url. */
interface JsonOptions {
  readonly publicKey: {
    readonly challenge: string;
    readonly user?: { readonly id: string };
    readonly allowCredentials?: readonly JsonCredential[];
    readonly excludeCredentials?: readonly JsonCredential[];
  };
}
interface JsonCredential { readonly id: string; readonly type: "public-key"; readonly transports?: AuthenticatorTransport[] }

export function hasPasskeys(): boolean {
  return typeof window.PublicKeyCredential === "function" && typeof navigator.credentials?.get === "function";
}

const allowed = (list: readonly JsonCredential[] | undefined): PublicKeyCredentialDescriptor[] => (list ?? []).map((one) => ({ ...one, id: decode(one.id) }));
const text = (buffer: ArrayBuffer | null): string | null => (buffer === null ? null : encode(new Uint8Array(buffer)));

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
  if (!(made instanceof PublicKeyCredential) || !(made.response instanceof AuthenticatorAttestationResponse)) throw new Error("no passkey");
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    response: {
      clientDataJSON: text(made.response.clientDataJSON),
      attestationObject: text(made.response.attestationObject),
      transports: made.response.getTransports(),
    },
    // The PRF's own result stays here: only what allauth asked for goes to the server.
    clientExtensionResults: { credProps: made.getClientExtensionResults().credProps },
  };
}

/** Asks a passkey for its signature. */
export async function askPasskey(options: JsonOptions): Promise<object> {
  const asked = options.publicKey as unknown as PublicKeyCredentialRequestOptions;
  const given = await navigator.credentials.get({
    publicKey: { ...asked, challenge: decode(options.publicKey.challenge), allowCredentials: allowed(options.publicKey.allowCredentials) },
  });
  if (!(given instanceof PublicKeyCredential) || !(given.response instanceof AuthenticatorAssertionResponse)) throw new Error("no passkey");
  return {
    id: given.id,
    rawId: text(given.rawId),
    type: given.type,
    response: {
      clientDataJSON: text(given.response.clientDataJSON),
      authenticatorData: text(given.response.authenticatorData),
      signature: text(given.response.signature),
      userHandle: text(given.response.userHandle),
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
  if (!(given instanceof PublicKeyCredential)) throw new NoPrf();
  const result = given.getClientExtensionResults().prf?.results?.first;
  if (result === undefined) throw new NoPrf();
  const prf = new Uint8Array(result instanceof ArrayBuffer ? result : result.buffer.slice(result.byteOffset, result.byteOffset + result.byteLength)) as Bytes;
  if (prf.length !== 32) throw new NoPrf();
  return { credentialId: encode(new Uint8Array(given.rawId)), prf };
}

/** Whether somebody closed the browser's own window, or waited too long. */
export function wasCancelled(error: unknown): boolean {
  return error instanceof DOMException && (error.name === "NotAllowedError" || error.name === "AbortError");
}

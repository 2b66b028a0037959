/** The error classes of PROTOCOL §1.6: the same names in every implementation. */

/** Any failure that PROTOCOL §1.6 names. */
export class ProtocolError extends Error {
  /** The class's name as PROTOCOL writes it: kept as data, for a minifier renames classes. */
  override readonly name: string = "ProtocolError";
}

/** Wrong size, version, suite, direction byte, encoding, or a fixed part that is not as written. */
export class Malformed extends ProtocolError {
  override readonly name = "Malformed";
}

/** Not so many known words (with the index, from 0, of the first unknown one), or only their number or checksum fails (index null). */
export class BadWords extends ProtocolError {
  override readonly name = "BadWords";
  readonly index: number | null;

  constructor(index: number | null, message: string, options: ErrorOptions = {}) {
    super(message, options);
    this.index = index;
  }
}

/** Wrong passphrase or passkey, an altered record, or a vault of another root. */
export class BadVault extends ProtocolError {
  override readonly name = "BadVault";
}

/** The root's signature fails, or the days are the wrong way round. */
export class BadCertificate extends ProtocolError {
  override readonly name = "BadCertificate";
}

/** A certificate request whose signature fails. */
export class BadRequest extends ProtocolError {
  override readonly name = "BadRequest";
}

/** An epoch statement whose signer, signature, days, roster or link to its predecessor fails. */
export class BadStatement extends ProtocolError {
  override readonly name = "BadStatement";
}

/** An epoch that is not confirmed, or a confirmation whose statement, certificate or signature fails. */
export class BadConfirmation extends ProtocolError {
  override readonly name = "BadConfirmation";
}

/** Something valid, but not on the day asked about. */
export class BadDates extends ProtocolError {
  override readonly name = "BadDates";
}

/** An epoch seed that does not give the statement's public key. */
export class BadGrant extends ProtocolError {
  override readonly name = "BadGrant";
}

/** An opening of another inbox, conversation, epoch or statement, or whose commitment, certificate or signature fails. */
export class BadOpening extends ProtocolError {
  override readonly name = "BadOpening";
}

/** A desk envelope or note whose certificate is not on the roster, or whose signature fails. */
export class BadSignature extends ProtocolError {
  override readonly name = "BadSignature";
}

/** Wrong conversation, direction, sequence, previous hash, or opening hash. */
export class BadChain extends ProtocolError {
  override readonly name = "BadChain";
}

/** An epoch older than one that already stands in the thread. */
export class OlderEpoch extends ProtocolError {
  override readonly name = "OlderEpoch";
}

/** Authenticated decryption failed. */
export class CannotOpen extends ProtocolError {
  override readonly name = "CannotOpen";
}

/** Decrypted, but not a plaintext of §4.4. */
export class BadPlaintext extends ProtocolError {
  override readonly name = "BadPlaintext";
}

/** The writer's text does not fit in §4.4. */
export class TooLong extends ProtocolError {
  override readonly name = "TooLong";
}

/** What was read again does not continue what was read. */
export class BadContinuation extends ProtocolError {
  override readonly name = "BadContinuation";
}

/** The epochs do not go on from the one that the page's release names (§11.2). */
export class OlderChain extends BadContinuation {}

"""Rules of certificates, epochs, confirmations and grants (PROTOCOL §2)."""

from messaging.protocol.peer import confirming, desk, epochs, threads
from messaging.protocol.wire import Certificate, Confirmation, Statement, confirmations
from tests.parts.rules import Rule

CERTIFICATES = {
    "a certificate lasts at most 100 days": Rule(Certificate.check, " <= self.first_day + LONGEST_CERTIFICATE", "", "certificate-too-long"),
    "the root signed the certificate": Rule(
        Certificate.check, "if not signature_holds", "if False and not signature_holds", "certificate-id-altered"
    ),
}
EPOCHS = {
    "who signs an epoch is a key-holder": Rule(Statement.check, " or not signer.key_holder", "", "statements-no-key-holder"),
    "who signs an epoch is on its roster": Rule(
        Statement.check,
        "self.signer not in self.roster",
        "False",
        # To be covered is to be on it: the rule stands in both lines.
        also=(("self.covered_by(signer)", "(signer.includes(self.first_day) and signer.includes(self.last_day))"),),
    ),
    "who signs an epoch covers it": Rule(Statement.check, "not self.covered_by(signer)", "False", "statements-signer-ends-before"),
    "an epoch is signed": Rule(
        Statement.check, "if not signature_holds(", "if False and not signature_holds(", "desk-unconfirmed-and-altered"
    ),
    "an epoch has at most 35 days": Rule(Statement.check, " <= self.first_day + LONGEST_EPOCH", "", "statements-too-long"),
    "a roster is in order": Rule(Statement.check, "earlier >= later", "False", "statements-roster-unsorted"),
    "an epoch names the one before": Rule(Statement.check, " or self.previous != before.statement_hash", "", "statements-wrong-previous"),
    "no epoch begins before the one before": Rule(
        Statement.check, " or self.first_day < before.first_day", "", "statements-first-day-backwards"
    ),
    "an epoch has the next number": Rule(Statement.check, "self.number != before.number + 1 or ", "", "statements-again"),
    "no counsellor is on a roster twice": Rule(
        Statement.check_roster, "[each.counsellor_id for each in people], ", "", "statements-twice-id"
    ),
    "no key for wraps is on a roster twice": Rule(
        Statement.check_roster, "[each.kem_public for each in people], ", "", "statements-twice-kem-public"
    ),
    "no signing key is on a roster twice": Rule(
        Statement.check_roster, ", [each.sign_public for each in people]", "", "statements-twice-sign-public"
    ),
    "everyone on the roster has a certificate": Rule(
        desk.desk_of_statement, "certificate_id not in certificates for", "False for", "desk-somebody-unnamed"
    ),
    "an epoch that is over never returns": Rule(
        confirmations.current_epoch,
        "return newest if newest is not None and newest.includes(day) else None",
        "return max((each for each in begun if each.includes(day)), key=lambda each: each.number, default=None)",
        "statements-second-is-over",
    ),
    "the desk is of today": Rule(desk.desk_of_statement, "not statement.includes(today)", "False", "desk-day-after"),
    "an epoch without a whole chain is none": Rule(
        threads._read, " and len(chain) == len(thread.answer.statements)", "", "thread-statement-broken-person"
    ),
    "a known epoch is no other": Rule(
        threads._read, "known.get(each.number, each).raw == each.raw", "True", "thread-statement-differs-from-me-desk"
    ),
}
CONFIRMATIONS = {
    "an epoch is confirmed": Rule(confirmations.is_confirmed, "return False", "return True", "desk-of-one-without-the-first"),
    "an epoch is confirmed, for a page that writes first": Rule(
        desk.check_desk, "chain[-1] not in", "False and chain[-1] not in", "desk-of-one-without-the-first"
    ),
    "a confirmation names its epoch": Rule(
        Confirmation.check, "self.statement_hash != statement.statement_hash", "False", "confirmation-other-statement"
    ),
    "the root's confirmation is signed": Rule(
        Confirmation.check,
        'if not signature_holds(root_public, "confirmation"',
        'if False and not signature_holds(root_public, "confirmation"',
        "confirmation-other-root",
    ),
    "who confirms covers the epoch": Rule(Confirmation.check, " or not statement.covered_by(confirmer)", "", "confirmation-begins-after"),
    "who confirms is another counsellor": Rule(
        Confirmation.check, "confirmer.counsellor_id == signer.counsellor_id", "False", "confirmation-signers-id"
    ),
    "who confirms has another key for wraps": Rule(
        Confirmation.check, "confirmer.kem_public == signer.kem_public", "False", "confirmation-signers-kem-public"
    ),
    "who confirms has another signing key": Rule(
        Confirmation.check, "confirmer.sign_public == signer.sign_public", "False", "confirmation-signers-sign-public"
    ),
    "who confirms was there before": Rule(
        Confirmation.check, "before is not None and not named_since(confirmer, before)", "False", "confirmation-certified-that-day"
    ),
    "a confirmation is signed": Rule(
        Confirmation.check, "if not signature_holds(confirmer", "if False and not signature_holds(confirmer", "confirmation-other-label"
    ),
    "who signs an epoch was there before": Rule(
        confirmations.is_confirmed, "(before is None or named_since(signer, before))", "True", "statements-removed-key-holder"
    ),
    "one person's desk follows one person's": Rule(
        confirmations.needs_no_confirmation,
        "if before is None or len(before.roster) != 1:\n        return False",
        "if before is None:\n        return True",
        "desk-of-one-without-the-first",
    ),
    "it is the same one person": Rule(
        confirmations.needs_no_confirmation, " and now.counsellor_id == then.counsellor_id", "", "statements-of-another"
    ),
    "nobody confirms what they opened": Rule(confirming._may_confirm, "other and ", "", "open-desk-waiting-opened-it"),
    "nobody confirms who was left off": Rule(
        confirming._may_confirm, "(before is None or named_since(own, before))", "True", "open-desk-waiting-certified-too-early"
    ),
    "nobody confirms what they do not cover": Rule(
        confirming._may_confirm, " and statement.covered_by(own)", "", "open-desk-waiting-ends-before"
    ),
    "nobody confirms what a colleague cannot read": Rule(
        confirming.look_at_epoch, '"somebody-cannot-read" if lacking else None', "None", "open-desk-waiting-somebody-cannot-read"
    ),
    "nobody confirms what they cannot read": Rule(
        confirming.look_at_epoch, '"no-grant" if seed is None else', "", "open-desk-waiting-no-grant"
    ),
    "nobody confirms with a stranger on it": Rule(
        confirming.look_at_epoch, "elif None in now.values() or None in then.values():", "elif False:", "open-desk-waiting-somebody-unknown"
    ),
    "no one confirms by themselves alone": Rule(confirming.make_confirmation, " or waiting.trouble is not None", "", ""),
}
GRANTS = {
    "a grant gives the epoch's key": Rule(epochs.open_grant, "kem_public(seed) != statement.kem_public", "False", "grant-other-seed"),
    "a grant is the one wrap that its seed gives": Rule(
        epochs.open_grant, "not primitives.is_wrap(wrapped, counsellor.kem_public, info, seed)", "False", "grant-by-chance"
    ),
    "a colleague's grant is the one wrap too": Rule(
        epochs.holds_grant, "return primitives", "return True or primitives", "open-desk-colleague-by-chance"
    ),
    "a grant for an epoch outside the chain is none": Rule(desk._seeds, " or epoch not in chain", "", "open-desk-again-confirmation-gone"),
}
RULES: dict[str, Rule] = {**CERTIFICATES, **EPOCHS, **CONFIRMATIONS, **GRANTS}

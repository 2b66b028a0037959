"""Confirmations: a second person's word that an epoch counts, and which statements of a chain do (PROTOCOL §2.15). PURE."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from messaging.protocol.encoding import (
    HASH,
    ID,
    SIGNATURE,
    VERSION,
    BadConfirmation,
    Malformed,
    cut_fields,
    demand,
    signature_holds,
    site_of,
)
from messaging.protocol.wire.keys import Certificate, Statement
from messaging.protocol.wire.named import NamedStatement, is_named


@dataclass(frozen=True)
class Confirmation:
    """What a second person, or the root, signs about a statement."""

    SIZE: ClassVar[int] = 113
    statement_hash: bytes
    certificate_id: bytes
    raw: bytes

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        version, statement_hash, certificate_id, _ = cut_fields(raw, 1, HASH, ID, SIGNATURE)
        demand(version == VERSION, "confirmation version")
        return cls(statement_hash, certificate_id, raw)

    @property
    def by_root(self) -> bool:
        return self.certificate_id == bytes(ID)

    def check(
        self, root_public: bytes, statement: Statement, certificates: Mapping[bytes, Certificate], before: Statement | None
    ) -> Certificate | None:
        """Who confirms the statement, or None for the root; `before` is the newest confirmed one before it, where it is known.

        The certificates are checked ones.

        Raises:
            BadConfirmation: another statement; a certificate that is unknown, does not cover it, is its signer's, or was not there before.
        """
        if self.statement_hash != statement.statement_hash:
            raise BadConfirmation("it is of another statement")
        signed = site_of(root_public) + self.raw[:-SIGNATURE]
        if self.by_root:
            if not signature_holds(root_public, "confirmation", signed, self.raw[-SIGNATURE:]):
                raise BadConfirmation("the root did not sign it")
            return None
        confirmer, signer = certificates.get(self.certificate_id), certificates.get(statement.signer)
        if confirmer is None or signer is None or not statement.covered_by(confirmer):
            raise BadConfirmation("its certificate does not cover the epoch")
        if (
            confirmer.counsellor_id == signer.counsellor_id
            or confirmer.kem_public == signer.kem_public
            or confirmer.sign_public == signer.sign_public
        ):
            raise BadConfirmation("nobody confirms an epoch that they opened")
        if before is not None and not named_since(confirmer, before):
            raise BadConfirmation("its certificate was left off the roster before")
        if not signature_holds(confirmer.sign_public, "confirmation", signed, self.raw[-SIGNATURE:]):
            raise BadConfirmation("its signature")
        return confirmer


def named_since(certificate: Certificate, before: Statement) -> bool:
    """Whether the certificate is on the roster before, or newer than it: who was left off must not come back by their own word."""
    return certificate.certificate_id in before.roster or certificate.first_day > before.first_day


def needs_no_confirmation(statement: Statement, certificates: Mapping[bytes, Certificate], before: Statement | None) -> bool:
    """Whether the desk is one person's: number 1 with a roster of one, or a roster of the one person who was the roster before."""
    if len(statement.roster) != 1 or statement.number == 1:
        return len(statement.roster) == 1
    if before is None or len(before.roster) != 1:
        return False
    now, then = certificates.get(statement.roster[0]), certificates.get(before.roster[0])
    return now is not None and then is not None and now.counsellor_id == then.counsellor_id


def is_confirmed(
    root_public: bytes,
    statement: Statement,
    confirmations: Iterable[Confirmation],
    certificates: Mapping[bytes, Certificate],
    before: Statement | None,
) -> bool:
    """Whether the statement, which holds, counts: signed and confirmed by people whom the newest confirmed one before it knows."""
    signer = certificates.get(statement.signer)
    may_sign = signer is not None and (before is None or named_since(signer, before))
    if may_sign and needs_no_confirmation(statement, certificates, before):
        return True
    for confirmation in confirmations:
        try:
            # The root's word stands for both: nobody whom it names can be kept out by those who were left.
            if confirmation.check(root_public, statement, certificates, before) is None or may_sign:
                return True
        except BadConfirmation:
            continue
    return False


def confirmed_statements(
    root_public: bytes,
    chain: Iterable[Statement],
    confirmations: Iterable[bytes],
    certificates: Mapping[bytes, Certificate],
    before: Statement | None = None,
    released: NamedStatement | None = None,
) -> list[Statement]:
    """Those of a checked chain that count, in its order. A confirmation that fails is left out; so is what only it could confirm.

    `before` is the newest confirmed statement before the chain, where it is known; the one that a release names, `released`, counts.
    """
    by_statement: dict[bytes, list[Confirmation]] = {}
    for raw in confirmations:
        try:
            parsed = Confirmation.parse(raw)
        except Malformed:
            continue
        by_statement.setdefault(parsed.statement_hash, []).append(parsed)
    found: list[Statement] = []
    for statement in chain:
        own = by_statement.get(statement.statement_hash, ())
        if is_named(statement, released) or is_confirmed(root_public, statement, own, certificates, before):
            found.append(statement)
            before = statement
    return found


def current_epoch(confirmed: Iterable[Statement], day: int) -> Statement | None:
    """The newest of the confirmed epochs that have begun, where it includes the day, §2.6: one that is over never returns."""
    begun = [statement for statement in confirmed if statement.first_day <= day]
    newest = max(begun, key=lambda statement: statement.number, default=None)
    return newest if newest is not None and newest.includes(day) else None

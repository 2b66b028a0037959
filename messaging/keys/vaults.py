"""Stores vaults: who makes one, who changes what opens it, and who throws it away (PROTOCOL §2.3, §2.4, §8.1)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from helpline.audit import record_audit
from helpline.models import AccountNotice
from helpline.models.audit import Action, Kind
from helpline.staff.account_notices import queue_account_notice
from messaging.http.challenges import fresh_challenge
from messaging.http.problems import Problem
from messaging.installation import challenge_secret, installation_origin, installation_site
from messaging.keys.forgotten_vaults import seal_away_vault
from messaging.keys.own_keys import certificate_in_force
from messaging.keys.readers import epochs_with_only_reader
from messaging.keys.stored_vaults import seal_record
from messaging.models import Certificate as CertificateRow
from messaging.models import CertificateRequest, DeskMember, Renewal, Vault
from messaging.protocol.days import day_of, day_on
from messaging.protocol.encoding import BadRequest, demand, within
from messaging.protocol.wire import Certificate, Request, VaultRecord, vault_change, vault_proof_holds

# Nobody has more at hand, and a session alone must not be able to fill the database.
MOST_PASSKEYS = 10
PASSPHRASE, PASSKEY = Vault.Kind.PASSPHRASE, Vault.Kind.PASSKEY
LONGEST_CREDENTIAL = 1023


@dataclass(frozen=True)
class VaultProof:
    """That a vault is open: a challenge and the signature of its own key over the change, §8.1."""

    challenge: bytes
    signature: bytes


class OnlyReader(Exception):
    """Nobody else could read these epochs, whose numbers are its arguments."""

    @property
    def epochs(self) -> list[int]:
        return list(self.args)


def forget_vault(member: DeskMember, *, at: datetime, sure: bool = False) -> None:
    """Vault and request are sealed away for thirty days. Certificates for its keys are withdrawn, and stay for what was signed under them.

    Raises:
        OnlyReader: nobody else could read what conversations need, unless it is said that this is meant.
    """
    with transaction.atomic():
        # Everyone's: of two vaults that are thrown away at once, the second is asked about when the first is gone.
        list(DeskMember.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
        alone = [] if sure else epochs_with_only_reader(member, at=at)
        if alone:
            raise OnlyReader(*alone)
        seal_away_vault(member, at=at)


def store_vault(member: DeskMember, *, record: bytes, request: bytes, at: datetime) -> None:
    """Keeps a new vault behind a passphrase, and the request for its certificate; both replace what the counsellor had.

    Raises:
        Malformed: a record or request of the wrong shape.
        BadRequest: a request of another counsellor or another root, or not signed by its own key.
        Problem: already-certified, since a new vault would throw away the key that a certificate in force is for; unavailable, while the
            server lacks its storage key.
    """
    with within("record"):
        demand(VaultRecord.parse(record).kind == PASSPHRASE, "the first way into a vault is a passphrase")
    with within("request"):
        asked = Request.parse(request)
        asked.check(installation_site())
        if asked.counsellor_id != member.public_id:
            raise BadRequest("the request is of another counsellor")
    with transaction.atomic():
        DeskMember.objects.select_for_update(no_key=True).get(pk=member.pk)
        if certificate_in_force(member, at=at):
            raise Problem("already-certified", "Your certificate is valid, so the vault that belongs to it stays.")
        member.vaults.all().delete()
        Renewal.objects.filter(member=member).delete()
        Vault.objects.create(member=member, kind=PASSPHRASE, record=seal_record(record))
        values = {"request": request, "made_on": day_on(at), "sheet_made_on": None}
        CertificateRequest.objects.update_or_create(member=member, defaults=values)


def change_passphrase_record(member: DeskMember, *, record: bytes, proof: VaultProof, at: datetime) -> None:
    """The record of the same secret for another passphrase takes the place of the one that stands; passkeys go on opening the vault.

    Raises:
        Malformed: a record of the wrong shape.
        Problem: not-allowed, where there is no vault, or renewed keys are about to take over; bad-proof, from anyone who does not have it
            open; unavailable, while the server lacks its storage key. With a new one it works, even where no key opens what stands.
    """
    with within("record"):
        demand(VaultRecord.parse(record).kind == PASSPHRASE, "this is no passphrase's record")
    with transaction.atomic():
        spend_proof(member, proof, at, record=record)
        _end_renewal(member, at)
        member.vaults.filter(kind=PASSPHRASE, renewal=False).update(record=seal_record(record))
        tell_vault_change(member, Action.CHANGED, "vault passphrase", at)


def store_passkey_record(member: DeskMember, *, record: bytes, credential_id: bytes, proof: VaultProof, at: datetime) -> Vault:
    """Another way into the same vault; the same passkey again replaces its record.

    Raises:
        Malformed.
        Problem: as in `change_passphrase_record`, and not-allowed for more passkeys than anyone needs.
    """
    with within("record"):
        demand(VaultRecord.parse(record).kind == PASSKEY, "this is no passkey's record")
    _demand_credential(credential_id)
    with transaction.atomic():
        spend_proof(member, proof, at, record=record, credential_id=credential_id)
        if member.vaults.filter(kind=PASSKEY).exclude(credential_id=credential_id).count() >= MOST_PASSKEYS:
            raise Problem("not-allowed", f"{MOST_PASSKEYS} passkeys already open this vault.")
        values = {"record": seal_record(record), "kind": PASSKEY}
        kept = Vault.objects.update_or_create(member=member, credential_id=credential_id, defaults=values)[0]
        tell_vault_change(member, Action.ADDED, "vault passkey", at)
    return kept


def _demand_credential(credential_id: bytes) -> None:
    """Raises Malformed."""
    with within("credential_id"):
        demand(1 <= len(credential_id) <= LONGEST_CREDENTIAL, "this is no passkey's id")


def take_passkey_out(member: DeskMember, *, credential_id: bytes, proof: VaultProof, at: datetime) -> None:
    """The passkey no longer opens this vault; one that is out already stays out.

    Raises:
        Malformed: no credential's id.
        Problem: as in `change_passphrase_record`.
    """
    _demand_credential(credential_id)
    with transaction.atomic():
        spend_proof(member, proof, at, credential_id=credential_id)
        if member.vaults.filter(kind=PASSKEY, credential_id=credential_id).delete()[0]:
            tell_vault_change(member, Action.DELETED, "vault passkey", at)


def spend_proof(
    member: DeskMember, proof: VaultProof, at: datetime, *, record: bytes = b"", credential_id: bytes = b"", renewed: bool = False
) -> None:
    """A session alone changes nothing that opens a vault: only who has it open does. The member stays locked until the transaction ends.

    `renewed`: the vault of the keys that a renewal asked for.

    Raises:
        Problem: not-allowed, bad-proof.
    """
    DeskMember.objects.select_for_update(no_key=True).get(pk=member.pk)
    asked = (Renewal if renewed else CertificateRequest).objects.filter(member=member).first()
    if asked is None or not member.vaults.filter(kind=PASSPHRASE, renewal=renewed).exists():
        raise Problem("not-allowed", "First make a vault.")
    spend = fresh_challenge(challenge_secret(), proof.challenge, at)
    change = vault_change(
        installation_site(), installation_origin(), proof.challenge, bytes(member.public_id), record=record, credential_id=credential_id
    )
    if not vault_proof_holds(Request.parse(asked.request).sign_public, change, proof.signature):
        raise Problem("bad-proof", "The signature is not of this vault. Unlock it again.")
    spend()


def _end_renewal(member: DeskMember, at: datetime) -> None:
    """A renewal's vault opens with the passphrase of before: with a new one it is begun again, unless its certificate is here."""
    if renewal_is_certified(member, at=at):
        raise Problem("not-allowed", "Your renewed keys take over with the next epoch. Make a new passphrase after that.")
    member.vaults.filter(renewal=True).delete()
    Renewal.objects.filter(member=member).delete()


def renewal_is_certified(member: DeskMember, *, at: datetime) -> bool:
    """Whether the counsellor has asked for new keys, and a certificate in force is for them."""
    waiting = Renewal.objects.filter(member=member).first()
    if waiting is None:
        return False
    asked, standing = Request.parse(waiting.request), member.certificates.filter(CertificateRow.in_force(day_of(at)))
    return any(Certificate.parse(row.certificate).certifies(asked) for row in standing)


def tell_vault_change(member: DeskMember, action: Action, what: str, at: datetime) -> None:
    """A vault that was left open is enough to change what opens it: its owner hears of it, wherever they are."""
    account = member.counsellor.account
    record_audit(account, action, what, kind=Kind.KEYS, at=at)
    queue_account_notice(AccountNotice.Kind.VAULT, account)


def note_sheet(member: DeskMember, *, at: datetime) -> None:
    """The counsellor says that the recovery sheet of these keys is on paper. Raises Problem: not-allowed, where there is no vault."""
    if not CertificateRequest.objects.filter(member=member).update(sheet_made_on=day_on(at)):
        raise Problem("not-allowed", "First make a vault.")

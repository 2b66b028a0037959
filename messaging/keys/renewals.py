"""New keys before a certificate ends: the old key asks for them, and they take over with the next epoch (PROTOCOL §2.4, §8.1)."""

from datetime import datetime

from django.db import transaction

from helpline.models.audit import Action
from messaging.http.problems import Problem
from messaging.installation import installation_site
from messaging.keys.own_keys import certificate_in_force
from messaging.keys.registry import GrantIn, add_grants, grant_places
from messaging.keys.stored_vaults import seal_record
from messaging.keys.vaults import VaultProof, renewal_is_certified, spend_proof, tell_vault_change
from messaging.models import Certificate as CertificateRow
from messaging.models import CertificateRequest, DeskMember, Epoch, Grant, Renewal, Vault
from messaging.protocol.days import day_of, day_on
from messaging.protocol.encoding import BadRequest, demand, within
from messaging.protocol.wire import Certificate, Request, VaultRecord


def store_renewal(member: DeskMember, *, record: bytes, request: bytes, at: datetime) -> None:
    """Keeps the vault of new keys beside the present one, and their request. One that no certificate was made for is replaced.

    Raises:
        Malformed: a record or request of the wrong shape.
        BadRequest: a request of another counsellor or root, not signed by its own key, or not by that of a certificate in force.
        Problem: not-allowed, where the present keys are not those of that certificate; already-certified; unavailable, while the server
            lacks its storage key.
    """
    with within("record"):
        demand(VaultRecord.parse(record).kind == Vault.Kind.PASSPHRASE, "the first way into a vault is a passphrase")
    site = installation_site()
    with within("request"):
        asked = Request.parse(request)
        demand(asked.renews is not None, "the request renews nothing")
        asked.check(site)
    with transaction.atomic():
        DeskMember.objects.select_for_update(no_key=True).get(pk=member.pk)
        in_force = [Certificate.parse(row.certificate) for row in member.certificates.filter(CertificateRow.in_force(day_of(at)))]
        old = next((each for each in in_force if each.certificate_id == asked.renews), None)
        with within("request"):
            if old is None:
                raise BadRequest("the request renews no certificate of this counsellor that is in force")
            asked.check_renewal(site, old)
        present = CertificateRequest.objects.filter(member=member).first()
        if present is None or not old.certifies(Request.parse(present.request)):
            raise Problem("not-allowed", "First let the renewed keys take over: unlock your desk.")
        if renewal_is_certified(member, at=at):
            raise Problem("already-certified", "Your renewed keys have a certificate. They take over with the next epoch.")
        member.vaults.filter(renewal=True).delete()
        Vault.objects.create(member=member, kind=Vault.Kind.PASSPHRASE, record=seal_record(record), renewal=True)
        values = {"request": request, "made_on": day_on(at), "sheet_made_on": None}
        Renewal.objects.update_or_create(member=member, defaults=values)
        tell_vault_change(member, Action.ASKED, "vault renewal", at)


def note_renewal_sheet(member: DeskMember, *, at: datetime) -> None:
    """The recovery sheet of the new keys is on paper. Raises Problem: not-found, where there is no renewal."""
    if not Renewal.objects.filter(member=member).update(sheet_made_on=day_on(at)):
        raise Problem("not-found", "There is no renewal.")


def hand_on_grants(member: DeskMember, grants: list[GrantIn], *, at: datetime) -> None:
    """Grants of epochs that the counsellor has already, for another certificate of their own. Only added, as all are.

    Raises:
        Malformed: a grant of the wrong size, or of the same place twice.
        Problem: not-allowed, for another person's certificate, one that is not in force, or an epoch that the counsellor was not granted.
    """
    grant_places(grants)
    own = dict(member.certificates.filter(CertificateRow.in_force(day_of(at))).values_list("certificate_id", "pk"))
    had = set(Grant.objects.filter(certificate__member=member).values_list("epoch_id", flat=True))
    if any(each.certificate_id not in own or each.epoch not in had for each in grants):
        raise Problem("not-allowed", "These are not your own certificates, or not epochs that you have.")
    newest = Epoch.objects.order_by("-number").values_list("number", flat=True).first() or 1
    with transaction.atomic():
        add_grants(grants, {bytes(named): pk for named, pk in own.items()}, given_with=newest)


def finish_renewal(member: DeskMember, *, proof: VaultProof, at: datetime) -> None:
    """The old vault goes: the new keys' certificate is the one in force, and has every epoch that the old keys had.

    Raises:
        Problem: not-allowed, before that; bad-proof, from anyone who does not have the new vault open.
    """
    with transaction.atomic():
        spend_proof(member, proof, at, renewed=True)
        waiting, own = Renewal.objects.get(member=member), certificate_in_force(member, at=at)
        asked = Request.parse(waiting.request)
        if own is None or not Certificate.parse(own.certificate).certifies(asked):
            raise Problem("not-allowed", "The renewed keys have not taken over yet.")
        had = Grant.objects.filter(certificate__member=member).exclude(certificate=own)
        if had.exclude(epoch__in=Grant.objects.filter(certificate=own).values("epoch")).exists():
            raise Problem("not-allowed", "Some epochs have not been handed on to the renewed keys yet.")
        member.vaults.filter(renewal=False).delete()
        member.vaults.update(renewal=False)
        values = {"request": asked.raw[: Request.SIZE], "made_on": waiting.made_on, "sheet_made_on": waiting.sheet_made_on}
        CertificateRequest.objects.update_or_create(member=member, defaults=values)
        waiting.delete()
        tell_vault_change(member, Action.CHANGED, "vault keys", at)

"""Counsellors who could answer, as rows alone: keys that open nothing, and having been seen at the desk."""

import os

from helpline.models import Account, Counsellor, Shift
from messaging.keys.registry import make_desk_member
from messaging.models import Certificate, Confirmation, DeskMember, Epoch, Grant, Vault

FOR_EVER = 10**6


def give_keys(member: DeskMember) -> None:
    """A vault, a certificate in force and the key of the newest epoch; one epoch for ever is made where there is none."""
    epoch = Epoch.objects.order_by("-number").first() or epoch_that_counts(1, 0, FOR_EVER)
    Vault.objects.create(member=member, kind=Vault.Kind.PASSPHRASE, record=bytes(109))
    named = os.urandom(16)
    held = Certificate.objects.create(
        certificate_id=named, member=member, certificate=named, key_holder=False, first_day=0, last_day=FOR_EVER
    )
    Grant.objects.create(epoch=epoch, certificate=held, wrapped=bytes(1168))


def epoch_that_counts(number: int, first_day: int, last_day: int) -> Epoch:
    """A row alone, which nobody could check."""
    epoch = Epoch.objects.create(number=number, statement=b"none", first_day=first_day, last_day=last_day)
    Confirmation.objects.create(epoch=epoch)
    return epoch


def seen(*shifts: Shift) -> None:
    """Whoever has these shifts opened the desk in them."""
    for shift in shifts:
        DeskMember.objects.filter(counsellor=shift.counsellor_id).update(seen_in=shift.pk)


def reader(name: str = "Riona") -> DeskMember:
    """Somebody with keys and without a shift, so that messages are taken."""
    account = Account.objects.create(email=f"{name.lower()}@helpline.example", name=name)
    member = make_desk_member(Counsellor.objects.create(account=account, display_name=name))
    give_keys(member)
    return member

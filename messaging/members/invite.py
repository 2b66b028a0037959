"""Invites someone to the staff: the account and, for a counsellor, the place at the desk that their keys will be bound to."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse

from helpline.models import Account, Counsellor
from helpline.organisation import organisation
from helpline.staff import invitations as accounts
from messaging.keys.registry import make_desk_member


@dataclass(frozen=True)
class InvitationLink:
    """A link that works once; it is shown or sent now, or never again: only its hash is kept."""

    account: Account
    address: str


def invite_member(*, email: str, name: str, role: str, display_name: str, at: datetime) -> InvitationLink:
    """Makes account, counsellor and desk member in one transaction.

    Raises:
        helpline.staff.invitations.AccountExists: the address or the display name is taken.
    """
    with transaction.atomic():
        account, token = accounts.invite_account(email=email, name=name, role=role, display_name=display_name, at=at)
        counsellor = Counsellor.objects.filter(account=account).first()
        if counsellor is not None:
            make_desk_member(counsellor)
    return InvitationLink(account, _address(token))


def invite_member_again(account: Account, *, at: datetime) -> InvitationLink:
    """A new link; password, second step and open sessions of the account end."""
    return InvitationLink(account, _address(accounts.invite_account_again(account, at=at)))


def email_invitation(link: InvitationLink) -> bool:
    """Emails the link where the installation has email; false when it must be handed over by hand. Called outside a transaction."""
    if not settings.SENDS_EMAIL:
        return False
    helpline = " ".join(organisation().name.split())
    text = (
        # Not by name: whatever an admin wrote there would go out under the helpline's own address.
        "Hello,\n\n"
        f"you are invited to the helpline desk of {helpline}. Open this address to choose your password and set up a second step:\n\n"
        f"{link.address}\n\n"
        "It works once, within one week. If you did not expect this, ask the helpline before you do anything.\n"
    )
    return send_mail(f"Your place at the desk of {helpline}", text, None, [link.account.email], fail_silently=False) == 1


def _address(token: str) -> str:
    return f"{settings.ORIGIN}{reverse('desk:invitation', kwargs={'token': token})}"

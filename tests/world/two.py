"""A second person: another lead, who confirms what an admin proposed, and the day that passes until it is done."""

from datetime import datetime

from allauth.mfa.models import Authenticator

from helpline.four_eyes.changes import confirm_change, do_due_changes
from helpline.models import Account, ProposedChange


def another(name: str = "Sorley", role: str = "lead") -> Account:
    """Someone with a second step, who could confirm."""
    account = Account.objects.create_user(f"{name.lower()}@helpline.example", None, name=name, role=role)
    Authenticator.objects.create(user_id=account.pk, type=Authenticator.Type.TOTP, data={"secret": ""})
    return account


def newest() -> ProposedChange:
    """The newest change that waits."""
    return ProposedChange.objects.filter(state__in=ProposedChange.OPEN).latest("pk")


def confirmed_and_done(by: Account, *, at: datetime) -> ProposedChange:
    """What became of the newest change: confirmed now, and its day over."""
    change = confirm_change(newest().pk, by=by, at=at)
    do_due_changes(at=change.due_at)
    change.refresh_from_db()
    return change

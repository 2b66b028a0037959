"""Which accounts an email to staff goes to: counsellors, leads, or certain people."""

from collections.abc import Iterable

from helpline.models import Account, Counsellor


def counsellor_accounts(*, besides: Iterable[int] = ()) -> list[int]:
    """The accounts of all counsellors who answer people but these counsellors."""
    active = Counsellor.objects.filter(Counsellor.answering()).exclude(pk__in=list(besides))
    return list(active.order_by("pk").values_list("account_id", flat=True))


def accounts_of(*people: int | None) -> list[int]:
    """The active accounts of these counsellors."""
    return list(Counsellor.objects.filter(pk__in=[pk for pk in people if pk], account__is_active=True).values_list("account_id", flat=True))


def lead_accounts(*, besides: int | None = None) -> list[int]:
    """The people who look after rota and desk, except this account: the leads, or the admins if there is no such lead."""
    active = Account.objects.filter(is_active=True).exclude(pk=besides or 0).order_by("pk")
    found = list(active.filter(role=Account.Role.LEAD).values_list("pk", flat=True))
    return found or list(active.filter(role=Account.Role.ADMIN).values_list("pk", flat=True))

"""Each way to become unable to answer, as it happens to somebody's rows."""

from collections.abc import Callable

from helpline.models import Account, Shift
from messaging.keys.vaults import forget_vault
from messaging.models import Certificate, DeskMember, Grant
from tests.world.desk import NOON

Loses = Callable[[DeskMember], object]


def the_vault(member: DeskMember) -> object:
    forget_vault(member, at=NOON, sure=True)
    return None


def the_vault_alone(member: DeskMember) -> object:
    return member.vaults.all().delete()


def the_certificate(member: DeskMember) -> object:
    return Certificate.objects.filter(member=member).update(withdrawn=True)


def the_time_of_the_certificate(member: DeskMember) -> object:
    return Certificate.objects.filter(member=member).update(first_day=1, last_day=2)


def the_grant(member: DeskMember) -> object:
    return Grant.objects.filter(certificate__member=member).delete()


def the_role(member: DeskMember) -> object:
    return Account.objects.filter(counsellor__desk=member).update(role=Account.Role.ADMIN)


def the_account(member: DeskMember) -> object:
    return Account.objects.filter(counsellor__desk=member).update(is_active=False)


def the_way_to_the_desk(member: DeskMember) -> object:
    """They have not come."""
    return DeskMember.objects.filter(pk=member.pk).update(seen_in=None)


def the_shift(member: DeskMember) -> object:
    return Shift.objects.filter(counsellor__desk=member).delete()


FOR_GOOD: tuple[Loses, ...] = (
    the_vault,
    the_vault_alone,
    the_certificate,
    the_time_of_the_certificate,
    the_grant,
    the_role,
    the_account,
)
FOR_NOW: tuple[Loses, ...] = (the_way_to_the_desk, the_shift)

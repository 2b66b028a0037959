"""A counsellor leaves, in one transaction: account off, sessions ended, conversations handed back, certificates withdrawn."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from helpline.models import Account, Counsellor, Shift, WeeklyPattern
from helpline.organisation import organisation_today
from helpline.rota import leave as staff
from messaging import trigger
from messaging.keys.forgotten_vaults import seal_away_vault
from messaging.keys.readers import epochs_with_only_reader
from messaging.models import CertificateRequest, Conversation, DeskMember, Renewal, RoutingEvent
from messaging.routing.end_shifts import RETURNED
from messaging.routing.queue import queue_position

LEFT = "The counsellor who had it has left the helpline."
STEPPED_DOWN = "The counsellor who had it no longer answers people."
State, Kind = Conversation.State, RoutingEvent.Kind


@dataclass(frozen=True)
class OffboardingResult:
    """What came of it; `keeps` are the epochs that nobody else can read, for whose sake the vault is kept."""

    threads: int
    shifts: int
    keeps: list[int]


def offboard(account: Account, *, at: datetime) -> OffboardingResult:
    """Doing it again changes nothing. The desk has to open a new epoch (`queries.readers.gone`); until then messages go on being taken."""
    with transaction.atomic():
        # Everyone's: of two who leave at once, the second is asked about when the first is gone.
        list(DeskMember.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
        member = DeskMember.objects.filter(counsellor__account=account).first()
        # Asked before the certificates are withdrawn: whom the desk would lose.
        keeps = epochs_with_only_reader(member, at=at) if member else []
        shifts = staff.leave_staff(account, at=at)
        return OffboardingResult(_end(member, LEFT, keeps, at), shifts, keeps)


def step_down_from_desk(account: Account, *, at: datetime) -> OffboardingResult:
    """The account stays, and answers nobody any more: someone has become an admin. All else is as when they leave.

    Call it in the transaction in which the role changes, before it does. Doing it again changes nothing.
    """
    with transaction.atomic():
        list(DeskMember.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
        member = DeskMember.objects.select_related("counsellor").filter(counsellor__account=account).first()
        keeps = epochs_with_only_reader(member, at=at) if member else []
        counsellor = Counsellor.objects.filter(account=account).first()
        shifts = staff.remove_from_rota(counsellor, at=at) if counsellor else 0
        return OffboardingResult(_end(member, STEPPED_DOWN, keeps, at), shifts, keeps)


@dataclass(frozen=True)
class OffboardingStakes:
    """What would come of it that someone answers nobody any more."""

    threads: int
    shifts: int
    patterns: int
    keeps: list[int]

    def __bool__(self) -> bool:
        return bool(self.threads or self.shifts or self.patterns or self.keeps)


def offboarding_stakes(account: Account, *, at: datetime) -> OffboardingStakes:
    """What `step_down_from_desk` would hand back, take off the rota, and end; and what nobody else can read."""
    member = DeskMember.objects.filter(counsellor__account=account).first()
    conversations = Conversation.objects.filter(member=member, state=State.ASSIGNED).count() if member else 0
    shifts = Shift.objects.filter(counsellor__account=account, starts_at__gt=at).count()
    going_on = Q(ends_on=None) | Q(ends_on__gte=organisation_today(at=at))
    patterns = WeeklyPattern.objects.filter(going_on, counsellor__account=account).count()
    return OffboardingStakes(conversations, shifts, patterns, epochs_with_only_reader(member, at=at) if member else [])


def _end(member: DeskMember | None, why: str, keeps: list[int], at: datetime) -> int:
    conversations = _hand_back(member, why, at) if member else 0
    if member:
        if keeps:
            member.certificates.update(withdrawn=True)
            CertificateRequest.objects.filter(member=member).delete()
            Renewal.objects.filter(member=member).delete()
        else:
            # After thirty days, whoever comes to hold a copy of this database, and the passphrase, opens nothing with it.
            seal_away_vault(member, at=at)
    transaction.on_commit(trigger.request_routing)
    return conversations


def _hand_back(member: DeskMember, why: str, at: datetime) -> int:
    """How many open conversations wait again. An answered one is nobody's: its next message goes to a counsellor on duty."""
    waiting = Conversation.objects.filter(member=member, state=State.ASSIGNED)
    others = Conversation.objects.filter(member=member).exclude(state__in=[State.ASSIGNED, State.WAITING])
    open_ones, answered = list(waiting.values_list("pk", flat=True)), list(others.values_list("pk", flat=True))
    handed = waiting.filter(pk__in=open_ones).update(**RETURNED | {"member": None, "handed_by": None}, unrouted_since=queue_position(at))
    others.filter(pk__in=answered).update(member=None, snoozed_until=None, handed_by=None)
    Conversation.objects.filter(member=member, state=State.WAITING).update(member=None)
    RoutingEvent.objects.bulk_create(
        RoutingEvent(conversation_id=pk, kind=Kind.RETURNED, member=None, at=at, why=why) for pk in [*open_ones, *answered]
    )
    return handed

"""A counsellor leaves, in one transaction: account off, sessions ended, threads handed back, certificates withdrawn."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from helpline.models import Account
from helpline.operations import leave as staff
from messaging import nudge
from messaging.models import CertificateRequest, Conversation, DeskMember, RoutingEvent
from messaging.operations.end_shifts import RETURNED
from messaging.operations.held import place_in_queue
from messaging.queries.readers import only_reader_of

State, Kind = Conversation.State, RoutingEvent.Kind


@dataclass(frozen=True)
class Left:
    """What came of it; `keeps` are the epochs that nobody else can read, for whose sake the vault is kept."""

    threads: int
    shifts: int
    keeps: list[int]


def leave(account: Account, *, at: datetime) -> Left:
    """Doing it again changes nothing. The desk has to open a new epoch (`queries.readers.gone`); until then messages go on being taken."""
    with transaction.atomic():
        member = DeskMember.objects.select_for_update(no_key=True).filter(counsellor__account=account).first()
        # Asked before the certificates are withdrawn: whom the desk would lose.
        keeps = only_reader_of(member, at=at) if member else []
        shifts = staff.leave(account, at=at)
        threads = _hand_back(member, at) if member else 0
        if member:
            member.certificates.update(withdrawn=True)
            CertificateRequest.objects.filter(member=member).delete()
            if not keeps:
                # Whoever comes to hold a copy of this database, and the passphrase, opens nothing with it.
                member.vaults.all().delete()
        transaction.on_commit(nudge.wake)
    return Left(threads, shifts, keeps)


def _hand_back(member: DeskMember, at: datetime) -> int:
    """How many open threads wait again. An answered one is nobody's: its next message goes to whoever is on duty."""
    waiting = Conversation.objects.filter(member=member, state=State.ASSIGNED)
    others = Conversation.objects.filter(member=member).exclude(state__in=[State.ASSIGNED, State.WAITING])
    open_ones, answered = list(waiting.values_list("pk", flat=True)), list(others.values_list("pk", flat=True))
    handed = waiting.filter(pk__in=open_ones).update(**RETURNED | {"member": None, "handed_by": None}, unrouted_since=place_in_queue(at))
    others.filter(pk__in=answered).update(member=None, snoozed_until=None, handed_by=None)
    Conversation.objects.filter(member=member, state=State.WAITING).update(member=None)
    why = "The counsellor who had it has left the helpline."
    RoutingEvent.objects.bulk_create(
        RoutingEvent(conversation_id=pk, kind=Kind.RETURNED, member=None, at=at, why=why) for pk in [*open_ones, *answered]
    )
    return handed

"""The service's own figures: how much waits, which keys end soon, and whether its parts answer. Nothing of any one person."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Min, Q

from helpline.audit.chain import NEWEST, verify_chain
from helpline.calendar import working_time
from helpline.calendar.able_to_answer import TO_READ, AnsweringLack, lack_to_answer, lack_to_read
from helpline.hours.channels import channel_calendar
from helpline.hours.desk_registry import DeskKnowledge
from helpline.hours.on_duty import shifts_on_duty
from helpline.models import Counsellor
from helpline.organisation import organisation
from helpline.pages.about import about_us, unsaid_about_us
from helpline.web.queue_health import broker_answers
from messaging.flood.meter import meter
from messaging.keys.desk_epochs import epoch_intake
from messaging.keys.desk_knowledge import desk_knowledge
from messaging.keys.storage_rotation import counsellors_without_sheet
from messaging.keys.stored_vaults import count_stored, usable_storage_keys
from messaging.models import Backup, Certificate, Conversation, Disclosure, DisclosureState, FlagStep, Pulse
from messaging.monitoring.assess import StatusFigures
from messaging.monitoring.backlog import count_waiting_too_long
from messaging.monitoring.hub import hub_standing
from messaging.monitoring.status import StorageStanding, TrailStanding
from messaging.protocol.days import day_of

State = Conversation.State


def status_figures(*, at: datetime, asks_hub: bool = False) -> StatusFigures:
    """However much there is, the same number of queries. The hub's own sums are there only where it is asked, as web processes can."""
    # First, while `at` is fresh: what passes until the database answers would be taken for skew.
    skew = database_clock_skew(at=at)
    awaited = {"oldest": Min("waiting_since"), "late": Count("pk", filter=Q(due_at__lte=at)), "number": Count("pk")}
    waiting = Conversation.objects.filter(state=State.WAITING).aggregate(**awaited)
    assigned = Conversation.objects.filter(state=State.ASSIGNED, member__isnull=False).aggregate(**awaited)
    oldest = min(filter(None, [waiting["oldest"], assigned["oldest"]]), default=None)
    late = ~Q(flag_told=FlagStep.LEADS)
    flags = Conversation.objects.filter(Conversation.unopened()).aggregate(number=Count("pk"), late=Count("pk", filter=late))
    pulse = Pulse.objects.filter(pk=Pulse.BEAT).first()
    known, own = desk_knowledge(at), organisation()
    hours = channel_calendar(own, channel="messages", at=at)
    lack = {
        who: lack_to_answer(known.people.get(who), shift, at=at, grace=known.grace)
        for who, shift in shifts_on_duty(channel="messages", at=at).items()
    }
    # A break is no gap that a lead has to fill, and would be an email each time.
    here = [who for who, missing in lack.items() if missing in {None, AnsweringLack.BREAK}]
    opening = next(hours.openings(at), None)
    readers = [who for who, each in known.people.items() if lack_to_read(each) is None]
    return StatusFigures(
        waiting=waiting["number"],
        assigned=assigned["number"],
        snoozed=Conversation.objects.filter(snoozed_until__gt=at).count(),
        oldest=None
        if oldest is None
        else int(working_time(channel_calendar(own, channel="messages", at=oldest), oldest, at).total_seconds()),
        late=waiting["late"] + assigned["late"],
        opens=opening is not None,
        unstaffed=opening is not None and at in opening and not here,
        rota=len(lack) if opening is not None and at in opening else 0,
        unseen=sum(missing == AnsweringLack.UNSEEN for missing in lack.values()),
        blind=sum(missing in TO_READ for missing in lack.values()),
        behind=count_waiting_too_long(hours, known, at=at),
        proposed=Disclosure.objects.filter(state=DisclosureState.PROPOSED, expires_at__gt=at).count(),
        readers=len(readers),
        holders=_holders(readers, at),
        finds=pulse.finds if pulse else 0,
        beat_ago=int((at - pulse.at).total_seconds()) if pulse else None,
        epoch_days=_epoch_days(at, known),
        certificates=_certificate_days(at),
        skew=skew,
        broker=broker_answers(),
        load=meter.level(at),
        flags=flags["number"],
        flags_late=flags["late"],
        backup_days=own.backup_days if settings.MODE == "deployed" else None,
        backup_ago=_backup_age(at),
        storage=_storage(at),
        unsaid=tuple(unsaid_about_us(about_us(), own)),
        hub=hub_standing(at=at, asks=asks_hub),
        trail=_trail(at),
    )


def database_clock_skew(*, at: datetime) -> float:
    """Seconds by which the database's clock is ahead of this process's, of which `at` was read; a file has no clock of its own."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs: datetime = cursor.fetchone()[0]
    # The demonstration's clock may be elsewhere on purpose.
    return (theirs - (at - settings.CLOCK_OFFSET)).total_seconds()


def _backup_age(at: datetime) -> int | None:
    made = Backup.objects.filter(pk=Backup.NEWEST).values_list("at", flat=True).first()
    return None if made is None else max(0, int((at - made).total_seconds()))


def _trail(at: datetime) -> TrailStanding:
    """The newest links alone; the whole chain is worked out once a day."""
    report = verify_chain(at=at, newest=NEWEST)
    return TrailStanding(report.number, report.digest, report.broken_at is not None, report.unlinked)


def _storage(at: datetime) -> StorageStanding:
    """Every record is opened to see under which key it lies: some twenty microseconds each."""
    keys = usable_storage_keys()
    stored = count_stored(keys)
    return StorageStanding(
        is_set=settings.STORAGE_KEYS_FILE is not None,
        days=None if keys is None else max(0, (at.date() - keys.current.made_on).days),
        movable=stored.movable,
        lost=stored.lost,
        no_sheet=len(counsellors_without_sheet()),
    )


def _holders(readers: list[int], at: datetime) -> int:
    """How many of these could open the next epoch."""
    held = Certificate.objects.filter(Certificate.in_force(day_of(at)), key_holder=True, member__counsellor__in=readers)
    return held.order_by().values("member").distinct().count()


def _epoch_days(at: datetime, known: DeskKnowledge) -> int | None:
    """Days after today for which the desk has a key, whether or not anyone can use it, over all epochs that follow one another."""
    found = epoch_intake(at, known)
    if known.key is None or found.changes_at is None:
        return None
    return (found.changes_at.astimezone(UTC).date() - at.astimezone(UTC).date()).days - 1


def _certificate_days(at: datetime) -> int | None:
    """Days until the first active counsellor has no certificate any more."""
    today = day_of(at)
    of_active = Counsellor.answering("member__counsellor__")
    last = Certificate.objects.filter(Certificate.in_force(today), of_active).order_by().values("member").annotate(last=Max("last_day"))
    first = last.aggregate(first=Min("last"))["first"]
    return None if first is None else int(first) - today

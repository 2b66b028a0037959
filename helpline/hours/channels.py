"""Whether a channel is open at an instant, until when, and by when a message is answered."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from helpline import calendar
from helpline.calendar.able_to_answer import AnsweringLack
from helpline.calendar.intervals import calendar_instant
from helpline.calendar.wall_clock import local_date
from helpline.calendar.working_time import LOOK_BACK_DAYS
from helpline.hours.calendars import calendars_in_use, channel_calendars
from helpline.hours.desk_registry import DeskKnowledge, ask_desk
from helpline.hours.message_intake import MessageIntake, message_intake
from helpline.hours.on_duty import able_cover
from helpline.models import ConfidentialityTerms, Organisation
from helpline.models.fast_select import fast_select
from helpline.models.hours import Channel
from helpline.organisation import organisation

# Whether someone has room for a talk is another thing a minute later.
ROOM_KNOWN_FOR = timedelta(minutes=2)


def channel_availability(
    *, channel: str, at: datetime, nation: str | None = None, calendar_only: bool = False, besides: Collection[AnsweringLack] = ()
) -> calendar.Availability:
    """How the channel stands at `at`: one organisation, its hours, its rota, its desk, in at most eight queries however much there is.

    `nation` stands in for the organisation's own; `calendar_only` leaves rota and desk out. Who is at the desk, takes a break and holds
    which keys is what is known now: `besides` are those of these that are not asked about, as for an instant that is over or far ahead.

    Raises:
        helpline.hours.calendars.UnknownChannel, helpline.calendar.intervals.NotAnInstant, helpline.calendar.public_holidays.UnknownNation.
    """
    at, own = calendar_instant(at), organisation()
    calendars = channel_calendars(own, (channel,), at=at, nation=nation)
    return _answers(own, calendars, at, _hands((channel,), at), calendar_only=calendar_only, besides=besides)[channel]


def may_take_messages(*, at: datetime, known: DeskKnowledge | None = None) -> MessageIntake:
    """Whether anyone may be asked to write at `at`: there are terms to accept, and a message could be taken.

    `known` is what the desk knows at `at`, where that was asked already.
    """
    terms = fast_select(ConfidentialityTerms, ("version",), "version > 0 LIMIT 1")
    return message_intake(at, known or ask_desk(Channel.MESSAGES, at)) if terms else MessageIntake(possible=False)


@dataclass(frozen=True)
class BothChannels:
    """How phone and messages stand at one instant, whose they are, and the calendars that say so; and live talk, where there is any.

    While messages cannot be taken they are closed, whatever the calendar says, with no opening and no promise; so is live talk, which
    begins with one.
    """

    organisation: Organisation
    phone: calendar.Availability
    messages: calendar.Availability
    calendars: dict[str, calendar.Calendar]
    takes_messages: bool = True
    live: calendar.Availability | None = None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.organisation.time_zone)

    @property
    def today(self) -> date:
        """The organisation's own date."""
        return local_date(self.phone.at, self.zone)

    @property
    def offered(self) -> dict[str, calendar.Calendar]:
        """The calendars of the ways that there are: without a number nobody can call, and what cannot be taken nobody should write."""
        there = {
            Channel.PHONE: bool(self.organisation.phone),
            Channel.MESSAGES: self.takes_messages,
            Channel.LIVE: self.takes_messages,
        }
        return {name: own for name, own in self.calendars.items() if there[Channel(name)]}

    @property
    def busy(self) -> bool:
        """A lead has said that answers take longer at the moment."""
        return self.organisation.is_busy(self.phone.at)


def both_channels_availability(*, at: datetime) -> BothChannels:
    """Both channels at `at` as people are told of them, in the eight queries that one of them takes, and two about taking messages.

    Three more say how live talk stands, for an organisation that has it.

    Raises:
        helpline.calendar.intervals.NotAnInstant.
    """
    at, own = calendar_instant(at), organisation()
    calendars = calendars_in_use(channel_calendars(own, Channel.values, at=at))
    known = _hands(calendars, at)
    answers = _answers(own, calendars, at, known)
    taken = may_take_messages(at=at, known=known.get(Channel.MESSAGES))
    messages = _as_taken(answers[Channel.MESSAGES], taken)
    live = _as_taken(answers[Channel.LIVE], taken) if Channel.LIVE in answers else None
    return BothChannels(own, answers[Channel.PHONE], messages, calendars, taken.possible, live)


def _hands(channels: Iterable[str], at: datetime) -> dict[str, DeskKnowledge]:
    return {channel: found for channel in channels if (found := ask_desk(channel, at)) is not None}


def _as_taken(messages: calendar.Availability, taken: MessageIntake) -> calendar.Availability:
    changes_at = min(filter(None, [messages.changes_at if taken.possible else None, taken.changes_at]), default=None)
    if taken.possible:
        return replace(messages, changes_at=changes_at)
    closed = calendar.ChannelState.CLOSED
    return replace(messages, state=closed, opens_at=None, closes_at=None, reason=None, reply_by=None, changes_at=changes_at)


def _answers(
    own: Organisation,
    calendars: dict[str, calendar.Calendar],
    at: datetime,
    known: dict[str, DeskKnowledge],
    *,
    calendar_only: bool = False,
    besides: Collection[AnsweringLack] = (),
) -> dict[str, calendar.Availability]:
    duty = {} if calendar_only else able_cover(list(calendars), at, known, besides=besides)
    busy_until = own.busy_until if own.is_busy(at) else None
    answers = {}
    for channel, found in calendars.items():
        cover = duty.get(channel)
        changing = {Channel.MESSAGES: busy_until, Channel.LIVE: at + ROOM_KNOWN_FOR}.get(Channel(channel))
        again = min(filter(None, [cover.again if cover else None, changing]), default=None)
        promise = promised_time(own, found, at, known.get(channel))
        staffed = cover.staffed if cover else None
        answers[channel] = calendar.compute_availability(found, channel=channel, at=at, promise=promise, duty=staffed, again=again)
    return answers


def promised_time(own: Organisation, hours: calendar.Calendar, at: datetime, known: DeskKnowledge | None) -> timedelta:
    """The working time within which what is written at `at` is answered: as the organisation says it, and never less than the person
    who waits the longest has waited already. Nobody new is told of a shorter wait than the one that others have.
    """
    if known is None or known.waiting_since is None or known.waiting_since >= at:
        return own.promise(at)
    return max(own.promise(at), calendar.working_time(hours, known.waiting_since, at))


def is_channel_open(*, channel: str, at: datetime) -> bool:
    """Whether the channel is open by the calendar, with anyone or no one on duty; in five queries.

    Raises:
        helpline.hours.calendars.UnknownChannel, helpline.calendar.intervals.NotAnInstant.
    """
    at = calendar_instant(at)
    return channel_calendar(organisation(), channel=channel, at=at).is_open(at)


def channel_reply_by(*, channel: str, at: datetime, known: DeskKnowledge | None = None) -> datetime | None:
    """By when a message of `at` is answered: `channel_availability`'s own answer, without working out the rest of it.

    `known` is what the channel's desk knows at `at`.

    Raises:
        helpline.hours.calendars.UnknownChannel, helpline.calendar.intervals.NotAnInstant.
    """
    at, own = calendar_instant(at), organisation()
    hours = channel_calendar(own, channel=channel, at=at)
    return calendar.add_working_time(hours, at, promised_time(own, hours, at, known))


def half_promised_time_ago(*, channel: str, at: datetime) -> datetime | None:
    """What came then or earlier has waited for half of the promised working time, as the calendar stands now.

    Raises:
        helpline.hours.calendars.UnknownChannel, helpline.calendar.intervals.NotAnInstant.
    """
    at, own = calendar_instant(at), organisation()
    known = channel_calendar(own, channel=channel, at=at - timedelta(days=LOOK_BACK_DAYS))
    return calendar.working_time_ago(known, at, timedelta(minutes=own.promise_minutes) / 2)


def channel_working_time(*, channel: str, since: datetime, at: datetime) -> timedelta:
    """The time that the channel was open from one instant to the other, as the calendar stands now; in five queries.

    Raises:
        helpline.hours.calendars.UnknownChannel, helpline.calendar.intervals.NotAnInstant.
    """
    since, at = calendar_instant(since), calendar_instant(at)
    return calendar.working_time(channel_calendar(organisation(), channel=channel, at=since), since, at)


def channel_calendar(own: Organisation, *, channel: str, at: datetime, nation: str | None = None) -> calendar.Calendar:
    """The channel's calendar from about `at` on.

    Raises:
        helpline.hours.calendars.UnknownChannel, helpline.calendar.public_holidays.UnknownNation.
    """
    return channel_calendars(own, (channel,), at=at, nation=nation)[channel]

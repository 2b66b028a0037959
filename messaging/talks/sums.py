"""Live talks as plain sums for the lead's reports: asked for, taken, become messages, ended by whom. In memory first, as every sum is."""

from datetime import datetime, timedelta

from messaging.models.desk_sums import TalkCount
from messaging.reports.record import record_talk
from messaging.routing.talk_policy import OFFER, TalkEnding

AT_ONCE, SOON = OFFER, timedelta(minutes=1)
OF_ENDING = {
    TalkEnding.WITHDRAWN: TalkCount.WITHDRAWN,
    TalkEnding.NOBODY: TalkCount.BECAME_MESSAGE,
    TalkEnding.NO_ROOM: TalkCount.BECAME_MESSAGE,
    TalkEnding.PERSON: TalkCount.ENDED_BY_PERSON,
    TalkEnding.COUNSELLOR: TalkCount.ENDED_BY_COUNSELLOR,
    TalkEnding.CLOSING: TalkCount.ENDED_AT_CLOSING,
    TalkEnding.IDLE: TalkCount.ENDED_IDLE,
}


def count_asked(*, at: datetime) -> None:
    """Call these on commit."""
    record_talk(TalkCount.ASKED, at=at)


def count_taken(*, asked_at: datetime, at: datetime) -> None:
    waited = at - asked_at
    record_talk(TalkCount.TAKEN, at=at)
    step = TalkCount.TAKEN_AT_ONCE if waited < AT_ONCE else TalkCount.TAKEN_WITHIN_A_MINUTE if waited < SOON else TalkCount.TAKEN_LATER
    record_talk(step, at=at)


def count_ended(ending: TalkEnding, *, at: datetime) -> None:
    record_talk(OF_ENDING[ending], at=at)

"""`manage.py availability`: can someone be reached, at any instant?"""

import json as to_json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from helpline import organisation
from helpline.calendar import Availability, ChannelState
from helpline.calendar.able_to_answer import BY_THE_ROTA, AnsweringLack
from helpline.calendar.public_holidays import NATIONS
from helpline.calendar.rfc3339 import NotRfc3339, parse_rfc3339
from helpline.clock import now
from helpline.hours import channels
from helpline.models.hours import Channel

NOTHING = "{folder} holds no demonstration yet. Fill it first: manage.py demo --seed-only --data DIR"


def _exists(name: str | Path) -> bool:
    return ":memory:" in str(name) or "mode=memory" in str(name) or Path(name).exists()


def parse_instant(text: str) -> datetime:
    """The value of --at."""
    try:
        return parse_rfc3339(text)
    except NotRfc3339 as error:
        raise ArgumentTypeError(str(error)) from error


class Command(BaseCommand):
    """One question, one answer: the same as the pages give."""

    help = "Says whether people can reach a counsellor: open, closing_soon, unstaffed or closed, and until when."
    # A question about hours needs the database and nothing else to be in order.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", type=parse_instant, help="an instant such as 2026-12-24T16:50:00+00:00 (now)")
        parser.add_argument("--channel", required=True, choices=Channel.values, help="how to reach a counsellor")
        parser.add_argument("--nation", choices=NATIONS, help="whose public holidays count (the organisation's)")
        parser.add_argument("--calendar-only", action="store_true", help="leave the rota out of the answer")
        parser.add_argument("--data", metavar="DIR", help="the folder of a demonstration (the installation of the environment)")
        parser.add_argument("--json", action="store_true", help="print one line of JSON")

    def handle(
        self, *, at: datetime | None, channel: str, nation: str | None, calendar_only: bool, json: bool, data: str | None, **_: Any
    ) -> None:
        if connection.vendor == "sqlite" and not _exists(connection.settings_dict["NAME"]):
            # SQLite would make an empty file, and the demonstration would then refuse the folder.
            raise CommandError(NOTHING.format(folder=data or "The folder"))
        try:
            zone = ZoneInfo(organisation.organisation().time_zone)
            this = now()
            besides = known_only_now(at, this)
            answer = channels.channel_availability(
                channel=channel, at=at or this, nation=nation, calendar_only=calendar_only, besides=besides
            )
        except DatabaseError as error:
            raise CommandError(f"The database does not answer, or was never migrated: {error}") from error
        self.stdout.write(to_json.dumps(answer.as_json()) if json else availability_sentence(answer, zone))


def known_only_now(at: datetime | None, this: datetime) -> frozenset[AnsweringLack]:
    """What nobody can know of the instant: who is at the desk at another one than now; of one that is over, any key and any break."""
    if at is None:
        return frozenset()
    return frozenset({AnsweringLack.UNSEEN, AnsweringLack.ROOM}) if at >= this else BY_THE_ROTA


def availability_sentence(answer: Availability, zone: ZoneInfo) -> str:
    """The answer for people, by the clock on the wall."""

    def when(at: datetime) -> str:
        local = at.astimezone(zone)
        return f"{local:%H:%M} on {local:%A} {local.day} {local:%B %Y}"

    name = Channel(answer.channel).label
    until = f" until {when(answer.closes_at)}" if answer.closes_at else ""
    if answer.state == ChannelState.CLOSED:
        because = f" for {answer.reason}" if answer.reason else ""
        again = f"opens at {when(answer.opens_at)}" if answer.opens_at else "no opening is known"
        said = f"{name}: closed{because}; {again}."
    elif answer.state == ChannelState.UNSTAFFED:
        said = f"{name}: nobody is on duty, although it is open{until}."
    else:
        soon = ", closing soon" if answer.state == ChannelState.CLOSING_SOON else ""
        said = f"{name}: open{until}{soon}."
    if answer.channel == Channel.MESSAGES and answer.reply_by:
        said += f" A message sent now is answered by {when(answer.reply_by)}."
    return said

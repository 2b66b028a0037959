"""A made-up week: clocks go forward on Sunday 29 March 2026, and 3 April is Good Friday. Messages are open nine to five on weekdays."""

import html
import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client

from helpline import statistics
from helpline.models import Account, Organisation, Shift
from messaging.models import DeskSum, WeekShare, WrapUpSum
from messaging.reports import record
from messaging.reports.tables import NAMES
from tests.world.desk import Desk, open_helpline
from tests.world.person import AtDesk

LONDON = ZoneInfo("Europe/London")
MONDAY, AFTER = date(2026, 3, 30), date(2026, 4, 6)
PAGE = "/desk/reports/"
ASKED = "?first=2026-03-30&last=2026-04-07"


def on(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """By London's clock on the wall."""
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


# Both weeks are over, and so are both quarters that they lie in, with the weeks that begin in them.
EVENING = on(7, 7, 18)


def made_up() -> Desk:
    """The week's people, their shifts, waits, and what was closed; written as rows."""
    desk = open_helpline("Moira", "Callum")
    Shift.objects.all().delete()
    Organisation.objects.update(nation="scotland")
    for name, start, end in (
        ("Moira", on(3, 31, 9), on(3, 31, 13)),
        ("Callum", on(3, 31, 10), on(3, 31, 12)),
        ("Moira", on(4, 7, 10), on(4, 7, 11)),
        ("Moira", on(7, 8, 9), on(7, 8, 11)),  # Still to come.
    ):
        Shift.objects.create(counsellor=desk.members[name].counsellor, channel="messages", starts_at=start, ends_at=end)
    for name, monday, given in (("Moira", MONDAY, 12), ("Callum", MONDAY, 9), ("Moira", AFTER, 3)):
        WeekShare.objects.create(member=desk.members[name], monday=monday, given=given)
    for kind, code, number in (
        ("closed", "", 27),
        ("route", "self", 16),
        ("route", "other", 7),
        ("route", "young", 4),
        ("action", "devices", 8),
        ("signpost", "gp", 9),
    ):
        WrapUpSum.objects.create(week=MONDAY, kind=kind, code=code, number=number)
    # Asked and taken are totals, and on no page.
    for place, number in enumerate((23, 15, 9, 4, 2, 3, 5, 8, 7)):
        DeskSum.objects.create(kind="talk", since=MONDAY, place=place, number=number)
    wait()
    write()
    assert statistics.flush_counts()
    return desk


def wait() -> None:
    """Five answers in the week, of 1, 2, 1, 8 and half an hour of work; and one in the next, of two hours around Good Friday."""
    for since, at in (
        (on(3, 27, 16, 30), on(3, 30, 9, 30)),  # Half an hour on Friday, half on Monday, and a change of clock between.
        (on(3, 30, 10), on(3, 30, 12)),
        (on(3, 28, 3), on(3, 30, 10)),
        (on(4, 1, 9), on(4, 1, 17)),
        (on(4, 2, 15), on(4, 2, 15, 30)),
        (on(4, 2, 16), on(4, 6, 10)),
    ):
        record.record_answer(since=since, due_at=on(4, 30, 9), at=at)


def write() -> None:
    """How many people began to wait, and when."""
    for number, at in (
        (7, on(3, 28, 3, 10)),
        (6, datetime(2026, 3, 29, 1, 30, tzinfo=ZoneInfo("UTC"))),  # 2.30 by the new clock.
        (5, on(4, 3, 10)),  # Good Friday: closed.
        (9, on(3, 31, 10, 10)),
        (5, on(4, 1, 16, 50)),
        (8, on(4, 7, 10)),
    ):
        for _ in range(number):
            record.record_arrival(at=at)


def lead(desk: Desk) -> Client:
    member = desk.members["Moira"]
    Account.objects.filter(pk=member.counsellor.account_id).update(role=Account.Role.LEAD)
    member.counsellor.account.refresh_from_db()
    return AtDesk(desk, "Moira").client


def page(client: Client, asked: str = ASKED) -> str:
    answer: Any = client.get(PAGE + asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def rows(text: str, name: str) -> list[list[str]]:
    """The cells of a report's table, head and foot included."""
    inside = text.partition(f'id="table-{name}"')[2].partition("</table>")[0]
    found = [re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", inside, re.DOTALL)]
    assert found, name
    return [[html.unescape(cell) for cell in row] for row in found]


def everything_on(text: str) -> dict[str, list[list[str]]]:
    """Every table of the page by its report's name, heads and last rows included: all but that of live talks, which none may have been."""
    return {name: rows(text, name) for name in NAMES if name != "talks" or 'id="table-talks"' in text}

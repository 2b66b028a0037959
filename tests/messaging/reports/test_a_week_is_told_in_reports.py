"""The reports of a made-up week, worked out by hand: small numbers hidden, files like tables."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from helpline.models import Shift
from messaging.models import DeskSum, WeekShare, WrapUpSum
from messaging.reports.tables import NAMES
from tests.messaging.reports.week import AFTER, ASKED, MONDAY, PAGE, everything_on, lead, made_up, on, page, rows
from tests.world.desk import Desk
from tests.world.person import AtDesk, set_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> Desk:
    return made_up()


@pytest.fixture
def text(desk: Desk) -> str:
    return page(lead(desk))


def test_waits_are_of_working_time_over_weekend_holiday_and_change_of_clock(text: str) -> None:
    assert rows(text, "waits")[1:] == [
        ["30 Mar 2026", "5", "not shown", "not shown"],
        ["6 Apr 2026", "fewer than 5", "–", "–"],
        ["January to March 2026", "5", "not shown", "not shown"],
        ["April to June 2026", "fewer than 5", "–", "–"],
    ]
    assert dict(DeskSum.objects.filter(kind="wait", since=MONDAY).values_list("place", "number")) == {0: 3, 1: 1, 5: 1}
    assert dict(DeskSum.objects.filter(kind="wait", since=AFTER).values_list("place", "number")) == {1: 1}


def test_a_time_is_told_where_five_or_more_waited_longer(desk: Desk) -> None:
    DeskSum.objects.create(kind="wait", since=MONDAY - timedelta(weeks=1), place=3, number=40)
    DeskSum.objects.filter(kind="wait", since=MONDAY, place=0).update(number=8)
    assert rows(page(lead(desk)), "waits")[1:] == [
        ["30 Mar 2026", "10", "1 h", "not shown"],
        ["6 Apr 2026", "fewer than 5", "–", "–"],
        ["January to March 2026", "50", "4 h", "4 h"],
        ["April to June 2026", "fewer than 5", "–", "–"],
    ]
    DeskSum.objects.filter(kind="wait", since=MONDAY, place=0).update(number=7)
    told = rows(page(lead(desk)), "waits")
    assert (told[1][2:], told[3][2:]) == (["not shown", "not shown"], ["4 h", "not shown"])


def test_the_share_within_the_promise(text: str, desk: Desk) -> None:
    assert rows(text, "promise")[1] == ["30 Mar 2026", "5", "100%"]
    DeskSum.objects.create(kind="late", since=MONDAY, place=0, number=5)
    DeskSum.objects.filter(kind="wait", since=MONDAY, place=0).update(number=18)
    assert rows(page(lead(desk)), "promise")[1:] == [
        ["30 Mar 2026", "20", "75%"],
        ["6 Apr 2026", "fewer than 5", "–"],
        ["All weeks", "more than 20", "75%"],
    ]


@pytest.mark.parametrize("late", [1, 4])
def test_a_share_that_would_tell_how_few_were_late_is_only_told_to_be_at_least_so_much(desk: Desk, late: int) -> None:
    DeskSum.objects.create(kind="late", since=MONDAY, place=0, number=late)
    DeskSum.objects.filter(kind="wait", since=MONDAY, place=0).update(number=18)
    told = rows(page(lead(desk)), "promise")
    assert told[1] == ["30 Mar 2026", "20", "at least 80%"]
    assert told[3] == ["All weeks", "more than 20", "at least 80%"]


def test_closed_hours_by_hour_and_weekday(text: str) -> None:
    hours, days = (dict(rows(text, name)[1:]) for name in ("closed-hours", "closed-days"))
    # Of two quarters: at least none and at most four in each.
    few = "0–8"
    told = {"02:00–03:00": "5–13", "03:00–04:00": "5–13", "10:00–11:00": "5–13"}
    assert {hour: number for hour, number in hours.items() if number != few} == told
    assert {day: number for day, number in days.items() if number != few} == {"Friday": "5–13", "Saturday": "5–13", "Sunday": "5–13"}
    assert (len(hours), len(days)) == (24, 7)


def test_cover_against_demand_by_open_hour_of_the_week(text: str) -> None:
    cover = {row[0]: row[1:] for row in rows(text, "cover")[1:]}
    assert len(cover) == 40
    # Twenty-six Tuesdays in half a year, of which two had three hours of counsellors between ten and eleven.
    assert cover["Tuesday 10:00–11:00"] == ["10–18", "0.1", "3.3–6.0"]
    assert cover["Tuesday 12:00–13:00"] == ["0–8", "0.0", "0.0–8.0"]
    # Nobody was on duty; and the quarter that the rota's next days are in is not told yet.
    assert cover["Wednesday 16:00–17:00"] == ["5–13", "0.0", "–"]
    assert cover["Wednesday 09:00–10:00"] == ["0–8", "0.0", "–"]


def test_load_and_fairness_by_the_hour_on_duty(text: str) -> None:
    # Moira's three of the second week are hidden, with the hour that they took.
    assert rows(text, "load")[1:] == [["Callum", "2.0", "9", "4.50"], ["Moira", "5.0", "more than 12", "3.00"]]
    assert rows(text, "fairness")[1:] == [
        ["30 Mar 2026", "2", "4.50", "3.00", "1.5 times"],
        ["6 Apr 2026", "1", "not shown", "not shown", "too few to compare"],
    ]


def test_codes_are_told_in_fives(text: str) -> None:
    assert dict(rows(text, "routes")[1:]) == {
        "Wrote about themselves": "15–23",
        "Wrote about someone else": "5–13",
        "A young person": "0–8",
        "A professional": "0–8",
        "Not clear": "0–8",
    }
    assert dict(rows(text, "actions")[1:])["Limits on devices or accounts"] == "5–13"


def test_other_small_numbers_change_nothing(desk: Desk) -> None:
    client = lead(desk)
    DeskSum.objects.create(kind="closed-hour", since="2026-01-01", place=5, number=1)
    DeskSum.objects.create(kind="open", since="2026-01-01", place=9, number=1)
    before = everything_on(page(client))
    DeskSum.objects.filter(kind="closed-hour", place=5).update(number=3)
    DeskSum.objects.filter(kind="wait", since=AFTER).update(number=4, place=8)
    WrapUpSum.objects.filter(code="young").update(number=1)
    WeekShare.objects.filter(given=3).update(given=1)
    after = everything_on(page(client))
    # The last rows too, which have the totals and what is not told apart.
    assert {name for name in NAMES if before[name] != after[name]} == set()


def test_what_became_of_requests_for_a_live_talk_is_told_in_fives_without_a_total(desk: Desk) -> None:
    told = rows(page(lead(desk)), "talks")
    assert [row[0] for row in told[1:]] == [
        "Taken within 30 seconds",
        "Taken within a minute",
        "Taken later",
        "The person took the wish back",
        "Became a message",
    ]
    assert "23" not in str(told)
    DeskSum.objects.filter(kind="talk", place__in=[3, 4, 5]).update(number=1)
    assert rows(page(lead(desk)), "talks") == told
    DeskSum.objects.filter(kind="talk").delete()
    assert 'id="table-talks"' not in page(lead(desk)), "who has no live talk hears nothing of it"


def test_each_file_is_its_table_and_no_text_in_it_is_a_formula(desk: Desk) -> None:
    counsellor = desk.members["Callum"].counsellor
    counsellor.display_name = "=1+1"
    counsellor.save()
    client = lead(desk)
    text = page(client)
    for name in NAMES:
        answer = client.get(f"{PAGE}{name}.csv{ASKED}")
        assert answer.headers["Content-Type"].startswith("text/csv")
        lines = list(csv.reader(io.StringIO(answer.content.decode())))
        table = rows(text, name)
        assert [[cell.removeprefix("'") for cell in line] for line in lines] == table
        assert not any(cell[:1] in {"=", "+", "-", "@"} for line in lines for cell in line)
    assert client.get(f"{PAGE}words.csv").status_code == 404


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("?first=&last=2026-04-01", "Enter the first day."),
        ("?first=2026-04-02&last=2026-04-01", "Enter a last day that is not before the first day."),
        ("?first=2024-04-02&last=2026-04-01", "at most 366 days before"),
        ("?first=0001-01-01&last=9999-12-31", "Enter a day from 2000 to 2099."),
        ("?first=%00&last=<b>", "Enter the first day as year, month and day"),
        ("?first=2099-01-01&last=2099-12-31", "there is nothing to report"),
        (
            "?first=2026-07-01&last=2026-07-31",
            "No quarter with any of these days is over yet: the present one appears from 5 October 2026.",
        ),
        ("?first=2026-07-06&last=2026-07-12", "This week appears from 13 July 2026"),
        ("?first=2000-01-01&last=2000-01-01", "Reports cover whole weeks"),
    ],
)
def test_any_days_have_an_answer(desk: Desk, asked: str, words: str) -> None:
    client = lead(desk)
    assert words in page(client, asked)
    assert "<b>" not in page(client, asked)
    assert client.get(f"{PAGE}waits.csv{asked}", follow=True).status_code == 200


def test_what_comes_today_changes_nothing_and_what_is_new_tomorrow_is_a_whole_week(desk: Desk) -> None:
    asked = "?first=2026-03-30&last=2026-07-19"
    client = lead(desk)
    before = everything_on(page(client, asked))
    present, quarter = "2026-07-06", "2026-07-01"
    DeskSum.objects.bulk_create(DeskSum(kind=kind, since=present, place=0, number=7) for kind in ("wait", "late"))
    DeskSum.objects.bulk_create(DeskSum(kind=kind, since=quarter, place=1, number=7) for kind in ("open", "closed-hour", "closed-day"))
    WrapUpSum.objects.create(week=present, kind="route", code="self", number=7)
    WeekShare.objects.create(member=desk.members["Moira"], monday=present, given=7)
    assert everything_on(page(client, asked)) == before
    # The sums of Sunday night are written some minutes after midnight.
    set_clock(on(7, 13, 0, 59))
    assert everything_on(page(client, asked)) == before
    set_clock(on(7, 13, 1, 1))
    after = everything_on(page(client, asked))
    assert {name for name in NAMES if before[name] != after[name]} == {"waits", "promise", "load", "fairness"}
    assert after["waits"][-4:-2] == [["29 Jun 2026", "0", "–", "–"], ["6 Jul 2026", "7", "not shown", "not shown"]]


def test_leads_and_admins_alone(desk: Desk) -> None:
    assert Client().get(PAGE).status_code == 302
    counsellor = AtDesk(desk, "Callum").client
    assert [counsellor.get(path).status_code for path in (PAGE, f"{PAGE}waits.csv")] == [403, 403]
    assert 'href="/desk/reports/"' not in counsellor.get("/desk/keys/").content.decode()
    assert 'href="/desk/reports/"' in lead(desk).get("/desk/keys/").content.decode()


def test_it_is_drawn_without_styles_and_costs_the_same_however_much_there_is(desk: Desk) -> None:
    client = lead(desk)

    def cost(asked: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            text = page(client, asked)
        assert "style=" not in text.partition("<main")[2]
        assert text.count('role="img"') == len(NAMES)
        return len(queries)

    little = cost(ASKED)
    weeks = [MONDAY - timedelta(weeks=number) for number in range(1, 50)]
    DeskSum.objects.bulk_create(DeskSum(kind="wait", since=week, place=place, number=9) for week in weeks for place in range(11))
    for member in desk.members.values():
        WeekShare.objects.bulk_create(WeekShare(member=member, monday=week, given=9) for week in weeks)
        Shift.objects.bulk_create(
            Shift(counsellor=member.counsellor, channel="messages", starts_at=at, ends_at=at + timedelta(hours=4))
            for at in (on(3, 30, 9) - timedelta(weeks=number) for number in range(1, 50))
        )
    assert cost("?first=2025-05-01&last=2026-04-07") == little
    # Three are for the marks beside the pages: flags that no lead has opened, an epoch to be confirmed, changes that can be stopped.
    assert little <= 24

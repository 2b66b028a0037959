"""A request asks no database for its count; sums are added to what stands, survive a database that is away, and are bounded."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from helpline import statistics
from helpline.models import Organisation, Tally
from helpline.statistics import counter

AT = datetime(2026, 11, 25, 12, 5, tzinfo=UTC)


def rows() -> list[tuple[Any, ...]]:
    return list(Tally.objects.order_by("pk").values_list("what", "day", "band", "page", "advert", "number"))


def test_counting_asks_nothing_and_writing_is_one_statement(own: Organisation) -> None:
    with CaptureQueriesContext(connection) as queries:
        for _ in range(3):
            statistics.count_page_visit("/write", at=AT)
        statistics.count_advert_visit("k7mt", at=AT)
        statistics.count_start(at=AT)
        statistics.count_sent_message(at=AT)
    assert len(queries) == 0
    with CaptureQueriesContext(connection) as queries:
        assert statistics.flush_counts()
    # The organisation for its zone, the savepoint's two, and all sums at once.
    assert len(queries) == 4
    day = AT.date()
    assert rows() == [
        ("sent", day, 8, "", "", 1),
        ("start", day, 8, "", "", 1),
        ("visit", day, 4, "", "k7mt", 1),
        ("visit", day, 4, "/write", "", 3),
    ]


def test_what_stands_is_added_to(own: Organisation) -> None:
    for number in (2, 5):
        for _ in range(number):
            statistics.count_page_visit("me", at=AT)
        assert statistics.flush_counts()
    assert rows() == [("visit", AT.date(), 4, "me", "", 7)]
    assert statistics.flush_counts()
    assert rows() == [("visit", AT.date(), 4, "me", "", 7)]


@pytest.mark.parametrize(
    ("at", "day", "band"),
    [
        (datetime(2026, 11, 25, 23, 59, tzinfo=UTC), 25, 7),
        (datetime(2026, 11, 26, 0, 0, tzinfo=UTC), 26, 0),
        (datetime(2026, 7, 25, 23, 0, tzinfo=UTC), 26, 0),  # Summer: midnight in London.
        (datetime(2026, 10, 25, 0, 59, tzinfo=UTC), 25, 0),  # Before and after the clocks go back.
        (datetime(2026, 10, 25, 3, 0, tzinfo=UTC), 25, 1),
        (datetime(2026, 3, 29, 2, 0, tzinfo=UTC), 29, 1),  # After they went forward.
    ],
)
def test_the_part_of_the_day_is_the_organisations_own(own: Organisation, at: datetime, day: int, band: int) -> None:
    statistics.count_page_visit("/", at=at)
    statistics.flush_counts()
    assert [(row[1].day, row[2]) for row in rows()] == [(day, band)]


def test_the_order_of_rows_says_nothing_about_the_order_of_visits(own: Organisation) -> None:
    for page in ("telling", "/", "first", "me"):
        statistics.count_page_visit(page, at=AT)
    statistics.flush_counts()
    assert [row[3] for row in rows()] == ["/", "first", "me", "telling"]


def test_while_the_database_is_away_sums_are_kept_and_then_written_once(own: Organisation, caplog: pytest.LogCaptureFixture) -> None:
    statistics.count_page_visit("/", at=AT)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE helpline_tally RENAME TO away")
        assert not statistics.flush_counts()
        statistics.count_page_visit("/", at=AT)
        assert not statistics.flush_counts()
        cursor.execute("ALTER TABLE away RENAME TO helpline_tally")
    assert statistics.flush_counts()
    assert rows() == [("visit", AT.date(), 4, "/", "", 2)]
    # Said once, and without what the database said: it quotes values.
    assert [record.getMessage() for record in caplog.records] == [
        "Sums of visits could not be written (ProgrammingError); they are kept for now."
        if connection.vendor == "postgresql"
        else "Sums of visits could not be written (OperationalError); they are kept for now."
    ]


def test_there_are_never_more_sums_than_so_many(own: Organisation) -> None:
    for number in range(counter.MOST + 10):
        statistics.count_page_visit(f"page-{number}", at=AT)
    statistics.count_page_visit("page-0", at=AT)
    assert len(counter.sums._sums) == counter.MOST
    assert statistics.flush_counts()
    assert Tally.objects.count() == counter.MOST
    assert Tally.objects.get(page="page-0").number == 2


def test_many_threads_lose_no_count(own: Organisation) -> None:
    def count() -> None:
        for _ in range(500):
            statistics.count_page_visit("/", at=AT)

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    statistics.flush_counts()
    assert rows()[0][-1] == 4_000


def test_a_name_that_is_too_long_keeps_no_other_sum_from_being_written(own: Organisation) -> None:
    statistics.count_page_visit("a" * 60, at=AT)
    statistics.count_page_visit("/", at=AT)
    assert statistics.flush_counts()
    assert [row[3] for row in rows()] == ["/", "a" * 40]


@pytest.mark.postgres
def test_a_sum_is_found_by_its_index(own: Organisation) -> None:
    days = [AT.date() - timedelta(days=number) for number in range(800)]
    Tally.objects.bulk_create(Tally(what="visit", day=day, band=band, page="/", number=1) for day in days for band in range(8))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE helpline_tally")
        cursor.execute(
            "EXPLAIN INSERT INTO helpline_tally (what, day, band, page, advert, number) VALUES ('visit', '2026-11-25', 4, '/', '', 1) "
            "ON CONFLICT (what, day, band, page, advert) DO UPDATE SET number = helpline_tally.number + excluded.number"
        )
        assert "Conflict Arbiter Indexes: tally_once" in "\n".join(line for (line,) in cursor.fetchall())

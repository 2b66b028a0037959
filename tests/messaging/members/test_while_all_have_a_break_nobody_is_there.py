"""While all on duty have a break the site says that nobody is there, until the first is back; routing goes by the rota."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from helpline.hours.channels import channel_availability
from helpline.models import Absence, ConfidentialityTerms, Organisation, Shift
from messaging.housekeeping import sweep_up
from messaging.members.capacity import begin_break, end_break
from messaging.models import DeskMember
from messaging.monitoring.figures import status_figures
from messaging.protocol.encoding import decode
from messaging.routing.end_shifts import end_shifts
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, Desk, put_on_duty, send
from tests.world.person import AtDesk, Person, set_clock, who_has

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def state(minutes: int = 0, channel: str = "messages") -> str:
    return channel_availability(channel=channel, at=NOON + minutes * MINUTE).state


def changes(minutes: int = 0) -> int:
    """After how many minutes from noon the answer may be another."""
    found = channel_availability(channel="messages", at=NOON + minutes * MINUTE).changes_at
    assert found is not None
    return (found - NOON) // MINUTE


@pytest.fixture
def all_away(desk: Desk) -> Desk:
    """Both began a break at noon: Moira for twenty minutes, Callum for forty."""
    begin_break(desk.members["Moira"], NOON + 20 * MINUTE, at=NOON)
    assert state() == "open"
    begin_break(desk.members["Callum"], NOON + 40 * MINUTE, at=NOON)
    return desk


class TestOnTheSite:
    def test_open_again_when_the_first_is_back(self, all_away: Desk) -> None:
        assert [state(minutes) for minutes in (0, 19, 20, 60)] == ["unstaffed", "unstaffed", "open", "open"]
        assert (changes(0), changes(20)) == (20, 120)
        end_break(all_away.members["Callum"], at=NOON + MINUTE)
        assert state(1) == "open"

    def test_the_page_and_what_programs_store_change_with_the_break(self, all_away: Desk, client: Client, client_build: object) -> None:
        ConfidentialityTerms.objects.create(version=1, text="The words.", published_on=NOON.date())
        set_clock(NOON + 19 * MINUTE + timedelta(seconds=30))
        page: Any = client.get("/leaving")
        assert 'data-channel="messages" data-state="unstaffed"' in page.text
        assert page.headers["Cache-Control"] == "no-store"
        kept = re.fullmatch(r"public, max-age=(\d+), must-revalidate", client.get("/api/v1/availability").headers["Cache-Control"])
        assert kept is not None
        assert 20 <= int(kept[1]) <= 30
        assert client.get("/api/v1/availability").json()["messages"]["state"] == "unstaffed"
        assert client.get("/hours").json()["messages"]["state"] == "unstaffed"
        set_clock(NOON + 20 * MINUTE)
        assert client.get("/hours").json()["messages"]["state"] == "open"

    def test_a_break_at_the_desk_leaves_the_phone_as_it_was(self, all_away: Desk) -> None:
        Shift.objects.update(channel="phone")
        assert channel_availability(channel="messages", at=NOON).state == "unstaffed"
        before = channel_availability(channel="phone", at=NOON)
        DeskMember.objects.update(away_until=None)
        assert channel_availability(channel="phone", at=NOON) == before

    def test_all_that_the_desk_knows_takes_one_query(self, all_away: Desk) -> None:
        with CaptureQueriesContext(connection) as queries:
            assert state() == "unstaffed"
        assert len(queries) == 8

    def test_the_command_knows_breaks_from_now_on(self, all_away: Desk, capsys: pytest.CaptureFixture[str]) -> None:
        def said(minutes: int) -> str:
            call_command("availability", "--channel", "messages", "--json", "--at", (NOON + minutes * MINUTE).isoformat())
            return str(json.loads(capsys.readouterr().out)["state"])

        assert [said(minutes) for minutes in (-10, 10, 30)] == ["open", "unstaffed", "open"]


class TestABreakEndsWithTheShift:
    """What somebody chose for a shift is over with it: the site foresees what `end_shifts` will do."""

    @pytest.mark.parametrize(("pause", "back"), [(0, 170), (30, 150)], ids=["the next shift follows at once", "after a pause"])
    def test_the_next_shift_begins_without_it(self, desk: Desk, pause: int, back: int) -> None:
        moira = desk.members["Moira"]
        Organisation.objects.update(seen_minutes=360)  # That she comes to each shift is no matter here.
        Shift.objects.filter(counsellor=desk.members["Callum"].counsellor).delete()
        over = NOON + 120 * MINUTE
        begins = over + pause * MINUTE
        Shift.objects.create(counsellor=moira.counsellor, channel="messages", starts_at=begins, ends_at=begins + 60 * MINUTE)
        end_shifts(at=NOON)
        begin_break(moira, NOON + 170 * MINUTE, at=NOON)
        assert (state(), changes()) == ("unstaffed", back)
        for minutes in range(5, 175, 5):
            end_shifts(at=NOON + minutes * MINUTE)
            moira.refresh_from_db()
            here = not 120 <= minutes < 120 + pause and not moira.is_away(NOON + minutes * MINUTE)
            assert state(minutes) == ("open" if here else "unstaffed")

    def test_an_absence_ends_it_too(self, all_away: Desk) -> None:
        Shift.objects.filter(counsellor=all_away.members["Callum"].counsellor).delete()
        moira = all_away.members["Moira"].counsellor
        Absence.objects.create(counsellor=moira, starts_at=NOON + 5 * MINUTE, ends_at=NOON + 10 * MINUTE)
        assert [state(minutes) for minutes in (0, 7)] == ["unstaffed", "unstaffed"]
        assert changes() == 10


class TestRouting:
    def test_a_break_ends_no_shift_and_gives_nothing_back(self, desk: Desk) -> None:
        thread = send().conversation
        AtDesk(desk, "Moira").claim(thread)
        end_shifts(at=NOON)
        for member in desk.members.values():
            begin_break(member, NOON + 20 * MINUTE, at=NOON)
        sweep_up(at=NOON + MINUTE)
        assert who_has(thread) == "Moira"
        assert set(DeskMember.objects.values_list("away_until", flat=True)) == {NOON + 20 * MINUTE}

    def test_whoever_is_back_first_is_given_what_waits_though_no_shift_began(self, all_away: Desk) -> None:
        thread = send().conversation
        assert route_waiting(at=NOON + 19 * MINUTE) == 0
        assert route_waiting(at=NOON + 20 * MINUTE) == 1
        assert who_has(thread) == "Moira"

    def test_a_person_who_writes_on_gets_their_counsellor_who_is_back(self, desk: Desk) -> None:
        person = Person()
        thread = decode(person.write_first().json()["conversation"])
        person.come_back()
        AtDesk(desk, "Callum").claim(thread)
        for member in desk.members.values():
            begin_break(member, NOON + 20 * MINUTE, at=NOON)
        person.write()
        # It stands open to be claimed, as it does whenever its counsellor has a break and nobody has room.
        route_waiting(at=NOON + MINUTE)
        assert AtDesk(desk, "Moira").where(thread) == {"waiting"}
        for member in desk.members.values():
            end_break(member, at=NOON + 2 * MINUTE)
        route_waiting(at=NOON + 2 * MINUTE)
        assert who_has(thread) == "Callum"

    def test_a_break_is_no_gap_that_a_lead_is_told_of(self, all_away: Desk) -> None:
        assert not status_figures(at=NOON).unstaffed
        Shift.objects.all().delete()
        assert status_figures(at=NOON).unstaffed
        put_on_duty(all_away.members["Moira"])
        assert not status_figures(at=NOON).unstaffed

"""Vault, certificate, key, role, account, or simply not there: what site, interface, routing, status page and desk then say and do."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from helpline.hours.channels import both_channels_availability, channel_availability, may_take_messages
from helpline.models import Account, ConfidentialityTerms, Shift
from messaging.desk_notices import send_desk_notices
from messaging.housekeeping import sweep_up
from messaging.models import Conversation, DeskMember, DeskNotice, RoutingEvent
from messaging.monitoring.assess import StatusState, status_findings
from messaging.monitoring.figures import status_figures
from messaging.monitoring.heartbeat import record_beat_tick
from messaging.protocol.encoding import decode
from messaging.routing.end_shifts import end_shifts
from messaging.routing.route import route_waiting
from tests.messaging.routing.unable import FOR_GOOD, FOR_NOW, Loses, the_certificate, the_role, the_vault, the_way_to_the_desk
from tests.world.desk import NOON, Desk, new_inbox, open_helpline, put_on_duty, sealed_body, send
from tests.world.person import AtDesk, Person, call, kind_of, set_clock, who_has

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def moira() -> DeskMember:
    """The only counsellor, at the desk; a person may write."""
    ConfidentialityTerms.objects.create(version=1, text="The words.", published_on=NOON.date())
    record_beat_tick(0, at=NOON)
    return open_helpline("Moira").members["Moira"]


def status() -> dict[str, StatusState]:
    return {line.condition: line.state for line in status_findings(status_figures(at=NOON)) if line.condition}


@pytest.mark.parametrize("loses", FOR_GOOD)
class TestNobodyCouldRead:
    def test_nothing_is_taken_nothing_promised_and_nobody_is_said_to_be_there(
        self, moira: DeskMember, loses: Loses, client: Client, client_build: object
    ) -> None:
        body = sealed_body(new_inbox())
        assert channel_availability(channel="messages", at=NOON).state == "open"
        loses(moira)
        stands = both_channels_availability(at=NOON)
        assert (stands.takes_messages, stands.messages.state, stands.messages.reply_by) == (False, "closed", None)
        assert not may_take_messages(at=NOON).possible
        assert "You cannot write to us right now" in client.get("/").content.decode()
        assert client.get("/hours").json()["messages"]["taken"] is False
        assert client.get("/api/v1/availability").json()["messages"]["reply_by"] is None
        assert kind_of(call(client, "POST", "/api/v1/messages", body)) == "closed"
        assert kind_of(call(client, "GET", "/api/v1/desk")) == "closed"
        assert not Conversation.objects.exists()

    def test_whoever_is_in_a_conversation_is_told_before_anything_is_kept(self, moira: DeskMember, loses: Loses) -> None:
        person = Person()
        person.write_first()
        person.come_back()
        written = person.sealed()
        loses(moira)
        assert kind_of(person.call("POST", "inbox/envelopes", written)) == "closed"
        assert Conversation.objects.get().received == 1

    def test_nothing_is_given_and_what_they_had_waits_for_others(self, moira: DeskMember, loses: Loses) -> None:
        thread = send().conversation
        assert route_waiting(at=NOON) == 1
        loses(moira)
        sweep_up(at=NOON)
        assert Conversation.objects.get().state == "waiting"
        assert RoutingEvent.objects.last().kind == "returned"  # type: ignore[union-attr]
        assert (sweep_up(at=NOON + MINUTE), who_has(thread)) == (0, "Moira")
        assert Conversation.objects.get().state == "waiting"

    def test_the_status_page_says_act_now(self, moira: DeskMember, loses: Loses) -> None:
        assert status()["no-reader"] == StatusState.LOOK
        loses(moira)
        assert status()["no-reader"] == StatusState.ACT


@pytest.mark.parametrize("loses", FOR_NOW)
class TestNobodyIsThere:
    def test_messages_are_taken_and_the_site_says_that_nobody_is_there(
        self, moira: DeskMember, loses: Loses, client: Client, client_build: object
    ) -> None:
        loses(moira)
        stands = both_channels_availability(at=NOON)
        assert (stands.takes_messages, stands.messages.state) == (True, "unstaffed")
        assert stands.messages.reply_by is not None
        assert "Nobody is here to read it at the moment" in client.get("/").content.decode()
        assert Person().write_first().status_code == 201
        assert (sweep_up(at=NOON), Conversation.objects.get().state) == (0, "waiting")
        assert status()["nobody-on-duty"] == StatusState.ACT

    def test_what_they_had_waits_for_others(self, moira: DeskMember, loses: Loses) -> None:
        send()
        end_shifts(at=NOON)
        route_waiting(at=NOON)
        loses(moira)
        sweep_up(at=NOON)
        assert Conversation.objects.get().state == "waiting"


@pytest.mark.parametrize("loses", [the_vault, the_certificate, the_role, the_way_to_the_desk])
def test_a_colleague_who_is_able_gets_what_was_theirs(desk: Desk, loses: Loses) -> None:
    thread = send().conversation
    AtDesk(desk, "Callum").claim(thread)
    end_shifts(at=NOON)
    loses(desk.members["Callum"])
    assert sweep_up(at=NOON) == 1
    assert who_has(thread) == "Moira"
    assert channel_availability(channel="messages", at=NOON).state == "open"


def test_the_first_minutes_of_a_shift_count_and_then_somebody_must_have_come(moira: DeskMember) -> None:
    begins = NOON - timedelta(hours=2)
    the_way_to_the_desk(moira)
    states = [both_channels_availability(at=begins + minutes * MINUTE).messages for minutes in (0, 9, 10)]
    assert [each.state for each in states] == ["open", "open", "unstaffed"]
    # A page that was opened in these minutes asks again when they are over, and says no earlier end of the shift.
    assert states[0].changes_at == begins + 10 * MINUTE
    assert states[0].staffed_until == NOON + timedelta(hours=2)


def test_the_lead_is_told_once_a_shift_of_whoever_has_not_come(moira: DeskMember, settings: Settings) -> None:
    settings.SENDS_EMAIL = True
    lead = Account.objects.create_user("lena@example.org", None, name="Lena", role=Account.Role.LEAD)
    the_way_to_the_desk(moira)
    begins = NOON - timedelta(hours=2)
    for minutes in (0, 9):
        sweep_up(at=begins + minutes * MINUTE)
    assert not DeskNotice.objects.exists()
    for minutes in (10, 11, 60):
        sweep_up(at=begins + minutes * MINUTE)
    assert list(DeskNotice.objects.values_list("account", "kind")) == [(lead.pk, "unseen")]
    assert send_desk_notices(at=NOON) == 1
    (email,) = mail.outbox
    assert (email.to, email.subject) == (["lena@example.org"], "Desk: a counsellor on duty is missing")
    assert "Moira" not in email.body
    sweep_up(at=NOON)
    assert not DeskNotice.objects.exists(), "of this shift the lead was told"
    put_on_duty(moira, NOON + timedelta(days=1))
    the_way_to_the_desk(moira)
    sweep_up(at=NOON + timedelta(days=1))
    assert DeskNotice.objects.filter(kind="unseen").count() == 1


def test_coming_to_the_desk_is_seen_once_and_brings_what_waits(moira: DeskMember, desk_of_moira: AtDesk) -> None:
    the_way_to_the_desk(moira)
    send()
    sweep_up(at=NOON)
    desk_of_moira.call("GET", "conversations?locked")
    assert both_channels_availability(at=NOON).messages.state == "unstaffed"
    desk_of_moira.lists()
    assert channel_availability(channel="messages", at=NOON).state == "open"
    moira.refresh_from_db()
    assert moira.seen_in == Shift.objects.get().pk
    assert sweep_up(at=NOON) == 1


@pytest.fixture
def desk_of_moira(moira: DeskMember) -> AtDesk:
    desk = Desk(members={"Moira": moira})
    set_clock(NOON)
    return AtDesk(desk, "Moira")


def test_the_desk_says_why_it_waits(desk: Desk) -> None:
    thread = decode(Person().write_first().json()["conversation"])
    lead = AtDesk(desk, "Moira")
    DeskMember.objects.update(seen_in=None)
    (line,) = lead.lists()["waiting"]
    assert thread
    assert line["why"] == "Nobody on duty is at the desk and able to open it."

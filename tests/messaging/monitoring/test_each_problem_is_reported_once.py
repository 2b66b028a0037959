"""The operator's view: the status page in words, the same figures for Prometheus, and one email about each thing that must be done."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from helpline.models import Account, Organisation, Shift
from messaging.models import Alert, Certificate, Conversation, Pulse
from messaging.monitoring.alerts import send_alerts
from messaging.monitoring.assess import StatusState, status_findings
from messaging.monitoring.backups import note_backup
from messaging.monitoring.figures import status_figures
from messaging.monitoring.heartbeat import record_beat_tick
from messaging.monitoring.watchdog import watch_for_beat
from tests.parts.environment import free_port
from tests.world.about import tell_about_us
from tests.world.desk import NOON, TODAY, Desk, send
from tests.world.person import set_clock

pytestmark = pytest.mark.django_db
TOKEN = "t" * 32
MINUTE = timedelta(minutes=1)


@pytest.fixture
def lead(desk: Desk, settings: Settings) -> Account:
    """Somebody who asked to be told; the service is well."""
    settings.SENDS_EMAIL = True
    record_beat_tick(0, at=NOON)
    note_backup(at=NOON)
    # One key-holder alone would have to be looked at.
    Certificate.objects.update(key_holder=True)
    desk.sheets_on_paper()
    return Account.objects.create_user("lead@example.org", None, name="Lorna", role="lead", alerts=True)


def watched(at: datetime) -> int:
    """The watch at that instant, with a clock that ticks and a backup that was made."""
    set_clock(at)
    record_beat_tick(0, at=at)
    note_backup(at=at)
    return send_alerts(at=at)


def waited_since(since: datetime, due: datetime) -> None:
    send()
    Conversation.objects.update(waiting_since=since, due_at=due)


def states() -> dict[str, StatusState]:
    return {line.condition: line.state for line in status_findings(status_figures(at=NOON)) if line.condition}


def test_a_service_that_is_well_alarms_nobody(lead: Account) -> None:
    assert set(states().values()) == {StatusState.FINE}
    assert (send_alerts(at=NOON), mail.outbox) == (0, [])


def test_nobody_on_duty_is_told_once_again_after_a_day_and_again_after_it_cleared(lead: Account, settings: Settings) -> None:
    shifts = list(Shift.objects.all())
    Shift.objects.all().delete()
    assert [watched(NOON), watched(NOON + MINUTE)] == [1, 0]
    (email,) = mail.outbox
    assert (email.to, email.subject) == (["lead@example.org"], "Helpline: nobody is on duty")
    words = email.body.replace(settings.ORIGIN, "")
    assert not any(name in words for name in ("Moira", "Callum", "Lorna", "0"))
    Shift.objects.bulk_create(shifts)
    assert watched(NOON + 2 * MINUTE) == 0
    assert not Alert.objects.exists()
    Shift.objects.all().delete()
    assert watched(NOON + 3 * MINUTE) == 1
    assert watched(NOON + timedelta(days=1, minutes=3)) == 1


def broker_down(settings: Settings) -> datetime:
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{free_port()}/0"
    return NOON


def epoch_ending(settings: Settings) -> datetime:
    """The epoch of 35 days has two left: a Sunday, when nobody need be on duty."""
    return NOON + timedelta(days=32)


def certificate_ending(settings: Settings) -> datetime:
    Certificate.objects.update(last_day=TODAY + 7)
    return NOON


def clocks_differ(settings: Settings) -> datetime:
    """This process's clock is slow by six seconds."""
    return NOON - timedelta(seconds=6)


@pytest.mark.parametrize(
    ("goes_wrong", "subject"),
    [
        (broker_down, "the queue of tasks is down"),
        (epoch_ending, "the desk's key is about to expire"),
        (certificate_ending, "a certificate is about to expire"),
        pytest.param(clocks_differ, "the clocks differ", marks=pytest.mark.postgres),
    ],
)
def test_each_part_that_fails_or_ends_is_told_once(
    lead: Account, settings: Settings, goes_wrong: Callable[[Settings], datetime], subject: str
) -> None:
    at = goes_wrong(settings)
    if goes_wrong is not clocks_differ:
        set_clock(at)
    record_beat_tick(0, at=at)
    note_backup(at=at)
    assert [send_alerts(at=at), send_alerts(at=at)] == [1, 0]
    assert [email.subject for email in mail.outbox] == [f"Helpline: {subject}"]
    assert [line for line in status_findings(status_figures(at=at)) if line.state == StatusState.ACT and not line.do] == []
    assert Alert.objects.count() == 1


def test_what_ends_is_first_only_to_be_looked_at(lead: Account) -> None:
    Certificate.objects.update(last_day=TODAY + 8)
    assert states()["certificate-ending"] == StatusState.LOOK
    Certificate.objects.update(last_day=TODAY + 300)
    set_clock(NOON + timedelta(days=31))
    assert {line.condition: line.state for line in status_findings(status_figures(at=NOON + timedelta(days=31)))}[
        "epoch-ending"
    ] == StatusState.LOOK


def test_an_email_that_fails_is_tried_again_later(lead: Account, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    Shift.objects.all().delete()

    def refuses(*_: object, **__: object) -> None:
        raise OSError("the mail server is away")

    with monkeypatch.context() as patch:
        patch.setattr("helpline.web.outbox.send_mail", refuses)
        assert watched(NOON) == 0
    assert [watched(NOON + MINUTE), watched(NOON + 11 * MINUTE)] == [0, 1]


def test_a_late_answer_and_a_silent_clock_are_told_and_nobody_who_did_not_ask(lead: Account) -> None:
    Account.objects.create_user("other@example.org", None, name="Olive", role="admin")
    waited_since(NOON - timedelta(days=3), NOON - MINUTE)
    Pulse.objects.update(at=NOON - timedelta(hours=1))
    assert watch_for_beat(at=NOON), "beat is silent, so the web process watches"
    assert sorted(email.subject for email in mail.outbox) == ["Helpline: an answer is late", "Helpline: the service's clock has stopped"]
    assert {address for email in mail.outbox for address in email.to} == {"lead@example.org"}
    record_beat_tick(0, at=NOON)
    assert not watch_for_beat(at=NOON)


def test_the_figures_of_who_waits(lead: Account) -> None:
    waited_since(NOON - timedelta(days=1), NOON + MINUTE)  # A Tuesday at noon: five hours until five, and three since nine.
    found = status_figures(at=NOON)
    assert (found.waiting, found.assigned, found.oldest, found.epoch_days) == (1, 0, 8 * 3600, 34)


def test_the_figures_cost_the_same_however_much_there_is(lead: Account) -> None:
    counts = []
    for more in (1, 3):
        for _ in range(more):
            send()
        with CaptureQueriesContext(connection) as asked:
            status_figures(at=NOON)
        counts.append(len(asked))
    # One of them asks for the time, which a file does not have.
    assert counts == [31 + (connection.vendor == "postgresql")] * 2


def test_metrics_are_for_the_token_alone_and_name_nobody(lead: Account, settings: Settings) -> None:
    client = Client()
    assert client.get("/metrics").status_code == 404, "no token is set"
    settings.METRICS_TOKEN = TOKEN
    for wrong in ({}, {"authorization": "Bearer "}, {"authorization": f"Bearer {TOKEN}x"}, {"authorization": "Bearer é"}):
        assert client.get("/metrics", headers=wrong).status_code == 404
    client.get("/api/v1/desk?secret=1")
    client.get("/nowhere/at-all")
    answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    text = answer.content.decode()
    assert 'helpline_requests_total{route="api:desk",status="2xx"}' in text
    assert 'route="none"' in text
    assert "helpline_beat_last_tick_seconds" in text
    assert not any(word in text for word in ("secret", "nowhere", "Moira", "example.org", "127.0.0.1"))


def test_a_lead_reads_the_page_and_asks_for_emails(lead: Account) -> None:
    Authenticator.objects.create(user_id=lead.pk, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    client = Client()
    client.force_login(lead)
    page = client.get("/desk/status/").content.decode()
    assert "Something needs a look." in page
    assert "The site is not ready. Still missing: who runs the service, registered as," in page
    tell_about_us()
    Organisation.objects.update(caller_number="unseen", recording="never")
    page = client.get("/desk/status/").content.decode()
    assert "Everything is fine." in page
    Shift.objects.all().delete()
    page = client.get("/desk/status/").content.decode()
    assert "Something needs doing now." in page
    assert "Find cover" in page
    client.post("/desk/status/alerts/", {"alerts": "no"})
    lead.refresh_from_db()
    assert not lead.alerts

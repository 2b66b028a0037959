"""Each entry of the trail has a place in a chain. Whoever gets past the triggers, and rewrites one, breaks it; and its head is outside."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from pytest_django import Settings

from helpline.audit import record_audit
from helpline.audit.chain import LINKED_WITHIN, link_entries, verify_chain
from helpline.clock import now
from helpline.models import Account, AuditEntry, AuditLink
from helpline.models.audit import Action, Kind
from messaging.monitoring.assess_trail import trail_findings
from messaging.monitoring.daily_head import send_daily_head
from messaging.monitoring.figures import status_figures
from messaging.monitoring.status import StatusState
from tests.world.together import together

pytestmark = pytest.mark.django_db
SECOND = " WHERE id = (SELECT entry_id FROM helpline_auditlink WHERE number = 2)"


def act(number: int = 1) -> None:
    for _ in range(number):
        record_audit(None, Action.CHANGED, "account", kind=Kind.PEOPLE, at=now(), before={"role": "lead"}, after={"role": "admin"})


@contextmanager
def as_superuser() -> Iterator[Any]:
    """Past the triggers, as whoever owns the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            for name in ("audit_kept_update", "audit_kept_delete", "audit_link_kept_update", "audit_link_kept_delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        yield cursor
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = origin")


def verify(*arguments: str) -> str:
    out = StringIO()
    call_command("verify_trail", *arguments, stdout=out)
    return out.getvalue()


def test_every_entry_gets_its_place_once_and_in_order() -> None:
    act(3)
    assert (link_entries(), link_entries()) == (3, 0)
    act()
    assert link_entries() == 1
    assert list(AuditLink.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert len(set(AuditLink.objects.values_list("digest", flat=True))) == 4, "the same act twice is two links"
    assert verify_chain(at=now()).holds


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE helpline_auditentry SET \"before\" = 'role: counsellor'{second}",
        "UPDATE helpline_auditentry SET at = '2020-01-01 00:00:00+00'{second}",
        "DELETE FROM helpline_auditlink WHERE number = 2",
        "UPDATE helpline_auditlink SET digest = 'f' WHERE number = 2",
    ],
)
def test_what_was_changed_or_taken_out_is_found(change: str) -> None:
    act(4)
    link_entries()
    with as_superuser() as cursor:
        cursor.execute(change.format(second=SECOND))
    assert verify_chain(at=now()).broken_at == 2
    assert verify_chain(at=now(), newest=3).broken_at == 2
    with pytest.raises(CommandError, match="does not hold"):
        verify()
    (line,) = trail_findings(status_figures(at=now()).trail)
    assert (line.condition, line.state) == ("trail-broken", StatusState.ACT)


def test_a_chain_that_was_made_again_does_not_lead_to_the_head_that_an_email_named() -> None:
    act(3)
    link_entries()
    head = AuditLink.objects.latest("number")
    assert "That head is in the chain." in verify("--head", f"{head.number}:{head.digest}")
    with as_superuser() as cursor:
        cursor.execute("DELETE FROM helpline_auditlink")
        cursor.execute("DELETE FROM helpline_auditentry WHERE id = %s", [AuditEntry.objects.earliest("pk").pk])
    act()
    link_entries()
    assert verify_chain(at=now()).holds, "by itself it looks well"
    for named in (f"{head.number}:{head.digest}", "3:", "x", ""):
        if named:
            with pytest.raises(CommandError, match="not in the chain"):
                verify("--head", named)


def test_what_has_no_place_for_long_is_said() -> None:
    act(2)
    assert verify_chain(at=now()).unlinked == 0
    report = verify_chain(at=now() + LINKED_WITHIN + timedelta(seconds=1))
    assert (report.unlinked, report.holds) == (2, False)


def test_the_database_refuses_to_change_a_link() -> None:
    act()
    link_entries()
    for change in (lambda: AuditLink.objects.update(digest="f" * 64), lambda: AuditLink.objects.all().delete()):
        with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
            change()


def test_nobody_empties_the_trail_on_postgres_either() -> None:
    act()
    link_entries()
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            pytest.skip("SQLite has no TRUNCATE")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
            cursor.execute("TRUNCATE helpline_auditentry CASCADE")


@pytest.mark.django_db(transaction=True)
def test_of_several_workers_one_makes_each_link() -> None:
    act(20)
    assert max(together(lambda _: link_entries(), range(3))) == 20
    assert (AuditLink.objects.count(), verify_chain(at=now()).holds) == (20, True)


def test_the_head_goes_out_once_a_day_and_says_whether_it_holds(settings: Settings) -> None:
    settings.SENDS_EMAIL = True
    Account.objects.create_user("lena@helpline.example", None, name="Lena", role="lead", alerts=True)
    act(2)
    link_entries()
    head, at = AuditLink.objects.latest("number"), now()
    assert (send_daily_head(at=at), send_daily_head(at=at)) == (1, 0)
    assert f"2:{head.digest}" in str(mail.outbox[0].body)
    assert "It holds." in str(mail.outbox[0].body)
    with as_superuser() as cursor:
        cursor.execute("UPDATE helpline_auditentry SET what = 'nothing'")
    assert send_daily_head(at=at + timedelta(days=1)) == 1
    assert "It does NOT hold" in str(mail.outbox[1].body)

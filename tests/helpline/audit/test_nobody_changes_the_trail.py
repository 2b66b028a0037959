"""The database refuses to change or delete a line of the audit trail, whoever asks."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from helpline.audit import record_audit
from helpline.models import Account, AuditEntry
from helpline.models.audit import Action, Kind

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def entry() -> AuditEntry:
    record_audit(None, Action.CHANGED, "opening interval", kind=Kind.HOURS, at=AT, row=3, fields=["opens", "closes"])
    return AuditEntry.objects.get()


def test_a_line_cannot_be_changed(entry: AuditEntry) -> None:
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        AuditEntry.objects.update(fields="")
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        entry.save()
    assert AuditEntry.objects.get().fields == "opens, closes"


def test_a_line_cannot_be_deleted(entry: AuditEntry) -> None:
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        entry.delete()
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM helpline_auditentry")
    assert AuditEntry.objects.count() == 1


def test_whoever_stands_in_it_cannot_be_deleted_either(entry: AuditEntry) -> None:
    account = Account.objects.create(email="ada@helpline.example", name="Ada", role="admin")
    record_audit(account, Action.ADDED, "closure", kind=Kind.HOURS, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        account.delete()


def test_a_long_list_of_fields_is_cut_and_says_so(entry: AuditEntry) -> None:
    record_audit(None, Action.CHANGED, "page", kind=Kind.PAGES, at=AT, fields=[f"field {number}" for number in range(200)])
    assert len(AuditEntry.objects.latest("pk").fields) <= 600
    assert AuditEntry.objects.latest("pk").fields.endswith("…")

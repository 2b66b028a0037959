"""What an admin changes on the admin's pages goes into the trail by the names of its fields; no value does."""

import pytest
from django.contrib import admin as admins_pages
from django.contrib.admin.models import LogEntry
from django.test import Client

from helpline.admin.base import AuditedAdmin
from helpline.models import Account, AuditEntry, Campaign, OpeningInterval, Organisation
from helpline.models.audit import KINDS

SECRET = "Xylophone"
FIGURES = {"figures-TOTAL_FORMS": "1", "figures-INITIAL_FORMS": "0"}


def trail() -> list[tuple[str, str, str, str]]:
    return list(AuditEntry.objects.order_by("pk").values_list("account__name", "action", "what", "fields"))


def test_every_model_of_the_admins_pages_has_a_kind_and_is_audited() -> None:
    registered = admins_pages.site._registry
    assert {str(model._meta.model_name) for model in registered} <= KINDS.keys()
    assert all(isinstance(page, AuditedAdmin) for page in registered.values())


def test_hours_added_changed_and_deleted(desk: Client) -> None:
    given = {"channel": "phone", "weekday": "0", "opens": "09:00", "closes": "17:00"}
    assert desk.post("/desk/admin/helpline/openinginterval/add/", given).status_code == 302
    row = OpeningInterval.objects.get()
    here = f"/desk/admin/helpline/openinginterval/{row.pk}"
    assert desk.post(f"{here}/change/", given | {"closes": "16:30"}).status_code == 302
    assert desk.post(f"{here}/change/", given | {"closes": "16:30"}).status_code == 302, "nothing changed, and nothing is noted"
    assert desk.post(f"{here}/delete/", {"post": "yes"}).status_code == 302
    assert trail() == [
        ("Ada", "added", "opening interval", "channel, weekday, opens, closes"),
        ("Ada", "changed", "opening interval", "closes"),
        ("Ada", "deleted", "opening interval", ""),
    ]
    assert set(AuditEntry.objects.values_list("kind", "row")) == {("hours", str(row.pk))}


def test_a_campaign_and_the_figures_in_its_form(desk: Client) -> None:
    given = {"name": SECRET, "starts_on": "2026-11-01", "ends_on": "2026-12-01", "message": SECRET}
    figure = {"figures-0-statement": SECRET, "figures-0-source": SECRET, "figures-0-dated": SECRET, "figures-0-position": "0"}
    assert desk.post("/desk/admin/helpline/campaign/add/", given | FIGURES | figure).status_code == 302
    assert Campaign.objects.get().figures.count() == 1
    assert trail() == [("Ada", "added", "campaign", "name, starts_on, ends_on, message, figure added")]


def test_no_value_comes_to_lie_in_it_and_django_keeps_no_log_of_its_own(desk: Client, admin: Account) -> None:
    other = Account.objects.create(email="ben@helpline.example", name="Ben")
    given = {"name": SECRET, "email": "elsewhere@helpline.example", "role": "lead", "is_active": "on"}
    assert desk.post(f"/desk/admin/helpline/account/{other.pk}/change/", given).status_code == 302
    entry = AuditEntry.objects.get()
    assert (entry.fields, entry.about, entry.account) == ("name, email, role", other, admin)
    assert not any(SECRET.lower() in str(value).lower() for value in AuditEntry.objects.values_list().get())
    assert not LogEntry.objects.exists()
    assert entry.before.splitlines() == ["role: counsellor", "email: ben@helpline.example"], "but for a role and an address"
    assert entry.after.splitlines() == ["role: lead", "email: elsewhere@helpline.example"]


def test_a_change_that_fails_leaves_no_line(desk: Client) -> None:
    Organisation.objects.create(pk=1, name="Helpline", phone="1")
    assert desk.post("/desk/admin/helpline/organisation/1/change/", {"name": ""}).status_code == 200
    assert trail() == []


@pytest.mark.parametrize("row", ["helpline/openinginterval/1", "messaging/epoch/1"])
def test_a_rows_history_leads_to_the_trail(desk: Client, row: str) -> None:
    assert desk.get(f"/desk/admin/{row}/history/").headers["Location"] == "/desk/audit/"

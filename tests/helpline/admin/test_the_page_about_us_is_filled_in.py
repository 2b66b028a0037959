"""An admin fills in who the organisation is: once, whole, and in words that readers see."""

from django.test import Client
from django.urls import reverse

from helpline.models import AboutUs, AuditEntry
from tests.world.about import TOLD

ADD = reverse("admin:helpline_aboutus_add")


def test_no_field_may_stay_empty(desk: Client) -> None:
    page = desk.post(ADD, {**TOLD, "complaints": ""})
    assert page.status_code == 200
    assert page.context["errors"] == [["This field is required."]]
    assert not AboutUs.objects.exists()


def test_it_is_written_once_then_changed_and_never_deleted(desk: Client) -> None:
    assert desk.post(ADD, TOLD).status_code == 302
    [about] = AboutUs.objects.all()
    assert (about.pk, about.missing) == (1, [])
    assert desk.get(ADD).status_code == 403
    change = reverse("admin:helpline_aboutus_change", args=[1])
    assert desk.post(change, {**TOLD, "registered": "Elsewhere"}).status_code == 302
    assert AboutUs.objects.get().registered == "Elsewhere"
    assert AuditEntry.objects.filter(fields__contains="registered").exists()
    assert desk.post(reverse("admin:helpline_aboutus_delete", args=[1]), {"post": "yes"}).status_code == 403


def test_what_readers_would_not_see_is_refused(desk: Client) -> None:
    page = desk.post(ADD, {**TOLD, "privacy": "<b>We</b> decide."})
    assert "Take out the HTML" in page.text
    assert not AboutUs.objects.exists()

"""Django's admin shows days and counts; nothing sealed, wrapped or secret, and no conversation, is on any of its pages."""

from base64 import b64encode, urlsafe_b64encode

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from messaging.models import Certificate, DeskMember, Epoch
from tests.world.signing_in import sign_in
from tests.world.staff import People


@pytest.fixture
def client(people: People) -> Client:
    return sign_in(people.admin)


def pages() -> list[str]:
    found = []
    for model in (DeskMember, Certificate, Epoch):
        name = f"admin:messaging_{model.__name__.lower()}"
        found.append(reverse(f"{name}_changelist"))
        found += [reverse(f"{name}_change", args=[row.pk]) for row in model.objects.all()]
    return found


def test_conversations_envelopes_and_vaults_have_no_page() -> None:
    shown = {model.__name__ for model in admin.site._registry if model._meta.app_label == "messaging"}
    assert shown == {"Certificate", "DeskMember", "Epoch"}


def test_no_page_shows_bytes_of_any_row(client: Client) -> None:
    kept = [
        bytes(value)
        for model in apps.get_app_config("messaging").get_models()
        for row in model._default_manager.values()
        for value in row.values()
        if isinstance(value, bytes | memoryview)
    ]
    assert len(kept) > 10
    for page in pages():
        content = client.get(page).content
        for value in kept:
            dresses = (
                value[:24],
                value[:12].hex().encode(),
                b64encode(value)[:16],
                urlsafe_b64encode(value)[:16],
                repr(value)[2:20].encode(),
            )
            assert not any(dress in content for dress in dresses), page


def test_days_are_written_as_dates_and_only_the_caps_can_be_changed(client: Client, people: People) -> None:
    assert "Ailsa" in client.get(reverse("admin:messaging_certificate_changelist")).content.decode()
    assert client.post(reverse("admin:messaging_epoch_delete", args=[1]), {"post": "yes"}).status_code == 403
    assert client.get(reverse("admin:messaging_certificate_add")).status_code == 403
    change = reverse("admin:messaging_deskmember_change", args=[people.ailsa.member.pk])
    assert client.post(change, {"cap": "3", "most_flagged": "2", "most_talks": "1", "public_id": "", "turn": "99"}).status_code == 302
    people.ailsa.member.refresh_from_db()
    member = people.ailsa.member
    assert (member.cap, member.most_flagged, member.most_talks, len(member.public_id)) == (3, 2, 1, 16)


def test_its_pages_run_no_script_of_anybody_else_and_none_of_their_own_text(client: Client) -> None:
    policy = client.get(reverse("admin:index")).headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "trusted-types" not in policy
    assert "require-trusted-types-for 'script'" in client.get(reverse("desk:keys")).headers["Content-Security-Policy"]

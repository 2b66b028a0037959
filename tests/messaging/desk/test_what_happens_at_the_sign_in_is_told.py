"""Every event of the sign-in is in the trail, and the one concerned hears of it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from helpline.clock import now
from helpline.models import Account, AccountNotice, AuditEntry
from helpline.staff.account_notices import send_account_notices
from messaging.members.invite import invite_member
from tests.world.signing_in import SECOND_STEP, password, sign_in
from tests.world.staff import People
from tests.world.two import another, confirmed_and_done

Committed = Callable[[], AbstractContextManager[object]]
PASSWORD = "quiet harbour lights tonight"


@pytest.fixture(autouse=True)
def email(settings: Settings) -> None:
    settings.SENDS_EMAIL = True


@pytest.fixture
def committed(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Committed:
    return partial(django_capture_on_commit_callbacks, execute=True)


def trail() -> list[tuple[str, str, str]]:
    return [(each.who, each.what, each.action) for each in AuditEntry.objects.filter(kind="sign-in").order_by("pk")]


def told(to: Account) -> list[str]:
    """The subjects of the emails that came to the account's address by now."""
    send_account_notices(at=now())
    return [message.subject.removeprefix("Desk: ") for message in mail.outbox if to.email in message.to]


def test_signing_in_and_out(people: People) -> None:
    client = sign_in(people.ailsa)
    client.post("/desk/account/logout/")
    assert trail() == [("Ailsa", "account", "signed-in"), ("Ailsa", "session", "ended")]


def test_a_new_browser_is_told_once_and_a_known_one_is_not(people: People) -> None:
    client = sign_in(people.ailsa)
    assert told(people.ailsa.account) == ["You signed in from a new browser"]
    client.post("/desk/account/logout/")
    people.ailsa.forget_code()
    password(client, people.ailsa)
    assert client.post(SECOND_STEP, {"code": people.ailsa.code()}).status_code == 302
    assert told(people.ailsa.account) == ["You signed in from a new browser"]


def test_wrong_tries_are_counted_and_said_at_the_next_sign_in(people: People) -> None:
    sign_in(people.ailsa)
    people.ailsa.forget_code()
    password(Client(), people.ailsa, "a guess")
    half = Client()
    password(half, people.ailsa)
    half.post(SECOND_STEP, {"code": "000000"})
    said = sign_in(people.ailsa).get("/desk/", follow=True).content.decode()
    assert "You last signed in on" in said
    assert "Since then there were 2 wrong tries." in said
    people.ailsa.forget_code()
    again = sign_in(people.ailsa).get("/desk/", follow=True).content.decode()
    assert "You last signed in on" in again
    assert "wrong tr" not in again


def test_a_locked_account_is_one_line_and_one_email_however_long_it_goes_on(people: People) -> None:
    for _ in range(9):
        password(Client(), people.ailsa, "a guess")
    assert trail() == [("someone who was not signed in", "account", "locked")]
    assert told(people.ailsa.account) == ["Wrong passwords or codes for your account"]


def test_guesses_at_nobodys_account_leave_nothing(people: People) -> None:
    from tests.world.staff import Person

    nobody = Person("Nobody", people.ailsa.account, "nobody@helpline.example", "", "")
    for _ in range(6):
        password(Client(), nobody, "a guess")
    assert trail() == []
    assert not AccountNotice.objects.exists()


def test_a_password_is_changed(people: People) -> None:
    client = sign_in(people.ailsa)
    given = {"oldpassword": people.ailsa.password, "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(reverse("account_change_password"), given).status_code == 302
    assert ("Ailsa", "password", "changed") in trail()
    assert "Your password was changed" in told(people.ailsa.account)


def test_recovery_codes_are_made(people: People, committed: Committed) -> None:
    client = sign_in(people.ailsa)
    client.post(reverse("account_reauthenticate"), {"password": people.ailsa.password})
    with committed():
        client.post(reverse("mfa_generate_recovery_codes"))
    assert ("Ailsa", "recovery codes", "changed") in trail()
    assert "New recovery codes were made" in told(people.ailsa.account)


def test_an_invitation_is_accepted(people: People) -> None:
    link = invite_member(email="dara@helpline.example", name="Dara", role="admin", display_name="", at=now())
    token = link.address.rstrip("/").rsplit("/", 1)[-1]
    Client().post(reverse("desk:invitation", kwargs={"token": token}), {"password": PASSWORD, "again": PASSWORD})
    assert ("Dara", "invitation", "accepted") in trail()


def test_an_admin_who_changes_an_address_is_told_to_both(people: People) -> None:
    admin = sign_in(people.admin)
    account = people.ailsa.account
    given = {"name": account.name, "email": "elsewhere@helpline.example", "role": "lead", "is_active": "on"}
    assert admin.post(f"/desk/admin/helpline/account/{account.pk}/change/", given).status_code == 302
    assert confirmed_and_done(another(), at=now()).state == "done"
    send_account_notices(at=now())
    addresses = {message.to[0] for message in mail.outbox if message.subject == "Desk: Your account was changed"}
    assert addresses == {people.ailsa.email, "elsewhere@helpline.example"}


def test_whoever_is_invited_again_hears_that_their_way_in_ended(people: People) -> None:
    admin = sign_in(people.admin)
    assert admin.post(reverse("desk:invite-again", args=[people.ailsa.account.pk])).status_code == 302
    assert confirmed_and_done(another(), at=now()).state == "done"
    assert "Your sign-in was reset" in told(people.ailsa.account)


@pytest.mark.django_db
def test_an_admin_made_at_the_command_line_needs_a_good_password_and_has_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    made = {"email": "eve@helpline.example", "name": "Eve", "interactive": False, "verbosity": 0}
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "short")
    with pytest.raises(CommandError, match="too short"):
        call_command("createsuperuser", **made)
    assert not Account.objects.exists()
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", **made)
    entry = AuditEntry.objects.get()
    assert (entry.who, entry.what, entry.action, entry.about) == ("command line", "account", "added", Account.objects.get())

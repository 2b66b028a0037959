"""An admin invites; a link, kept only as its hash, lets somebody choose their own password, once and within a week."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from helpline.clock import now
from helpline.models import Account, Invitation
from helpline.staff.invitations import NoInvitation, open_invitation
from messaging.models import DeskMember
from tests.world.signing_in import LOGIN, sign_in
from tests.world.staff import People
from tests.world.two import another, confirmed_and_done

DORA = {"name": "Dora Deans", "email": "Dora@helpline.example", "role": "counsellor", "display_name": "Dora"}
CHOSEN = {"password": "Dora swims the Minch", "again": "Dora swims the Minch"}


def invite(client: Client, **changes: str) -> Any:
    return client.post(reverse("desk:people"), DORA | changes)


def link_in(text: str) -> str:
    found = re.search(r"https?://[^/]+(/desk/invitation/[\w-]+/)", text)
    assert found is not None
    return found[1]


@pytest.fixture
def admin(people: People) -> Client:
    return sign_in(people.admin)


def test_the_link_is_shown_once_and_makes_a_counsellor_with_a_place_at_the_desk(admin: Client) -> None:
    link = link_in(invite(admin).content.decode())
    account = Account.objects.get(email="dora@helpline.example")
    assert not account.has_usable_password()
    assert len(DeskMember.objects.get(counsellor__account=account).public_id) == 16
    assert link not in admin.get(reverse("desk:people")).content.decode()
    token = link.split("/")[-2]
    assert token.encode() not in Invitation.objects.get().token_hash


def test_the_invited_person_chooses_a_password_and_goes_on_to_the_second_step(admin: Client) -> None:
    link = link_in(invite(admin).content.decode())
    dora = Client()
    assert "Welcome, Dora Deans" in dora.get(link).content.decode()
    assert dora.post(link, CHOSEN).headers["Location"] == reverse("mfa_index")
    # Already shown to be who she is: the page that sets up the second step does not ask for the password again.
    assert dora.get(reverse("mfa_activate_totp")).status_code == 200
    assert dora.get(reverse("desk:conversations")).headers["Location"] == reverse("mfa_index")


def test_the_link_works_once(admin: Client) -> None:
    link = link_in(invite(admin).content.decode())
    Client().post(link, CHOSEN)
    again = Client().post(link, {"password": "Somebody else entirely", "again": "Somebody else entirely"})
    assert again.status_code == 410
    assert Account.objects.get(email="dora@helpline.example").check_password(CHOSEN["password"])


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("short", "short", "too short"),
        ("Dora swims the Minch", "Dora swims the Clyde", "do not match"),
        ("dora@helpline.example", "dora@helpline.example", "too similar"),
    ],
)
def test_a_weak_or_mistyped_password_leaves_the_link_good(admin: Client, password: str, again: str, words: str) -> None:
    link = link_in(invite(admin).content.decode())
    assert words in Client().post(link, {"password": password, "again": again}).content.decode()
    assert Client().post(link, CHOSEN).status_code == 302


def test_the_link_is_good_for_a_week_and_not_a_moment_longer(admin: Client) -> None:
    token = link_in(invite(admin).content.decode()).split("/")[-2]
    ends = Invitation.objects.get().expires_at
    assert abs(ends - now() - timedelta(days=7)) < timedelta(minutes=1)
    assert open_invitation(token, at=ends - timedelta(microseconds=1)).name == "Dora Deans"
    with pytest.raises(NoInvitation):
        open_invitation(token, at=ends)


def test_inviting_again_ends_the_old_way_in(admin: Client, people: People) -> None:
    signed_in = sign_in(people.bhavna)
    again = reverse("desk:invite-again", args=[people.bhavna.account.pk])
    assert admin.post(again).status_code == 302
    assert signed_in.get(reverse("desk:conversations")).status_code == 200, "one admin alone ends nobody's way in"
    assert confirmed_and_done(another(), at=now()).state == "done"
    link = link_in(admin.post(again).content.decode())
    assert signed_in.get(reverse("desk:conversations")).headers["Location"].startswith(LOGIN)
    assert Client().post(LOGIN, {"login": people.bhavna.email, "password": people.bhavna.password}).status_code == 200
    bhavna = Client()
    assert bhavna.post(link, CHOSEN).headers["Location"] == reverse("mfa_index")
    # Her vault is as it was: only she can open it.
    people.bhavna.member.refresh_from_db()
    assert people.bhavna.member.vaults.count() == 1


def test_an_admin_does_not_end_their_own_way_in(admin: Client, people: People) -> None:
    admin.post(reverse("desk:invite-again", args=[people.admin.account.pk]))
    assert admin.get(reverse("desk:people")).status_code == 200


def test_the_link_is_emailed_where_the_installation_has_email(admin: Client, settings: Any) -> None:
    settings.SENDS_EMAIL = True
    page = invite(admin).content.decode()
    assert "/desk/invitation/" not in page
    assert mail.outbox[0].to == ["dora@helpline.example"]
    assert Client().get(link_in(str(mail.outbox[0].body))).status_code == 200


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"name": ""}, "name", "Enter the full name."),
        ({"email": "dora"}, "email", "Enter an email address such as name@example.org."),
        ({"email": "AILSA@helpline.example"}, "email", "on the staff already"),
        ({"display_name": ""}, "display_name", "A counsellor needs one"),
        ({"display_name": "bhavna"}, "display_name", "Another counsellor has this name"),
        ({"role": "admin"}, "display_name", "Leave the name that people see empty"),
    ],
)
def test_what_is_missing_or_taken_is_said_beside_its_field(admin: Client, changes: dict[str, str], field: str, words: str) -> None:
    before = Account.objects.count()
    assert words in invite(admin, **changes).context["form"].errors[field][0]
    assert Account.objects.count() == before

"""A change by an admin asks for the second step again once the last proof is five minutes old. What was typed is not lost by it."""

import json
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client, RequestFactory
from django.urls import reverse

from helpline.models import AuditEntry, Closure, OpeningInterval
from helpline.web.middleware.step_up import was_proved
from tests.world.signing_in import password, sign_in
from tests.world.staff import TOTP_PERIOD, People
from tests.world.two import another, newest

pytestmark = pytest.mark.django_db
HOURS = "/desk/admin/helpline/openinginterval/add/"
GIVEN = {"channel": "phone", "weekday": "6", "opens": "09:00", "closes": "17:00"}
CODE, PASSWORD = reverse("mfa_reauthenticate"), reverse("account_reauthenticate")


def later(client: Client, seconds: int = 301) -> Client:
    """As if so many seconds had passed since anything was proved in this browser."""
    session: SessionBase = client.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [{**each, "at": each["at"] - seconds} for each in records]
    session.save()
    return client


@pytest.fixture
def admin(people: People) -> Client:
    OpeningInterval.objects.all().delete()
    return sign_in(people.admin)


def prove(client: Client, people: People) -> Any:
    people.admin.forget_code()
    return client.post(CODE, {"code": people.admin.code(), "next": HOURS})


def test_within_five_minutes_of_the_sign_in_nothing_is_asked(admin: Client) -> None:
    assert later(admin, 290).post(HOURS, GIVEN).status_code == 302
    assert OpeningInterval.objects.filter(weekday=6).exists()


@pytest.mark.django_db(transaction=True)
def test_an_admin_who_has_just_set_up_their_first_second_step_is_not_asked_for_it_again(people: People) -> None:
    OpeningInterval.objects.all().delete()
    Authenticator.objects.filter(user=people.admin.account).delete()
    client = Client()
    password(client, people.admin)
    activate = reverse("mfa_activate_totp")
    client.post(reverse("account_reauthenticate"), {"password": people.admin.password, "next": activate})
    secret = client.get(activate).context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // TOTP_PERIOD))
    assert client.post(activate, {"code": code}).status_code == 302
    assert client.post(HOURS, GIVEN).headers["Location"] == reverse("admin:helpline_openinginterval_changelist")


def test_one_more_second_step_is_no_proof(admin: Client, people: People) -> None:
    later(admin)
    request = RequestFactory().post("/")
    request.session, request.user = admin.session, people.admin.account
    one_more = Authenticator.objects.create(user=people.admin.account, type=Authenticator.Type.WEBAUTHN, data={})
    authenticator_added.send(sender=Authenticator, request=request, user=people.admin.account, authenticator=one_more)
    assert not was_proved(request, 300)


def test_later_it_is_asked_and_what_was_sent_is_done_after_the_proof(admin: Client, people: People) -> None:
    answer = later(admin).post(HOURS, GIVEN)
    assert answer.headers["Location"].startswith(CODE)
    assert not OpeningInterval.objects.filter(weekday=6).exists()
    assert prove(admin, people).headers["Location"] == reverse("admin:helpline_openinginterval_changelist")
    assert OpeningInterval.objects.filter(weekday=6).count() == 1
    assert AuditEntry.objects.filter(what="opening interval", action="added").count() == 1


@pytest.mark.parametrize(
    ("page", "given"),
    [
        ("/desk/people/", {"name": "Dora", "email": "dora@helpline.example", "role": "counsellor", "display_name": "Dora"}),
        ("/desk/hours/close/", {"channel": "phone", "reason": "Repairs"}),
        ("/desk/keys/certificates/", {"certificates": "x"}),
        ("/desk/waiting/hide/phone/", {}),
        ("/desk/rota/publish/", {}),
    ],
)
def test_every_change_at_the_desk_is_asked_for(admin: Client, page: str, given: dict[str, str]) -> None:
    assert later(admin).post(page, given).headers["Location"].startswith(CODE)
    assert not Closure.objects.exists()


def test_a_stolen_session_has_no_code_and_a_password_is_not_enough(admin: Client, people: People) -> None:
    later(admin).post(HOURS, GIVEN)
    assert admin.post(CODE, {"code": "000000"}).status_code == 200
    assert admin.get(PASSWORD).headers["Location"].startswith(CODE), "the password is not offered"
    assert admin.post(PASSWORD, {"password": people.admin.password}).headers["Location"].startswith(CODE)
    assert not OpeningInterval.objects.filter(weekday=6).exists()


def test_what_waits_in_the_session_has_no_header_of_the_request(admin: Client) -> None:
    later(admin).post(HOURS, GIVEN, headers={"user-agent": "Netscape"})
    kept = json.dumps(dict(admin.session))
    assert "09%3A00" in kept
    assert "Netscape" not in kept
    assert "127.0.0.1" not in kept
    assert admin.cookies["desk"].value not in kept


def test_stopping_a_change_takes_one_press_and_confirming_one_a_proof(admin: Client, people: People) -> None:
    lead = another()
    admin.post(reverse("desk:forget-vault", args=[people.bhavna.member.pk]))
    change, client = newest(), Client()
    client.force_login(lead)
    assert client.post(reverse("desk:confirm-change", args=[change.pk])).headers["Location"].startswith(CODE)
    assert newest().confirmed_by is None
    assert client.post(reverse("desk:stop-change", args=[change.pk])).headers["Location"] == reverse("desk:waiting")
    change.refresh_from_db()
    assert change.state == "stopped"


def test_a_counsellors_own_pages_ask_for_nothing_more(people: People) -> None:
    ailsa = later(sign_in(people.ailsa))
    assert ailsa.post("/desk/rota/mine/calendar/").status_code == 200
    assert ailsa.post("/desk/account/everywhere/").headers["Location"] == reverse("account_login")
    assert password(Client(), people.ailsa).status_code == 302


def test_a_page_about_ones_own_sign_in_keeps_no_header_either(people: People) -> None:
    ailsa = later(sign_in(people.ailsa))
    generate = reverse("mfa_generate_recovery_codes")
    answer = ailsa.post(generate, headers={"user-agent": "Netscape"})
    assert answer.headers["Location"].startswith(PASSWORD)
    kept = json.dumps(dict(ailsa.session))
    assert not any(each in kept for each in ("Netscape", "127.0.0.1", ailsa.cookies["desk"].value))
    done = ailsa.post(PASSWORD, {"password": people.ailsa.password, "next": generate})
    assert done.headers["Location"] == reverse("mfa_view_recovery_codes"), "and it is done once that is typed"

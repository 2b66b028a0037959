"""Whoever opens the link of an invitation may be another: the account can do nothing until a lead has heard a code."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from helpline.clock import now
from helpline.models import Account, AccountNotice, AuditEntry
from helpline.staff.recovery import may_hear
from messaging.keys.desk_knowledge import could_read_today
from messaging.members.invite import invite_member
from tests.world.signing_in import proved, sign_in
from tests.world.staff import People
from tests.world.two import another, confirmed_and_done

pytestmark = pytest.mark.django_db
CHOSEN = {"password": "Dora swims the Minch", "again": "Dora swims the Minch"}


def link_in(text: str) -> str:
    found = re.search(r"https?://[^/]+(/desk/invitation/[\w-]+/)", text)
    assert found is not None
    return found[1]


def code_on(hand: Client) -> str:
    page = hand.get(reverse("desk:heard"))
    return str(page.context["code"])


def hear(lead: Account, who: Account, code: str) -> Any:
    client = Client()
    client.force_login(lead)
    proved(client, lead)
    return client.post(reverse("desk:confirm-voice", args=[who.pk]), {"code": code}, follow=True).content.decode()


@pytest.fixture
def hand(people: People, settings: Settings, django_capture_on_commit_callbacks: Any) -> Client:
    with django_capture_on_commit_callbacks(execute=True):
        lead = another()
        settings.SENDS_EMAIL = True
        sign_in(people.admin).post(reverse("desk:invite-again", args=[people.bhavna.account.pk]))
        assert confirmed_and_done(lead, at=now()).state == "done"
    browser = Client()
    assert browser.post(link_in(str(mail.outbox[-1].body)), CHOSEN).status_code == 302
    Authenticator.objects.create(user_id=people.bhavna.account.pk, type=Authenticator.Type.TOTP, data={"secret": ""})
    return browser


def test_every_page_leads_to_the_code_and_the_interface_refuses(people: People, hand: Client) -> None:
    for page in ("desk:conversations", "desk:vault", "desk:keys", "desk:waiting", "desk:rota-week"):
        assert hand.get(reverse(page)).headers["Location"] == reverse("desk:heard"), page
    answer = hand.get(reverse("desk-api:me"))
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not-allowed")
    assert "vaults" not in answer.json()
    assert "Read out this code" in hand.get(reverse("desk:heard")).content.decode()


def test_nobody_counts_on_them_until_then(people: People, hand: Client) -> None:
    assert not could_read_today(people.bhavna.member, at=now())
    hear(Account.objects.get(name="Sorley"), people.bhavna.account, code_on(hand))
    assert could_read_today(people.bhavna.member, at=now())


def test_a_lead_who_heard_the_code_opens_the_desk(people: People, hand: Client) -> None:
    lead = Account.objects.get(name="Sorley")
    assert "can use the desk again" in hear(lead, people.bhavna.account, code_on(hand))
    assert hand.get(reverse("desk:conversations")).status_code == 200
    assert AuditEntry.objects.filter(action="voice", account=lead, about=people.bhavna.account).count() == 1


def test_neither_the_admin_nor_they_themselves_can_say_so(people: People, hand: Client) -> None:
    code = code_on(hand)
    admin = sign_in(people.admin)
    assert admin.post(reverse("desk:confirm-voice", args=[people.bhavna.account.pk]), {"code": code}).status_code == 403
    assert hand.post(reverse("desk:confirm-voice", args=[people.bhavna.account.pk]), {"code": code}).status_code == 302
    assert Account.objects.get(pk=people.bhavna.account.pk).recovered_at is not None


def test_a_guessed_code_is_another_after_five_tries(people: People, hand: Client) -> None:
    lead, right = Account.objects.get(name="Sorley"), code_on(hand)
    wrong = "000000" if right != "000 000" else "111111"
    for _ in range(5):
        assert "That is not the code" in hear(lead, people.bhavna.account, wrong)
    assert code_on(hand) != right
    assert "That is not the code" in hear(lead, people.bhavna.account, right)


def test_a_new_lead_is_heard_too_and_a_new_counsellor_is_not(people: People) -> None:
    for name, role in (("Nell", "lead"), ("Omar", "counsellor")):
        link = invite_member(email=f"{name}@helpline.example", name=name, role=role, display_name=name, at=now())
        browser = Client()
        browser.post(link_in(link.address), CHOSEN)
        assert (Account.objects.get(name=name).recovered_at is not None) == (role == "lead")


def test_the_leads_are_told_that_someone_waits(people: People, hand: Client) -> None:
    assert AccountNotice.objects.get(kind="heard").account.name == "Sorley"


def test_where_there_is_no_lead_another_admin_hears(people: People) -> None:
    una, who = another("Una", "admin"), people.bhavna.account
    assert may_hear(una, who)
    lead = another()
    assert not may_hear(una, who)
    assert may_hear(lead, who)
    assert not may_hear(lead, lead)

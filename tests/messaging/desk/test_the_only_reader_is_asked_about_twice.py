"""A vault that nobody can do without is thrown away only knowingly; and certificates without a key-holder are no way to an epoch."""

import pytest
from django.test import Client
from django.urls import reverse

from helpline.clock import now
from messaging.models import Certificate, Vault
from messaging.protocol.days import day_of
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer.certificates import make_certificate
from tests.parts.environment import ROOT_SEED
from tests.world.signing_in import sign_in
from tests.world.staff import DeskPerson, People
from tests.world.two import another, confirmed_and_done

pytestmark = pytest.mark.django_db


def forget(admin: Client, person: DeskPerson, **more: str) -> tuple[int, str]:
    answer = admin.post(reverse("desk:forget-vault", args=[person.member.pk]), more)
    return answer.status_code, answer.content.decode()


def test_the_last_one_takes_a_second_look(people: People) -> None:
    admin, lead = sign_in(people.admin), another()
    assert forget(admin, people.bhavna)[0] == 302
    confirmed_and_done(lead, at=now())
    for said in ({}, {"sure": ""}, {"sure": "yes"}):
        status, page = forget(admin, people.ailsa, **said)
        assert status == 200
        assert "Nobody else can read epoch 1." in page
        assert "nobody can write to the helpline until a new epoch opens" in page
        assert ("Enter the name Ailsa exactly as shown here" in page) == bool(said)
    assert Vault.objects.filter(member=people.ailsa.member).exists()
    assert not Certificate.objects.get(member=people.ailsa.member).withdrawn
    assert forget(admin, people.ailsa, sure="Ailsa")[0] == 302
    confirmed_and_done(lead, at=now())
    assert not Vault.objects.filter(member=people.ailsa.member).exists()


def test_nobody_is_left_to_open_an_epoch_and_the_page_says_so(people: People) -> None:
    admin, lead = sign_in(people.admin), another()
    assert "Nobody is a key-holder" not in admin.get(reverse("desk:keys")).content.decode()
    assert forget(admin, people.ailsa)[0] == 302
    confirmed_and_done(lead, at=now())
    page = admin.get(reverse("desk:keys")).content.decode()
    assert "Nobody is a key-holder." in page
    assert "--key-holder" in page
    today = day_of(now())
    signed = make_certificate(
        ROOT_SEED, people.site, decode(people.stranger.vault.request), "Connor", key_holder=False, first_day=today, last_day=today + 9
    )
    answer = admin.post(reverse("desk:certificates"), {"certificates": encode(signed)}, follow=True).content.decode()
    assert "1 certificate added, but nobody here is a key-holder" in answer
    assert "can now open an epoch" not in answer
    holder = make_certificate(
        ROOT_SEED, people.site, decode(people.stranger.vault.request), "Connor", key_holder=True, first_day=today, last_day=today + 9
    )
    answer = admin.post(reverse("desk:certificates"), {"certificates": encode(holder)}, follow=True).content.decode()
    assert "Connor, who is allowed to, can now open an epoch" in answer

"""An admin downloads a request, and brings the certificate that the root's keepers signed; what does not hold is refused in words."""

import pytest
from django.test import Client
from django.urls import reverse

from helpline.clock import now
from messaging.models import Certificate
from messaging.protocol.days import day_of
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer.certificates import make_certificate
from tests.parts.environment import ROOT_SEED
from tests.world.signing_in import sign_in
from tests.world.staff import People

TAKE = reverse("desk:certificates")


@pytest.fixture
def client(people: People) -> Client:
    return sign_in(people.admin)


def request_of_the_stranger(client: Client, people: People) -> bytes:
    answer = client.get(reverse("desk:certificate-request", args=[people.stranger.member.request.pk]))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return decode(answer.content.decode().strip())


def certificate_of(people: People, request: bytes) -> str:
    today = day_of(now())
    return encode(make_certificate(ROOT_SEED, people.site, request, "Connor", key_holder=False, first_day=today, last_day=today + 60))


def test_a_signed_certificate_is_taken(client: Client, people: People) -> None:
    signed = certificate_of(people, request_of_the_stranger(client, people))
    assert client.post(TAKE, {"certificates": f"{signed}\r\n"}).headers["Location"] == reverse("desk:keys")
    page = client.get(reverse("desk:keys"))
    assert "1 certificate added" in page.content.decode()
    connor = next(one for one in page.context["holders"] if one.name == "Connor")
    assert (connor.certified_until is not None, connor.key_holder, connor.granted) == (True, False, False)


def test_of_several_those_that_hold_are_taken_and_the_others_named(client: Client, people: People) -> None:
    before = Certificate.objects.count()
    signed = certificate_of(people, request_of_the_stranger(client, people))
    altered = encode(decode(signed)[:-1] + bytes([decode(signed)[-1] ^ 1]))
    answer = client.post(TAKE, {"certificates": f"{altered}\n{signed}\nnonsense!"})
    errors = answer.context["form"].errors["certificates"]
    assert [error.split(":")[0] for error in errors] == ["Line 1 was not taken", "Line 3 was not taken"]
    assert Certificate.objects.count() == before + 1


def test_nothing_at_all_is_said_too(client: Client) -> None:
    assert client.post(TAKE, {"certificates": " "}).context["form"].errors["certificates"] == [
        "Choose a file, or paste a certificate or a confirmation."
    ]


def test_everybody_sees_who_could_read_and_until_when(people: People) -> None:
    page = sign_in(people.bhavna).get(reverse("desk:keys"))
    standing = {one.name: (one.certified_until is not None, one.key_holder, one.granted) for one in page.context["holders"]}
    assert standing == {"Ailsa": (True, True, True), "Bhavna": (True, False, True), "Connor": (False, False, False)}
    assert page.context["epoch"].number == 1
    assert not page.context["may_open"]
    assert sign_in(people.ailsa).get(reverse("desk:keys")).context["may_open"]

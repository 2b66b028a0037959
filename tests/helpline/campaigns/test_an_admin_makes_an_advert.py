"""The admin's pages propose a code, explain a code that is taken, and give the saved advert's posters to admins alone."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from helpline.campaigns.adverts import PROPOSED
from helpline.campaigns.posters import FORMATS
from helpline.models import Account, Advert, Campaign
from tests.helpline.admin.signed_in import sign_in

ADD, LIST = reverse("admin:helpline_advert_add"), reverse("admin:helpline_advert_changelist")


def made(advert: Advert, name: str) -> str:
    return reverse("admin:helpline_advert_made", args=[advert.pk, name])


@pytest.fixture
def admin(own: object) -> Client:
    return sign_in(Account.objects.create(email="ada@helpline.example", name="Ada", role="admin"))


def given(campaign: Campaign, **other: Any) -> dict[str, Any]:
    return {"campaign": campaign.pk, "kind": "social", "name": "A feed", "code": "news", "headline": "Help", "line": "Now.", **other}


def test_a_new_advert_comes_with_a_code_of_letters_and_digits_that_make_no_word(admin: Client, campaign: Campaign) -> None:
    page = admin.get(ADD).content.decode()
    found = re.search(r'name="code" value="([^"]+)"', page)
    assert found
    code = found[1]
    assert len(code) == 4
    assert set(code) <= set(PROPOSED)
    assert not set(PROPOSED) & set("aeiou01l5s2z8bqg")
    assert admin.post(ADD, given(campaign, code=code)).status_code == 302
    assert Advert.objects.get().code == code


def test_a_code_typed_in_capitals_is_kept_small(admin: Client, campaign: Campaign) -> None:
    assert admin.post(ADD, given(campaign, code=" K7MT ")).status_code == 302
    assert Advert.objects.get().code == "k7mt"


@pytest.mark.parametrize(
    ("code", "words"),
    [("k7mt", "Another advert has this code."), ("K7MT", "Another advert has this code."), ("il01", "without i, l, o, 0")],
)
def test_a_code_that_cannot_be_is_explained(admin: Client, billboard: Advert, code: str, words: str) -> None:
    answer = admin.post(ADD, given(billboard.campaign, code=code))
    assert answer.status_code == 200
    errors = " ".join(answer.context["adminform"].form.errors["code"])
    assert words in errors
    assert Advert.objects.count() == 1


def test_the_saved_advert_offers_every_size_with_the_usual_ones_first(admin: Client, billboard: Advert) -> None:
    page = admin.get(reverse("admin:helpline_advert_change", args=[billboard.pk])).content.decode()
    places = {name: page.index(made(billboard, name)) for name in FORMATS}
    assert min(places, key=lambda name: places[name]) == "billboard"
    assert "/c/k7mt" in page


def test_a_download_is_a_file_that_nobody_keeps(admin: Client, billboard: Advert) -> None:
    for name, kind, begins in (("poster-a4", "application/pdf", b"%PDF-"), ("1080x1080", "image/png", b"\x89PNG")):
        answer = admin.get(made(billboard, name))
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
        assert "no-store" in answer.headers["Cache-Control"]
        assert f'filename="k7mt-{name}.' in answer.headers["Content-Disposition"]
        assert answer.content.startswith(begins)
    assert admin.get(made(billboard, "passport")).status_code == 404
    assert admin.get(reverse("admin:helpline_advert_made", args=[billboard.pk + 1, "poster-a4"])).status_code == 404


@pytest.mark.parametrize("role", ["lead", "counsellor"])
def test_nobody_else_gets_one(own: object, billboard: Advert, role: str) -> None:
    client = sign_in(Account.objects.create(email="lea@helpline.example", name="Lea", role=role))
    for path in (made(billboard, "poster-a4"), ADD, LIST):
        assert client.get(path).status_code in {302, 403}
        assert Client().get(path).status_code == 302


def test_the_list_costs_the_same_for_two_and_for_twenty(admin: Client, billboard: Advert, phone_box: Advert) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert admin.get(LIST).status_code == 200
        return len(queries)

    cost()
    few = cost()
    for number in range(18):
        fields = {"campaign": billboard.campaign, "kind": "social", "page": billboard.page, "headline": "Help", "line": "Now."}
        Advert.objects.create(name=f"Feed {number}", code=f"feed{'abcdefghjkmnpqrstvw'[number]}", **fields)
    assert cost() == few


@pytest.mark.parametrize("field", ["headline", "line"])
def test_what_the_posters_cannot_draw_is_said_beside_its_field(admin: Client, campaign: Campaign, field: str) -> None:
    answer = admin.post(ADD, given(campaign, **{field: "Help now 🦆"}))
    assert answer.status_code == 200
    assert "do not have one of these characters" in " ".join(answer.context["adminform"].form.errors[field])
    assert not Advert.objects.exists()


def test_an_advert_of_before_that_cannot_be_drawn_is_said_and_no_failure(admin: Client, billboard: Advert) -> None:
    Advert.objects.filter(pk=billboard.pk).update(headline="Help 🦆")
    answer = admin.get(made(billboard, "poster-a4"), follow=True)
    assert answer.redirect_chain[0][0] == reverse("admin:helpline_advert_change", args=[billboard.pk])
    assert "This cannot be drawn" in answer.content.decode()

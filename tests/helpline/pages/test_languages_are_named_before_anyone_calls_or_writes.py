"""The way to another language stands at the top; in which language someone is answered is said beside the number and before writing."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from helpline.models import Account, Organisation
from tests.helpline.admin.signed_in import sign_in
from tests.helpline.pages.asking import PAGES, Get


@pytest.mark.parametrize("path", PAGES)
def test_the_way_to_another_language_stands_in_the_header(helpline: Organisation, get: Get, path: str) -> None:
    html = get(path).text
    header = html.split('<header class="site-header">')[1].split("</header>")[0]
    assert re.findall(r'hreflang="(\w+)"', header) == ["cy", "pl"]
    assert html.count('class="languages"') == 1


def test_a_reader_of_another_language_learns_how_we_answer(helpline: Organisation, get: Get) -> None:
    Organisation.objects.update(phone_languages="en cy", writing_languages="en")
    for path in ("/pl/", "/pl/when"):
        assert "Języki, w których rozmawiamy przez telefon: angielski, walijski." in get(path).text, path
    for path in ("/pl/", "/pl/when", "/pl/write"):
        assert "Języki, w których czytamy wiadomości i odpowiadamy: angielski." in get(path).text, path
    assert "Tłumacza" not in get("/pl/").text
    Organisation.objects.update(interpreters=True)
    assert "Do rozmowy możemy włączyć tłumacza." in get("/pl/").text


def test_in_english_it_is_said_where_there_is_more_than_english(helpline: Organisation, get: Get) -> None:
    assert "we speak" not in get("/").text
    assert "answer messages in" not in get("/write").text
    Organisation.objects.update(phone_languages="en pl", writing_languages="en uk")
    assert "On the phone we speak: English, Polish." in get("/").text
    assert "We read and answer messages in: English, Ukrainian." in get("/write").text


def test_an_admin_chooses_them_from_a_list(helpline: Organisation) -> None:
    desk: Client = sign_in(Account.objects.create(email="ada@helpline.example", name="Ada", role="admin"))
    address = reverse("admin:helpline_organisation_change", args=[1])
    form = desk.get(address).context["adminform"].form
    given = {name: value for name in form.fields if (value := form[name].value()) is not None and value is not False}
    assert given["phone_languages"] == ["en"]
    answer = desk.post(address, {**given, "phone_languages": ["en", "pl"], "writing_languages": ["cy", "en"]})
    assert answer.status_code == 302
    own = Organisation.objects.get()
    assert (own.phone_languages, own.writing_languages) == ("en pl", "cy en")
    assert desk.post(address, {**given, "writing_languages": ["klingon"]}).status_code == 200
    assert Organisation.objects.get().writing_languages == "cy en"

"""Names and texts of staff have no sign that nobody sees, and no letters of one alphabet that pass for another's."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some
from pytest_django import Settings

from helpline.clock import now
from helpline.models import Account, Counsellor, Organisation
from helpline.models.plain_text import latin_name, many_lines, one_alphabet, one_line
from messaging.members.invite import email_invitation, invite_member

UNSEEN = ["a\nb", "a\rb", "a\x00b", "a\u200bb", "a\u202eb", "a\u2066b", "a\u2028b", "a\ufeffb", "a\U000e0041b"]


@pytest.mark.parametrize("text", UNSEEN)
def test_a_sign_that_nobody_sees_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(ValidationError, match="Take out"):
        one_line(text)


@pytest.mark.parametrize("text", ["a\x00b", "a\u200bb", "a\u202eb", "a\u2066b"])
def test_and_in_a_text_of_several_lines(text: str) -> None:
    with pytest.raises(ValidationError, match="Take out the character U"):
        many_lines(text)
    many_lines("Two\r\nlines,\tand می\u200cخواهم.")


@pytest.mark.parametrize("name", ["Moirа", "Ailsа Ορφέας", "Аnna"])
def test_letters_of_two_alphabets_are_no_name(name: str) -> None:
    with pytest.raises(ValidationError, match="one alphabet"):
        one_alphabet(name)


@pytest.mark.parametrize("name", ["Zoë", "Łukasz", "Siân O’Hara-Wynn", "J. R.", "Анна", "भावना", "علی", "王 芳"])
def test_names_of_one_alphabet_are_names(name: str) -> None:
    one_alphabet(name)
    one_line(name)


@pytest.mark.parametrize("name", ["Сора", "Moirа", "Moira\u200b", "Moira\n", "Callum: sign in", "M0ira", "Ａilsa"])
def test_the_name_that_people_see_is_of_latin_letters(name: str) -> None:
    with pytest.raises(ValidationError, match="Latin letters"):
        latin_name(name)


@given(some.text(some.characters(whitelist_categories=["Cc", "Cf", "Cs", "Zl", "Zp"]), min_size=1))
def test_of_control_and_format_characters_nothing_passes(text: str) -> None:
    with pytest.raises(ValidationError):
        one_line(f"Ailsa{text}")
    with pytest.raises(ValidationError):
        latin_name(f"Ailsa{text}")


@pytest.mark.django_db
@pytest.mark.parametrize("name", UNSEEN)
def test_the_organisations_name_is_refused_in_its_form(desk: Client, name: str) -> None:
    own = Organisation.objects.create(pk=1, name="Helpline", phone="0808 000 0000")
    path = f"/desk/admin/helpline/organisation/{own.pk}/change/"
    answer = desk.post(path, {"name": name, "phone": own.phone, "nation": "none", "time_zone": "Europe/London"})
    assert answer.status_code == 200
    assert "name" in answer.context["adminform"].form.errors
    own.refresh_from_db()
    assert own.name == "Helpline"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"), [("name", "Moirа Dunn"), ("name", "Moira\u202e"), ("display_name", "Moirа"), ("display_name", "Moira\u200b")]
)
def test_nobody_is_invited_under_a_name_that_passes_for_another(desk: Client, field: str, value: str) -> None:
    given = {"name": "Moira Dunn", "email": "moira@helpline.example", "role": "counsellor", "display_name": "Moira", field: value}
    answer = desk.post(reverse("desk:people"), given)
    assert field in answer.context["form"].errors
    assert not Counsellor.objects.exists()


@pytest.mark.django_db
def test_one_name_in_two_spellings_is_one_name(desk: Client) -> None:
    given = {"name": "Zoe One", "email": "one@helpline.example", "role": "counsellor", "display_name": "Zo\u00eb"}
    assert desk.post(reverse("desk:people"), given).status_code == 200
    again = {**given, "email": "two@helpline.example", "display_name": "Zoe\u0308"}
    assert "display_name" in desk.post(reverse("desk:people"), again).context["form"].errors
    assert Counsellor.objects.count() == 1


@pytest.mark.django_db
def test_an_invitation_goes_out_whatever_stands_in_the_organisations_name(settings: Settings) -> None:
    settings.SENDS_EMAIL = True
    Organisation.objects.create(pk=1, name="Helpline\nof old", phone="1")
    lure = "Your desk is locked. Sign in at https evil.example"
    link = invite_member(email="dara@helpline.example", name=lure, role="admin", display_name="", at=now())
    assert email_invitation(link)
    assert mail.outbox[0].subject == "Your place at the desk of Helpline of old"
    assert "evil" not in mail.outbox[0].body
    assert Account.objects.filter(email="dara@helpline.example").exists()

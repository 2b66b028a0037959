"""Staff sign in with a password and a second step; nobody signs up; a session ends when they sign out."""

from django.test import Client
from django.urls import reverse

from tests.world.signing_in import LOGIN, SECOND_STEP, password, sign_in
from tests.world.staff import People

DESK = reverse("desk:conversations")


def test_the_password_alone_opens_nothing(people: People) -> None:
    client = Client()
    assert password(client, people.ailsa).headers["Location"] == SECOND_STEP
    assert client.get(DESK).headers["Location"].startswith(LOGIN)


def test_a_wrong_code_opens_nothing(people: People) -> None:
    client = Client()
    password(client, people.ailsa)
    answer = client.post(SECOND_STEP, {"code": "000000"})
    assert answer.context["form"].errors["code"] == ["That did not work. Enter the code that the app shows now, or try the passkey again."]
    assert client.get(DESK).status_code == 302


def test_password_and_code_open_the_desk(people: People) -> None:
    client = sign_in(people.ailsa)
    page = client.get(DESK)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_a_code_is_good_once(people: People) -> None:
    sign_in(people.ailsa)
    second = Client()
    password(second, people.ailsa)
    assert second.post(SECOND_STEP, {"code": people.ailsa.code()}).status_code == 200


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(people: People) -> None:
    wrong = password(Client(), people.ailsa, "not this one").context["form"].errors
    unknown = Client().post(LOGIN, {"login": "nobody@helpline.example", "password": "not this one"}).context["form"].errors
    assert wrong == unknown == {"__all__": ["The email address or the password is not right. Check both, and try again."]}


def test_signing_out_ends_the_session(people: People) -> None:
    client = sign_in(people.ailsa)
    kept = client.cookies["desk"].value
    assert client.post(reverse("account_logout")).headers["Location"] == LOGIN
    client.cookies["desk"] = kept
    assert client.get(DESK).headers["Location"].startswith(LOGIN)
    assert client.get(reverse("desk-api:me")).status_code == 401


def test_an_account_that_is_switched_off_is_out_at_once(people: People) -> None:
    client = sign_in(people.ailsa)
    people.ailsa.account.is_active = False
    people.ailsa.account.save()
    assert client.get(DESK).status_code == 302
    assert password(Client(), people.ailsa).status_code in {200, 302}
    assert Client().get(DESK).status_code == 302


def test_nobody_signs_up(people: People) -> None:
    client = Client()
    assert "by invitation only" in client.get(reverse("account_signup")).content.decode()
    before = type(people.ailsa.account).objects.count()
    client.post(reverse("account_signup"), {"email": "me@helpline.example", "password1": "a long password", "password2": "a long password"})
    assert type(people.ailsa.account).objects.count() == before


def test_cookies_exist_only_below_the_desk(people: People) -> None:
    client = sign_in(people.ailsa)
    client.get(DESK)
    assert {(name, cookie["path"], bool(cookie["httponly"]), cookie["samesite"]) for name, cookie in client.cookies.items()} == {
        ("desk", "/desk/", True, "Strict"),
        ("csrftoken", "/desk/", True, "Strict"),
        ("desk-known", "/desk/", True, "Strict"),
    }
    # The mark of a browser that is known outlives it: it opens nothing.
    assert {name for name, cookie in client.cookies.items() if cookie["max-age"] != ""} == {"desk-known"}


def test_there_are_ten_recovery_codes_and_each_works_once(people: People) -> None:
    client = sign_in(people.ailsa)
    assert client.post(reverse("mfa_generate_recovery_codes")).headers["Location"].startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": people.ailsa.password})
    assert client.post(reverse("mfa_generate_recovery_codes")).headers["Location"] == reverse("mfa_view_recovery_codes")
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(codes) == 10
    for expected in (302, 200):
        other = Client()
        password(other, people.ailsa)
        assert other.post(SECOND_STEP, {"code": codes[0]}).status_code == expected

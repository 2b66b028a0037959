"""Every answer is JSON that nothing keeps; every refusal a problem document; no cookie for a person; the desk is for counsellors."""

import json
import logging
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from helpline.models import Account
from messaging.protocol.encoding import decode, encode
from tests.parts.broken_database import broken_database
from tests.world.desk import Desk, sealed_body
from tests.world.person import AtDesk, Person, Response, all_rows, call, kind_of

ADDRESSES = {
    "/api/v1/desk": "GET",
    "/api/v1/challenges": "POST",
    "/api/v1/sessions": "POST",
    "/api/v1/messages": "POST",
    "/api/v1/inbox": "GET",
    "/api/v1/inbox/envelopes": "POST",
    "/desk/api/me": "GET",
    "/desk/api/vault": "POST",
    "/desk/api/vault/challenges": "POST",
    "/desk/api/vault/passkeys": "POST",
    "/desk/api/vault/passkeys/out": "POST",
    "/desk/api/vault/records": "POST",
    "/desk/api/vault/sheet": "POST",
    "/desk/api/vault/renewal": "POST",
    "/desk/api/vault/renewal/sheet": "POST",
    "/desk/api/vault/renewal/done": "POST",
    "/desk/api/vault/grants": "POST",
    "/desk/api/epochs": "GET",
    "/desk/api/conversations": "GET",
    "/desk/api/conversations/AAAAAAAAAAAAAAAAAAAAAA": "GET",
    "/desk/api/conversations/AAAAAAAAAAAAAAAAAAAAAA/claim": "POST",
    "/desk/api/conversations/AAAAAAAAAAAAAAAAAAAAAA/release": "POST",
    "/desk/api/conversations/AAAAAAAAAAAAAAAAAAAAAA/envelopes": "POST",
}
SAID = "FATAL: the connection is gone, and this sentence with its values must not be repeated"
PERSONS_ELSEWHERE = ["/api/", "/api/v1/", "/api/v2/desk", "/api/v1/desk/", "/api/v1/inbox/", "/api/v1/x/y"]
ELSEWHERE = [*PERSONS_ELSEWHERE, "/desk/api/", "/desk/api/me/", "/desk/api/x"]


@pytest.mark.parametrize("path", ELSEWHERE)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_an_address_that_is_not_there(path: str, method: str) -> None:
    answer = call(Client(), method, path, {} if method == "POST" else None)
    assert (answer.status_code, kind_of(answer), answer["Cache-Control"]) == (404, "not-found", "no-store")


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("method", ["PUT", "PATCH", "HEAD", "OPTIONS", "TRACE", "NONSENSE"])
def test_a_method_that_an_address_does_not_take(path: str, method: str) -> None:
    answer = call(Client(), method, path)
    assert answer.status_code == 405
    assert ADDRESSES[path] in answer["Allow"]
    assert answer["Cache-Control"] == "no-store"
    if method != "HEAD":
        assert kind_of(answer) == "wrong-method"


@pytest.mark.parametrize("path", [path for path, method in ADDRESSES.items() if path.startswith("/api/") and method == "POST"])
@pytest.mark.django_db
def test_a_body_of_another_kind(path: str, desk: Desk) -> None:
    person = Person()
    person.write_first()
    person.come_back()
    headers = {"authorization": f"Bearer {person.token}"}
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json-seq", ""):
        answer = person.client.generic("POST", path, "{}", content_type=kind, headers=headers)
        assert (answer.status_code, kind_of(answer)) == (400, "malformed")
    with_charset = person.client.generic("POST", "/api/v1/challenges", "{}", content_type="application/json; charset=utf-8")
    assert with_charset.status_code == 201


def test_a_body_that_is_too_large_is_refused_before_it_is_read() -> None:
    class Unreadable:
        def read(self, *_: object) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    client = Client()
    for path in ("/api/v1/challenges", "/api/v1/messages", "/api/v1/sessions"):
        answer = posted(client, path, {"CONTENT_LENGTH": "32769", "wsgi.input": Unreadable()})
        assert (answer.status_code, kind_of(answer)) == (413, "too-large")


def posted(client: Client, path: str, environ: dict[str, Any]) -> Response:
    """A request as a server that is wrong about it, or is lied to, would hand it on."""
    return client.generic("POST", path, "{}", content_type="application/json", **environ)


@pytest.mark.parametrize("length", ["", "-1", "1e3", "٣", "99999999999999999999"])
def test_a_body_of_unknown_length(length: str) -> None:
    answer = posted(Client(), "/api/v1/challenges", {"CONTENT_LENGTH": length})
    assert answer.status_code in {400, 413}
    assert kind_of(answer) in {"malformed", "too-large"}


@pytest.mark.django_db
def test_no_answer_to_a_person_sets_a_cookie_and_none_is_looked_at(desk: Desk) -> None:
    person = Person()
    person.client.cookies["desk"] = "anything"
    answers = [person.call("GET", "desk"), person.call("POST", "challenges", {}), person.write_first(), person.come_back()]
    answers += [person.call("GET", "inbox"), person.write(), person.call("GET", "nothing"), person.call("DELETE", "inbox")]
    assert [answer.status_code for answer in answers] == [200, 201, 201, 201, 200, 201, 404, 204]
    for answer in answers:
        assert not answer.cookies
        assert "Set-Cookie" not in answer.headers
        assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_somebody_from_nowhere_sees_nothing_of_the_desk(desk: Desk) -> None:
    for path, method in ADDRESSES.items():
        if path.startswith("/desk/"):
            answer = call(Client(), method, path, {} if method == "POST" else None)
            assert (answer.status_code, kind_of(answer)) == (401, "session")


@pytest.mark.django_db
def test_an_admin_and_a_counsellor_who_left_see_nothing_of_the_desk(desk: Desk) -> None:
    admin = Account.objects.create_user("admin@example.org", None, name="Ada", role="admin")
    Authenticator.objects.create(user_id=admin.pk, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    client = Client()
    client.force_login(admin)
    assert kind_of(call(client, "GET", "/desk/api/conversations")) == "not-allowed"
    callum = AtDesk(desk, "Callum")
    counsellor = desk.members["Callum"].counsellor
    counsellor.active = False
    counsellor.save()
    assert kind_of(callum.call("GET", "conversations")) == "not-allowed"
    Account.objects.filter(pk=counsellor.account_id).update(is_active=False)
    assert kind_of(callum.call("GET", "conversations")) == "session"


@pytest.mark.django_db
def test_a_counsellor_who_is_made_an_admin_sees_no_message_any_more(desk: Desk) -> None:
    moira = AtDesk(desk, "Moira")
    Account.objects.filter(counsellor=desk.members["Moira"].counsellor).update(role="admin")
    assert kind_of(moira.call("GET", "conversations")) == "not-allowed"


@pytest.mark.django_db
def test_a_forged_request_to_the_desk_changes_nothing(desk: Desk) -> None:
    conversation = Person().write_first().json()["conversation"]
    forged = AtDesk(desk, "Moira", Client(enforce_csrf_checks=True))
    before = all_rows()
    refused = forged.claim(decode(conversation))
    assert (refused.status_code, kind_of(refused)) == (403, "not-allowed")
    elsewhere = forged.client.post(
        f"/desk/api/conversations/{conversation}/claim",
        {},
        content_type="application/json",
        headers={"origin": "https://elsewhere.example"},
    )
    assert kind_of(elsewhere) == "not-allowed"
    assert all_rows() == before
    assert forged.call("GET", "me").status_code == 200


@pytest.mark.django_db
def test_the_pages_own_token_lets_a_request_through(desk: Desk) -> None:
    conversation = decode(Person().write_first().json()["conversation"])
    token = "a" * 32
    client = Client(enforce_csrf_checks=True, headers={"x-csrftoken": token})
    client.cookies["csrftoken"] = token
    assert AtDesk(desk, "Moira", client).claim(conversation).status_code == 200


@pytest.mark.logs_errors("the database is broken on purpose")
@pytest.mark.django_db
def test_a_database_that_is_away(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    person = Person()
    body = sealed_body(person.inbox)
    with broken_database(SAID):
        answer = person.call("POST", "messages", body)
    assert (answer.status_code, kind_of(answer)) == (503, "unavailable")
    assert "must not be repeated" not in answer.content.decode() + caplog.text
    assert "OperationalError in an endpoint" in caplog.text
    assert "/api/v1/messages" not in caplog.text
    assert body["envelope"][200:240] not in caplog.text


@pytest.mark.django_db
def test_nothing_is_logged_of_an_ordinary_request(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    person = Person()
    person.write_first()
    person.come_back()
    person.call("POST", "messages", "{")
    person.call("GET", "nothing")
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
    assert person.token not in caplog.text
    assert encode(person.inbox.inbox_id) not in caplog.text


@pytest.mark.django_db
def test_no_address_takes_a_file() -> None:
    for path in ("/api/v1/messages", "/desk/account/login/", "/write"):
        answer = Client().post(path, {"file": SimpleUploadedFile("image.png", b"\x89PNG")})
        assert answer.status_code in {400, 403, 405}
    refused = Client().post("/desk/account/login/", {"login": "x", "file": SimpleUploadedFile("image.png", b"\x89PNG")})
    assert refused.status_code == 400


def test_the_problem_is_json_with_a_stable_type() -> None:
    answer = call(Client(), "GET", "/api/v1/nothing")
    assert json.loads(answer.content) == {
        "type": "/problems/not-found",
        "title": "There is nothing here",
        "status": 404,
        "detail": "This address is not part of the interface.",
    }

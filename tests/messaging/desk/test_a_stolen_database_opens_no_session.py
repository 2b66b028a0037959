"""What a counsellor's cookie holds is nowhere in the database, and what is there instead is good for nothing."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from helpline.staff.session_store import SessionStore, session_key_hash
from tests.world.signing_in import LOGIN, password, sign_in
from tests.world.staff import People

DESK = reverse("desk:conversations")


def everything_in_the_database() -> str:
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - its own names
            rows += cursor.fetchall()
    return "\n".join(str([bytes(value) if isinstance(value, memoryview) else value for value in row]) for row in rows)


def test_the_cookie_is_nowhere_in_the_database(people: People) -> None:
    client = sign_in(people.ailsa)
    assert client.get(DESK).status_code == 200
    kept = everything_in_the_database()
    assert people.ailsa.email in kept
    assert session_key_hash(client.cookies["desk"].value) in kept
    assert client.cookies["desk"].value not in kept
    assert client.cookies["csrftoken"].value not in kept


def test_what_is_kept_is_no_key(people: People) -> None:
    sign_in(people.ailsa)
    thief = Client()
    for row in Session.objects.all():
        thief.cookies["desk"] = row.session_key
        assert thief.get(DESK).headers["Location"].startswith(LOGIN)


def test_signing_out_leaves_no_row_and_an_old_cookie_opens_nothing(people: People) -> None:
    client = sign_in(people.ailsa)
    kept = client.cookies["desk"].value
    assert Session.objects.filter(session_key=session_key_hash(kept)).exists()
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(session_key=session_key_hash(kept)).exists()
    client.cookies["desk"] = kept
    assert client.get(DESK).headers["Location"].startswith(LOGIN)


def test_signing_in_takes_a_new_key_and_leaves_no_row_under_the_old_one(people: People) -> None:
    client = Client()
    password(client, people.ailsa)
    before = client.cookies["desk"].value
    client.post(reverse("mfa_authenticate"), {"code": people.ailsa.code()})
    assert client.cookies["desk"].value != before
    assert [row.session_key for row in Session.objects.all()] == [session_key_hash(client.cookies["desk"].value)]


def test_another_password_ends_every_other_session(people: People) -> None:
    here, elsewhere = sign_in(people.ailsa), Client()
    elsewhere.cookies["desk"] = here.cookies["desk"].value
    assert elsewhere.get(DESK).status_code == 200
    people.ailsa.account.set_password("Ailsa sails on the Tay")
    people.ailsa.account.save()
    assert elsewhere.get(DESK).headers["Location"].startswith(LOGIN)


def test_a_session_that_has_run_out_opens_nothing(people: People) -> None:
    client = sign_in(people.ailsa)
    Session.objects.update(expire_date="2020-01-01T00:00:00Z")
    assert client.get(DESK).headers["Location"].startswith(LOGIN)


def test_it_is_what_the_installation_uses() -> None:
    assert import_module(settings.SESSION_ENGINE).SessionStore is SessionStore


@pytest.mark.django_db(transaction=True)
def test_asynchronous_code_keeps_no_key_either() -> None:
    async def live() -> tuple[str, bool, object]:
        made = SessionStore()
        made["role"] = "lead"
        await made.asave()
        assert made.session_key is not None
        again = SessionStore(made.session_key)
        return made.session_key, await again.aexists(made.session_key), await again.aget("role")

    # In a thread of its own: a browser's test before this one may have left its loop in the main one.
    with ThreadPoolExecutor(1) as apart:
        key, exists, role = apart.submit(asyncio.run, live()).result()
        assert (exists, role) == (True, "lead")
        assert [row.session_key for row in Session.objects.all()] == [session_key_hash(key)]
        apart.submit(asyncio.run, SessionStore(key).adelete()).result()
    assert not Session.objects.exists()

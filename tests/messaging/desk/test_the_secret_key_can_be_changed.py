"""After a leak of the settings the secret key is changed, and everybody's second step goes on."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from tests.world.signing_in import SECOND_STEP, password, sign_in
from tests.world.staff import People

NEW = "a-new-key-of-many-characters-0f3k9s8d7f6g5h4j3k2l1q0w"


def renew() -> str:
    said = StringIO()
    call_command("renew_secret_key", stdout=said)
    return said.getvalue()


def test_both_keys_are_known_while_it_is_changed(people: People, settings: Settings) -> None:
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], NEW
    assert sign_in(people.ailsa).get("/desk/keys/").status_code == 200


def test_afterwards_the_old_key_is_needed_for_nothing(people: People, settings: Settings) -> None:
    codes = RecoveryCodes.activate(people.bhavna.account).generate_codes()
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], NEW
    assert renew() == f"{Authenticator.objects.count()} second steps are encrypted under the current key.\n"
    settings.SECRET_KEY_FALLBACKS = []
    assert sign_in(people.ailsa).get("/desk/keys/").status_code == 200
    other = Client()
    password(other, people.bhavna)
    assert other.post(SECOND_STEP, {"code": codes[3]}).status_code == 302


def test_a_key_that_is_lost_is_said_and_nothing_is_changed(people: People, settings: Settings) -> None:
    before = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    settings.SECRET_KEY = NEW
    with pytest.raises(CommandError, match="HELPLINE_SECRET_KEY_BEFORE"):
        renew()
    assert list(Authenticator.objects.order_by("pk").values_list("data", flat=True)) == before

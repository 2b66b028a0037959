"""The log says where a page broke, and neither which address was asked for nor what the error said: both may hold what is secret."""

import pytest
from django.test import Client

from helpline.models import Organisation
from tests.parts.broken_database import broken_database

SECRET = "an-invitation-that-still-works"
SAID = "Key (email)=(somebody@helpline.example) is what the database repeats"


@pytest.mark.logs_errors("the database is broken on purpose")
@pytest.mark.parametrize("path", [f"/desk/invitation/{SECRET}/", "/write", "/confidential?version=1"])
def test_neither_the_address_nor_the_errors_words_are_logged(helpline: Organisation, caplog: pytest.LogCaptureFixture, path: str) -> None:
    with broken_database(SAID):
        answer = Client(raise_request_exception=False).get(path)
    assert answer.status_code == 500
    assert "OperationalError in a page" in caplog.text
    assert "execute" in caplog.text
    for secret in (SECRET, f" {path}", "version=", SAID, "somebody@"):
        assert secret not in caplog.text
        assert secret not in answer.content.decode()

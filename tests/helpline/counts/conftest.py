"""Counting begins at nothing for each test, and leaves nothing for the next."""

from collections.abc import Generator

import pytest

from helpline import counting
from helpline.models import Organisation


@pytest.fixture(autouse=True)
def nothing_counted() -> Generator[None]:
    counting.forget()
    yield
    counting.forget()


@pytest.fixture
def own(db: None) -> Organisation:
    return Organisation.objects.create(pk=1, name="Helpline under test", phone="0800 000 0000", nation="scotland")

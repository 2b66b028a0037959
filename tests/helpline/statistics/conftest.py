"""Counting begins at nothing for each test, and leaves nothing for the next."""

import pytest

from helpline.models import Organisation
from tests.parts.counted import nothing_counted

__all__ = ["nothing_counted"]


@pytest.fixture
def own(db: None) -> Organisation:
    return Organisation.objects.create(pk=1, name="Helpline under test", phone="0800 000 0000", nation="scotland")

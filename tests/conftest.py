"""Every test has the fixtures of tests/parts: the plugin there is loaded by pyproject.toml, before the settings are read.

`uv run pytest --hypothesis-profile nightly` tries five hundred examples where the normal run tries fifty or a hundred.
"""

import pytest
from hypothesis import HealthCheck, settings

# pytest-django has fixtures of these names too; those in a conftest are the ones that count.
from tests.parts.fixtures import django_db_keepdb, django_db_modify_db_settings

DAY, NIGHTLY = "day", "nightly"
# Nothing here measures how fast a machine is: an example may take its time while others work.
settings.register_profile(DAY, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(DAY)
settings.register_profile(NIGHTLY, settings.get_profile(DAY), max_examples=500)

# A test of so many examples may take longer than one that hangs is given.
NIGHTLY_TIMEOUT = 2 * 60 * 60


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if settings.get_current_profile_name() == NIGHTLY:
        for item in items:
            item.add_marker(pytest.mark.timeout(NIGHTLY_TIMEOUT), append=False)


__all__ = ["NIGHTLY", "django_db_keepdb", "django_db_modify_db_settings"]

"""Every test has the fixtures of tests/parts: the plugin there is loaded by pyproject.toml, before the settings are read.

`uv run pytest --hypothesis-profile nightly` tries five hundred examples where the normal run tries fifty or a hundred.
"""

from hypothesis import settings

# pytest-django has fixtures of these names too; those in a conftest are the ones that count.
from tests.parts.fixtures import django_db_keepdb, django_db_modify_db_settings

NIGHTLY = "nightly"
settings.register_profile(NIGHTLY, max_examples=500)

__all__ = ["NIGHTLY", "django_db_keepdb", "django_db_modify_db_settings"]

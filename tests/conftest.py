"""Every test has the fixtures of tests/parts: the plugin there is loaded by pyproject.toml, before the settings are read."""

# pytest-django has fixtures of these names too; those in a conftest are the ones that count.
from tests.parts.fixtures import django_db_keepdb, django_db_modify_db_settings

__all__ = ["django_db_keepdb", "django_db_modify_db_settings"]

"""Every test has the fixtures of tests/parts: the plugin there is loaded by pyproject.toml, before the settings are read."""

# pytest-django has a fixture of this name too; the one in a conftest is the one that counts.
from tests.parts.fixtures import django_db_modify_db_settings

__all__ = ["django_db_modify_db_settings"]

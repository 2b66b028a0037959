"""An admin, signed in."""

from tests.helpline.admin.conftest import admin, desk

__all__ = ["admin", "desk"]

"""The demonstration keeps everything in an SQLite file: the same week is told there as on the run's own database."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.utils import load_backend

from config import environment
from tests.messaging.reports.week import PAGE, everything_on, lead, made_up, page


@pytest.mark.django_db
@pytest.mark.night("by day the same week in Postgres")
def test_the_same_week_in_a_file(tmp_path: Path) -> None:
    told = everything_on(page(lead(made_up())))
    own = connections["default"]
    settings = connections.configure_settings({"default": environment.sqlite_settings(tmp_path / "helpline.sqlite3")})["default"]
    embedded: Any = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")
    connections["default"] = embedded
    try:
        call_command("migrate", verbosity=0)
        desk = made_up()
        client = lead(desk)
        assert embedded.vendor == "sqlite"
        assert everything_on(page(client)) == told
        assert client.get(f"{PAGE}waits.csv").status_code == 200
    finally:
        embedded.close()
        connections["default"] = own

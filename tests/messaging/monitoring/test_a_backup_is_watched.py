"""bin/backup: a dump that is read to its end, and told to /desk/status/. One that fails replaces nothing; old ones go in time."""

import os
import subprocess
import time
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from helpline.clock import now
from helpline.models import Organisation
from messaging.models import Backup
from messaging.monitoring.assess import StatusState, status_findings
from messaging.monitoring.backups import note_backup
from messaging.monitoring.figures import status_figures
from tests.parts.databases import a_database, on_database
from tests.parts.environment import REPOSITORY, Installation
from tests.parts.operator import Operator
from tests.parts.postgres import Postgres
from tests.world.desk import Desk, send

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
DAY = 86_400


@pytest.fixture
def operator(desk: Desk, postgres_server: Postgres, installation: Installation, tmp_path: Path) -> Generator[Operator]:
    """Of a service in which somebody has written."""
    send()
    Organisation.objects.update(backup_days=30)
    with a_database(postgres_server, "helpline", str(connection.settings_dict["NAME"])), on_database("helpline"):
        yield Operator(tmp_path, installation)


def make(operator: Operator, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """As a line of crontab has it: nobody's shell, another folder."""
    return subprocess.run(
        [REPOSITORY / "bin" / "backup", folder], cwd="/", env=operator.environment | more, capture_output=True, text=True, check=False
    )


def dumps(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def state() -> tuple[StatusState, str]:
    [line] = [line for line in status_findings(status_figures(at=now())) if line.condition == "backup-old"]
    return line.state, line.says


def test_a_good_one_is_told_and_nobody_else_can_read_it(operator: Operator, tmp_path: Path) -> None:
    assert state() == (StatusState.ACT, "No backup has ever been made.")
    done = make(operator, tmp_path / "backups")
    assert done.returncode == 0, done.stderr
    [dump] = (tmp_path / "backups").iterdir()
    assert dump.stat().st_mode & 0o077 == 0
    assert done.stdout == f"{dump}: {dump.stat().st_size} bytes, read to the end.\n"
    assert state()[0] == StatusState.FINE


def test_one_that_fails_says_so_and_replaces_nothing(operator: Operator, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    assert make(operator, folder).returncode == 0
    good = dumps(folder)
    for broken in ({"PGPORT": "9"}, {"PGPASSWORD": "another"}):
        done = make(operator, folder, **broken)
        assert (done.returncode, dumps(folder)) == (1, good)
        assert "No backup was made: the database gave no dump." in done.stderr


def test_a_dump_that_ends_in_the_middle_is_none(operator: Operator, tmp_path: Path) -> None:
    """A disk that is full, a line that breaks: pg_dump may have ended well all the same."""
    docker = tmp_path / "bin" / "docker"
    whole = docker.read_text()
    cut = 'if [ "$5" = pg_dump ]; then shift 4; "$@" | head -c 40000; exit 0; fi\n'
    docker.write_text(whole.replace("#!/bin/sh\n", "#!/bin/sh\n" + cut))
    done = make(operator, tmp_path / "backups")
    assert done.returncode == 1
    assert "No backup was made" in done.stderr
    assert dumps(tmp_path / "backups") == []
    assert not Backup.objects.exists()


def test_what_is_older_than_the_site_says_goes_after_a_good_one_and_never_before(operator: Operator, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for name, days in (("helpline-old.dump", 31), ("helpline-kept.dump", 29), ("of-somebody-else.dump", 400)):
        (folder / name).touch()
        os.utime(folder / name, (time.time() - days * DAY,) * 2)
    assert make(operator, folder, PGPORT="9").returncode == 1
    assert len(dumps(folder)) == 3
    assert make(operator, folder).returncode == 0
    assert "helpline-old.dump" not in dumps(folder)
    assert len(dumps(folder)) == 3


def test_where_the_site_promises_none_nobody_is_left_in_doubt(operator: Operator, tmp_path: Path) -> None:
    Organisation.objects.update(backup_days=0)
    assert state()[0] == StatusState.LOOK
    done = make(operator, tmp_path / "backups")
    assert done.returncode == 1
    assert "The site tells people that no backups are kept." in done.stderr
    assert "no older one was deleted" in done.stderr


def test_none_goes_into_the_folder_of_the_source(operator: Operator) -> None:
    done = make(operator, REPOSITORY / "test-artefacts" / "backups")
    assert done.returncode == 1
    assert "lies in the folder of the source" in done.stderr
    assert not (REPOSITORY / "test-artefacts" / "backups").exists()


@pytest.mark.parametrize(
    ("hours", "expected"), [(20, StatusState.FINE), (30, StatusState.LOOK), (47, StatusState.LOOK), (49, StatusState.ACT)]
)
def test_its_age_is_looked_at_after_a_day_and_alarms_after_two(desk: Desk, hours: int, expected: StatusState) -> None:
    Organisation.objects.update(backup_days=30)
    note_backup(at=now() - timedelta(hours=hours))
    note_backup(at=now() - timedelta(hours=100))
    assert state()[0] == expected

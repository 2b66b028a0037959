"""docs/operate.md's settings for the write-ahead log: the disk is lost, and what was written after the base backup comes back."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from tests.parts.environment import REPOSITORY, new_installation
from tests.parts.postgres import Postgres, programme
from tests.parts.processes import wait_until

pytestmark = pytest.mark.postgres
CHAPTER = (REPOSITORY / "docs" / "operate.md").read_text().partition("## A minute instead of a day")[2].partition("\n## ")[0]


@pytest.fixture
def server() -> Iterator[Postgres]:
    """One of this test's own: it is thrown away."""
    postgres = Postgres(new_installation(), durable=True)
    postgres.run()
    yield postgres
    postgres.stop()


def asked(server: Postgres, question: str) -> list[tuple[object, ...]]:
    with closing(psycopg2.connect(server.installation.database_url("postgres"))) as connection, connection.cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchall())


def owned(folder: Path, server: Postgres) -> Path:
    if server.user:
        shutil.chown(folder, server.user)
    return folder


def test_what_was_written_after_the_base_backup_survives_the_disk(server: Postgres) -> None:
    other_disk = server.installation.folder / "other-disk"
    other_disk.mkdir(mode=0o700)
    log = owned(other_disk, server)
    settings = re.findall(r"^ALTER SYSTEM .*;$", CHAPTER, re.MULTILINE)
    assert len(settings) == 3
    for setting in settings:
        server.execute(setting.replace("/wal/", f"{log}/"))
    server.stop()
    server.run()
    server.execute("CREATE TABLE said (word text)")
    server.execute("INSERT INTO said VALUES ('before')")

    base = server.installation.folder / "base"
    base.mkdir(mode=0o700)
    options = re.findall(r"pg_basebackup --username helpline --pgdata - --format tar (--wal-method fetch) > ", CHAPTER)
    assert options == ["--wal-method fetch"]
    taken = [str(programme("pg_basebackup")), "--pgdata", str(base), *options[0].split(), "--dbname"]
    subprocess.run([*taken, server.installation.database_url("postgres")], check=True, capture_output=True)
    server.execute("INSERT INTO said VALUES ('after')")
    # In an installation the timeout of a minute does this.
    [(name,)] = asked(server, "SELECT pg_walfile_name(pg_switch_wal())")
    wait_until((log / str(name)).exists, "the log is on the other disk")
    assert not list(log.glob(".*")), "nothing half-copied is left"

    server.kill()
    shutil.rmtree(server.data)
    shutil.copytree(base, server.data)
    (server.data / "recovery.signal").touch()
    [restore] = re.findall(r"^restore_command = .*$", CHAPTER, re.MULTILINE)
    with (server.data / "postgresql.auto.conf").open("a") as kept:
        kept.write(restore.replace("/wal/", f"{log}/") + "\n")
    for path in [server.data, *server.data.rglob("*")]:
        owned(path, server)
    server.data.chmod(0o700)
    server.run()
    wait_until(lambda: asked(server, "SELECT pg_is_in_recovery()") == [(False,)], "it has read the log to its end")
    assert asked(server, "SELECT word FROM said") == [("before",), ("after",)]

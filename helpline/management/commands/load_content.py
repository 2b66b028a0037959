"""`manage.py load_content`: the pages that come with the service, for a real installation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from helpline.pages.import_content import CONTENT, BadContent, import_content


class Command(BaseCommand):
    """Creates what is missing; what an admin wrote or changed stays."""

    help = (
        "Publishes the pages that come with the service where they are missing. Pages that exist are not changed unless --replace "
        "names them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--replace", metavar="SLUG", action="append", default=[], help="set this page back to its file's text; may be repeated"
        )
        parser.add_argument("--folder", metavar="DIR", type=Path, default=CONTENT, help="other files: <language>/<slug>.md")

    def handle(self, *, replace: list[str], folder: Path, **_: Any) -> None:
        try:
            loaded = import_content(folder, replace=replace)
        except BadContent as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        for said, names in (("Published", loaded.created), ("Replaced", loaded.replaced), ("Not changed", loaded.kept)):
            if names:
                self.stdout.write(f"{said}: {', '.join(names)}")

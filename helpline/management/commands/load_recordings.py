"""`manage.py load_recordings`: pages read aloud."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from helpline.pages.recordings import BadRecording, load_recordings


class Command(BaseCommand):
    """A recording belongs to the page as it stands now: when the page's words change, nobody hears it until it is loaded again."""

    help = "Takes recordings of pages, as <language>/<slug>.mp3 or .ogg, from a folder. They replace those that were there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help="where the files are")

    def handle(self, *, folder: Path, **_: Any) -> None:
        try:
            self.stdout.write(f"Loaded: {', '.join(load_recordings(folder))}")
        except (BadRecording, OSError) as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error

"""`manage.py build_client`: the browser's scripts and styles."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from messaging.release.build import BuildFailed, build_client, client_is_fresh


class Command(BaseCommand):
    help = "Builds the browser's scripts and styles, unless they are up to date."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Build nothing; fail if the build is not up to date.")
        parser.add_argument("--force", action="store_true", help="Build even if the build is up to date.")

    def handle(self, *args: Any, check: bool, force: bool, **options: Any) -> None:
        target = Path(settings.CLIENT_BUILD)
        if check:
            if not client_is_fresh(target):
                raise CommandError("The client was not built from this source. Run: python manage.py build_client")
            self.stdout.write("The client is up to date.")
            return
        try:
            assets = build_client(target, force=force)
        except BuildFailed as failure:
            raise CommandError(str(failure)) from failure
        if assets is None:
            self.stdout.write("The client is up to date.")
            return
        for asset in assets:
            self.stdout.write(f"{asset.name:<10}  {asset.size / 1024:7.1f} KB  {asset.gzipped / 1024:6.1f} KB gzipped  {asset.file}")

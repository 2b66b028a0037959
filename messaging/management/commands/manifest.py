"""`manage.py manifest`: the hashes of everything that this source serves, to be signed by `manage.py keys release` (PROTOCOL §11.2)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from messaging.protocol.wire.releases import canonical_json
from messaging.release.build import BuildFailed, ensure_client_built
from messaging.release.manifest import release_manifest


class Command(BaseCommand):
    help = "Builds the client, and writes the unsigned manifest of every static file, policy and public page. Needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, required=True, help="the new manifest")

    def handle(self, *, out: Path, **_: Any) -> None:
        try:
            ensure_client_built()
            made = release_manifest()
            with out.open("xb") as file:
                file.write(canonical_json(made) + b"\n")
        except BuildFailed as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"The manifest of {len(made['assets'])} assets is in {out}. Sign it: manage.py keys release.")

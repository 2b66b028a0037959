"""`manage.py export_keys`: all public key statements, for `manage.py keys verify` on another machine."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from helpline.clock import now
from messaging.keys.key_statements import key_statements


class Command(BaseCommand):
    """Writes to standard output, so that it can be carried away from a container without a file in it."""

    help = "Prints every certificate and epoch statement, and who has each grant, as one JSON document. Nothing in it is secret."

    def handle(self, *_: Any, **__: Any) -> None:
        self.stdout.write(json.dumps(key_statements(at=now())))

"""The demonstration's signed manifest (PROTOCOL §11), so that `manage.py verify_site` can be tried on it.

Its own script alone may move the clock: `verify_site` says of such a site that it is no real one.
"""

import os
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from config.demo.folder import RELEASE, DemoRecord
from helpline.web.installed import installed_release
from messaging.keys.desk_epochs import current_desk_epoch
from messaging.protocol.encoding import ProtocolError, decode, encode
from messaging.protocol.peer.keys import open_site
from messaging.protocol.peer.offline import ORIGIN
from messaging.protocol.peer.primitives import sign_public
from messaging.protocol.peer.releases import make_release_certificate, sign_release
from messaging.protocol.wire import NamedStatement, Statement
from messaging.protocol.wire.releases import EPOCH, Release, with_installation_script
from messaging.release.manifest import release_manifest

DAYS = 3_650
GIVEN = {"number": 0, "made_on": ""}  # What the signer gives is no difference.


def sign_demo_release(folder: Path, record: DemoRecord, today: date, *, at: datetime) -> None:
    """The next release when anything that is served has changed; by a new release key each time, which nobody keeps.

    It names the epoch that is current `at` an instant of the demonstration's own clock.
    """
    current = current_desk_epoch(at)
    newest = NamedStatement.of(Statement.parse(current.statement)).text if current else ""
    path, made = folder / RELEASE, {**release_manifest(), "newest": newest}
    before = _before(path)
    own = replace(installed_release(), newest=newest)
    if before is not None and {**before.manifest, **GIVEN} == {**with_installation_script(made, own), **GIVEN}:
        return
    root_seed, seed = decode(record.root_seed, 32), os.urandom(32)
    site = open_site(encode(sign_public(root_seed)), ORIGIN)
    day = (today - EPOCH) // timedelta(days=1)
    certificate = make_release_certificate(root_seed, site, sign_public(seed), first_day=day, last_day=day + DAYS)
    numbered = with_installation_script(
        {**made, "number": before.number + 1 if before else 1, "made_on": today.isoformat()}, replace(own, made_on=today.isoformat())
    )
    draft = path.with_name(f".{RELEASE}")
    draft.write_bytes(sign_release(seed, site, certificate, numbered) + b"\n")
    draft.replace(path)


def _before(path: Path) -> Release | None:
    try:
        return Release.parse(path.read_bytes().rstrip(b"\n"))
    except (OSError, ProtocolError):
        return None

"""A real installation from nothing, as docs/operate.md says: root key, admin, counsellor, certificate, first epoch, first message."""

import pytest

from tests.parts.browser import DESKTOP, PHONE, Visit
from tests.parts.examples import by_night
from tests.parts.from_nothing import FromNothing
from tests.parts.leaks import find_leaks
from tests.world.from_nothing import (
    TEXT,
    certify,
    describe_the_helpline,
    first_sign_in,
    install,
    invite,
    join,
    make_vault,
    nobody_can_write_yet,
    open_first_epoch,
    read,
)
from tests.world.steps import Look, Watch, begin_to_write, send_first, unseen

pytestmark = pytest.mark.browser


@pytest.mark.long
@pytest.mark.night("by day each of its steps: the keys command, the invitation, a vault, an epoch, and the demonstration to its end")
def test_from_an_empty_database_to_a_message_that_the_counsellor_reads(from_nothing: FromNothing, visit: Visit) -> None:
    # By day the sweep of the desk's pages and the tests of keys have axe look.
    look: Watch = Look("joining") if by_night() else unseen
    install(from_nothing)

    admin = visit("the admin", size=DESKTOP, origin=from_nothing.origin)
    first_sign_in(admin, look)
    person = visit("the person", size=PHONE, origin=from_nothing.origin)
    nobody_can_write_yet(person, look)
    describe_the_helpline(admin, look)
    link = invite(admin, look)

    counsellor = visit("the counsellor", size=DESKTOP, origin=from_nothing.origin)
    join(counsellor, link, look)
    passphrase, fingerprint = make_vault(counsellor, look)
    # The first start made the key under which the vault lies.
    assert "Vault records by their key: current 1. Not encrypted: 0. Without a key here: 0." in from_nothing.manage(
        "storage_keys", "status"
    )
    certify(from_nothing, admin, fingerprint, look)
    open_first_epoch(counsellor, passphrase, look)

    assert person.page.request.get("/api/v1/desk").status == 200
    # The browser that was here before may keep the first page for a minute, and that says that nobody can write.
    writer = visit("the person, a minute later", size=PHONE, origin=from_nothing.origin)
    begin_to_write(writer, look)
    words = send_first(writer.page, TEXT)
    look(writer, "sent")
    read(counsellor, passphrase, look)
    assert person.context.cookies() == writer.context.cookies() == []
    assert find_leaks([("the counsellor's browser", counsellor.kept().encode())], [passphrase, TEXT], words) == []

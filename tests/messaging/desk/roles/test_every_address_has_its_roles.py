"""Every address below /desk/, for every role and method, against the written table; an address that is not in it fails."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from pytest_django import Settings

from messaging.hub.rings import rings
from messaging.protocol.encoding import encode
from tests.messaging.desk.roles.table import ADMIN, COUNSELLOR, KEY_HOLDER, LEAD, NOBODY, ROLES, ROTA, TABLE, may
from tests.parts.examples import by_night
from tests.world.desk import NOON
from tests.world.person import call, set_clock
from tests.world.roles import NOT_TAKEN, PASSED, World, blocked, outcome, routes

METHODS = ("GET", "POST", "PUT", "DELETE")
GAP = {"channel": "phone", "start": NOON.isoformat(), "end": (NOON + timedelta(hours=2)).isoformat()}
ASKED = {"desk/rota/gaps/fill/": f"?{urlencode(GAP)}"}  # What an address says besides.


def test_every_address_is_in_the_table_and_no_other() -> None:
    found = list(routes())
    assert len(found) > 100
    assert set(found) - set(TABLE) == set(), "decide in table.py who may use these"
    assert set(TABLE) - set(found) == set(), "these are no addresses any more"


@pytest.fixture
def world(db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> World:
    # As in the demonstration, where the hub is in the process.
    settings.LIVE_KEY = "the-live-key-of-the-installation-under-test"
    monkeypatch.setattr(rings, "inside", len)
    settings.CLOCK_OFFSET = settings.CLOCK_OFFSET  # The wrapper puts it back.
    set_clock(NOON)
    return World()


@pytest.mark.timeout(400)
@pytest.mark.long
def test_each_role_gets_where_the_table_says_and_nowhere_else(world: World) -> None:
    wrong = []
    for route in TABLE:
        for method in METHODS:
            who = may(route, method)
            # What nobody may is refused to all alike, by day to two of them.
            for role in ROLES if who is not None or by_night() else (ADMIN, NOBODY):
                answer = world.ask(role, method, world.address(route, role) + ASKED.get(route, ""))
                met = outcome(role, answer)
                # A page that takes no such method may say so before it asks who is there.
                expected = {NOT_TAKEN, blocked(role)} if who is None else {PASSED if role in who else blocked(role)}
                if met not in expected:
                    wrong.append(f"{method} {route}: {role} {met}, and should be: {' or '.join(sorted(expected))}")
                # The rows are there and the role's own: getting through is a page, or a change that leads back to one.
                if met == PASSED and route in ROTA and answer.status_code not in {200, 302}:
                    wrong.append(f"{method} {route}: {role} gets {answer.status_code}")
                if "no-store" not in answer.headers.get("Cache-Control", ""):
                    wrong.append(f"{method} {route}: a browser may keep what {role} gets")
    assert not wrong, "\n".join(wrong)


def test_only_a_key_holder_opens_an_epoch(world: World) -> None:
    """The address is every counsellor's; what they bring must be signed by a key-holder, and by themselves."""
    raw, grants = world.desk.sealed_epoch()
    body = {
        "statement": encode(raw),
        "grants": [
            {"certificate_id": encode(each.certificate_id), "epoch": each.epoch, "wrapped": encode(each.wrapped)} for each in grants
        ],
    }
    took = {role: call(world.clients[role], "POST", "/desk/api/epochs", body).status_code for role in (COUNSELLOR, LEAD, ADMIN, KEY_HOLDER)}
    assert took == {COUNSELLOR: 403, LEAD: 403, ADMIN: 403, KEY_HOLDER: 201}


def test_the_admins_sign_in_refuses_who_is_signed_in_and_no_admin(world: World) -> None:
    assert world.ask(LEAD, "GET", "/desk/admin/login/").status_code == 403
    assert world.ask(NOBODY, "GET", "/desk/admin/login/").headers["Location"].startswith("/desk/account/login/")

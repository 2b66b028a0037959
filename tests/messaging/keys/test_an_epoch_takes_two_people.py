"""An epoch counts once a second person has confirmed it: what the server takes and refuses, and what counts until then (PROTOCOL §8.2)."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from helpline.models import Account
from messaging.keys.desk_epochs import current_epoch_number, desk_public_keys
from messaging.keys.readers import key_warnings
from messaging.keys.registry import add_epoch
from messaging.keys.vaults import forget_vault
from messaging.models import Confirmation, Epoch
from messaging.protocol.encoding import VERSION, encode
from messaging.protocol.peer import check_desk, make_confirmation, make_root_confirmation
from messaging.protocol.wire import Statement
from tests.parts.environment import ROOT_SEED
from tests.world.desk import NOON, TODAY, Desk, open_helpline, site
from tests.world.person import AtDesk, Person, all_rows, kind_of
from tests.world.signing_in import proved

pytestmark = pytest.mark.django_db


@pytest.fixture
def waits(desk: Desk) -> Desk:
    """Moira has opened a second epoch, and nobody has confirmed it."""
    desk.open_epoch(days=14, confirmed=False)
    return desk


def kept() -> Any:
    """Every row but those of signing in."""
    return {name: rows for name, rows in all_rows().items() if name not in ("Account", "AccountSession")}


def sends(desk: Desk, name: str, raw: bytes, number: int = 2) -> Any:
    return AtDesk(desk, name).call("POST", f"epochs/{number}/confirmation", {"confirmation": encode(raw)})


def looked(desk: Desk, name: str) -> bytes:
    """As the counsellor's browser does it."""
    open_ = desk.unlocked(name)
    return make_confirmation(site(), open_.counsellor, open_.waiting[0], open_.certificates)


def of_root(statement: Statement) -> bytes:
    return make_root_confirmation(ROOT_SEED, site(), statement)


def test_until_then_the_one_before_is_the_desks(waits: Desk) -> None:
    assert current_epoch_number(NOON) == 1
    assert check_desk(site(), desk_public_keys(at=NOON, conversation_limit=50), TODAY).epoch == 1
    for name in ("Moira", "Callum"):
        unlocked = waits.unlocked(name)
        assert (unlocked.desk.epoch if unlocked.desk else None, unlocked.troubles, sorted(unlocked.seeds)) == (1, [], [1])
    person = Person()
    person.write_first("In the first epoch")
    assert Epoch.objects.get(openings__isnull=False).number == 1


def test_a_colleague_confirms_it_and_it_is_current(waits: Desk) -> None:
    said = sends(waits, "Callum", looked(waits, "Callum"))
    assert (said.status_code, said.json()) == (201, {"number": 2})
    assert current_epoch_number(NOON) == 2
    assert check_desk(site(), desk_public_keys(at=NOON, conversation_limit=50), TODAY).epoch == 2
    for name in ("Moira", "Callum"):
        unlocked = waits.unlocked(name)
        assert (unlocked.desk.epoch if unlocked.desk else None, unlocked.troubles, unlocked.waiting) == (2, [], [])
    before = kept()
    assert sends(waits, "Callum", looked_again(waits)).status_code == 200
    assert kept() == before


def looked_again(desk: Desk) -> bytes:
    return desk.confirmation("Callum", desk.statements[1])


def test_what_does_not_hold_is_refused_and_changes_nothing(waits: Desk) -> None:
    good = waits.confirmation("Callum", waits.statements[1])
    before = kept()
    attempts = (
        ("Callum", good[:-1] + bytes([good[-1] ^ 1]), 2, (400, "malformed")),
        ("Callum", good[:-1], 2, (400, "malformed")),
        ("Callum", bytes([VERSION[0] ^ 1]) + good[1:], 2, (400, "malformed")),
        ("Callum", waits.confirmation("Callum", waits.statements[0]), 2, (400, "malformed")),
        ("Callum", good, 3, (404, "not-found")),
        ("Moira", good, 2, (403, "not-allowed")),
        ("Moira", waits.confirmation("Moira", waits.statements[1]), 2, (400, "malformed")),
    )
    for name, raw, number, refused in attempts:
        said = sends(waits, name, raw, number)
        assert (said.status_code, kind_of(said)) == refused
    assert kept() == before


def test_nor_one_under_a_certificate_that_is_withdrawn(waits: Desk) -> None:
    good = waits.confirmation("Callum", waits.statements[1])
    forget_vault(waits.members["Callum"], at=NOON, sure=True)
    said = sends(waits, "Callum", good)
    assert (said.status_code, kind_of(said)) == (403, "not-allowed")


def test_an_older_one_is_not_confirmed_any_more(waits: Desk) -> None:
    """Else a word that comes late could take a part in what stands by now."""
    late = waits.confirmation("Callum", waits.statements[1])
    waits.open_epoch()
    said = sends(waits, "Callum", late)
    assert (said.status_code, kind_of(said)) == (409, "taken")
    assert current_epoch_number(NOON) == 3


def test_the_roots_word_is_brought_by_anyone(waits: Desk) -> None:
    assert sends(waits, "Moira", of_root(waits.statements[1])).status_code == 201
    assert current_epoch_number(NOON) == 2


def test_one_persons_desk_goes_on_without(db: None) -> None:
    alone = open_helpline("Moira")
    alone.open_epoch(confirmed=False)
    assert current_epoch_number(NOON) == 2
    assert Confirmation.objects.filter(confirmation=None).count() == 2
    desk = check_desk(site(), desk_public_keys(at=NOON, conversation_limit=50), TODAY)
    assert (desk.epoch, desk.names) == (2, ["Moira"])
    person = Person()
    person.write_first("Is anybody there?")
    person.come_back()
    assert person.thread().desk is not None
    assert alone.unlocked("Moira").troubles == []


def test_and_takes_two_once_there_are_two(db: None) -> None:
    desk = open_helpline("Moira")
    desk.join("Callum")
    desk.open_epoch(confirmed=False)
    assert current_epoch_number(NOON) == 1


def test_one_key_holder_cannot_fill_the_chain(waits: Desk) -> None:
    for _ in range(7):
        waits.open_epoch(confirmed=False)
    raw, grants = waits.sealed_epoch()
    with pytest.raises(Exception, match="too-many"):
        add_epoch(statement=raw, grants=grants, at=NOON)
    # A colleague who may open one still can.
    waits.certify("Callum", key_holder=True, first_day=TODAY + 1)
    assert Epoch.objects.count() == 9


def test_the_desk_says_that_an_epoch_waits_to_whoever_may_confirm_it(waits: Desk) -> None:
    words = "an epoch waits to be confirmed"
    assert words in page(waits, "Callum")
    assert words not in page(waits, "Moira")
    waits.confirm("Callum")
    assert words not in page(waits, "Callum")


def page(desk: Desk, name: str) -> str:
    return " ".join(AtDesk(desk, name).client.get("/desk/rota/").content.decode().split())


def test_the_page_for_keys_says_who_opened_it_and_who_may(waits: Desk) -> None:
    said = " ".join(AtDesk(waits, "Callum").client.get("/desk/keys/").content.decode().split())
    assert "<strong>Epoch 2 waits to be confirmed.</strong> Moira opened it." in said
    assert "confirmed it on this page: Callum." in said
    assert "Not confirmed: nothing is sealed for it." in said
    waits.confirm("Callum")
    said = " ".join(AtDesk(waits, "Callum").client.get("/desk/keys/").content.decode().split())
    assert "Opened by Moira, confirmed by Callum." in said
    assert "waits to be confirmed" not in said


def test_the_monitor_says_it_while_the_current_one_ends(waits: Desk) -> None:
    soon = NOON + timedelta(days=10)
    Epoch.objects.filter(number=1).update(last_day=TODAY + 13)
    (ending,) = [each for each in key_warnings(at=soon) if "ends in" in each]
    assert ending == (
        "Epoch 1 ends in 3 days, and no later one is confirmed. "
        "Epoch 2, which Moira opened, waits to be confirmed: Callum can confirm it on the page “Keys”."
    )
    waits.confirm("Callum")
    Epoch.objects.filter(number=2).update(last_day=TODAY + 30)
    assert not [each for each in key_warnings(at=soon) if "ends in" in each]


def test_an_admin_brings_the_roots_word_on_the_page(waits: Desk) -> None:
    admin = Account.objects.create(email="ada@example.org", name="Ada", role=Account.Role.ADMIN)
    Authenticator.objects.create(user=admin, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    client = Client()
    client.force_login(admin)
    proved(client, admin).post("/desk/keys/certificates/", {"certificates": encode(of_root(waits.statements[1]))})
    assert current_epoch_number(NOON) == 2
    assert Confirmation.objects.get(epoch=2).certificate is None

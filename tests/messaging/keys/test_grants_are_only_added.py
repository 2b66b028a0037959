"""Nobody takes away what opens: a key-holder's later grants stand beside those that were there, and none is replaced (PROTOCOL §8.2)."""

from os import urandom
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from messaging.keys.own_keys import own_keys
from messaging.keys.registry import GrantIn, add_epoch
from messaging.models import FurtherGrant, Grant
from messaging.protocol.encoding import encode
from messaging.protocol.peer.epochs import make_grant
from messaging.protocol.wire import Statement
from tests.world.desk import NOON, Desk

pytestmark = pytest.mark.django_db


def opens_another(desk: Desk, *more: GrantIn) -> None:
    """Moira opens the next epoch, and gives these grants of earlier ones with it."""
    raw, grants = desk.sealed_epoch()
    add_epoch(statement=raw, grants=[*grants, *more], at=NOON, by=desk.members["Moira"])
    desk.statements.append(Statement.parse(raw))
    desk.confirm()


def useless(desk: Desk) -> list[GrantIn]:
    return [GrantIn(each.certificate_id, 1, urandom(1168)) for each in desk.certificates.values()]


def of_the_first(desk: Desk, name: str) -> list[bytes]:
    answer: dict[str, Any] = own_keys(desk.members[name], at=NOON)
    own = encode(desk.certificates[name].certificate_id)
    return [grant["wrapped"] for grant in answer["grants"] if (grant["epoch"], grant["certificate_id"]) == (1, own)]


def test_a_key_holder_cannot_take_the_past_away(desk: Desk) -> None:
    opens_another(desk, *useless(desk))
    for name in desk.members:
        open_ = desk.unlocked(name)
        assert (sorted(open_.seeds), open_.troubles) == ([1, 2], [])
    assert (Grant.objects.count(), FurtherGrant.objects.count()) == (4, 2)


def test_one_that_opens_helps_whoever_had_a_useless_one_first(desk: Desk) -> None:
    seed = desk.unlocked("Moira").seeds[1]
    desk.join("Isla")
    isla = desk.certificates["Isla"]
    opens_another(desk, GrantIn(isla.certificate_id, 1, urandom(1168)))
    assert (sorted(desk.unlocked("Isla").seeds), desk.unlocked("Isla").troubles) == ([2], ["bad-grant"])
    opens_another(desk, GrantIn(isla.certificate_id, 1, make_grant(desk.site, 1, isla, seed)))
    assert (sorted(desk.unlocked("Isla").seeds), desk.unlocked("Isla").troubles) == ([1, 2, 3], [])


def test_four_stand_in_one_place_and_no_more(desk: Desk) -> None:
    first = of_the_first(desk, "Callum")
    for _ in range(5):
        opens_another(desk, *useless(desk))
    assert len(of_the_first(desk, "Callum")) == 4
    assert of_the_first(desk, "Callum")[:1] == first
    assert 1 in desk.unlocked("Callum").seeds


def test_the_same_bytes_again_are_one_grant(desk: Desk) -> None:
    standing = Grant.objects.get(certificate__member=desk.members["Callum"])
    opens_another(desk, GrantIn(desk.certificates["Callum"].certificate_id, 1, bytes(standing.wrapped)))
    assert len(of_the_first(desk, "Callum")) == 1


def test_the_database_refuses_a_fifth_and_one_place_twice(desk: Desk) -> None:
    standing = Grant.objects.get(certificate__member=desk.members["Callum"])
    here = {"epoch": standing.epoch, "certificate": standing.certificate, "wrapped": urandom(1168)}
    FurtherGrant.objects.create(place=2, **here)
    for place in (1, 2, 5):
        with pytest.raises(IntegrityError), transaction.atomic():
            FurtherGrant.objects.create(place=place, **here)


def test_what_stands_costs_no_more_to_ask_for(desk: Desk, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(7) as before:
        own_keys(desk.members["Callum"], at=NOON)
    for _ in range(3):
        opens_another(desk, *useless(desk))
    with django_assert_max_num_queries(len(before)):
        own_keys(desk.members["Callum"], at=NOON)

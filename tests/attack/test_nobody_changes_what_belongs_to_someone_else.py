"""A counsellor who puts another's ids into an address, and a person who brings another's sealed bytes, change nothing of theirs."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from helpline.models import Absence, RotaFeed, Shift, ShiftOffer
from messaging.models import Conversation, Inbox
from messaging.protocol.encoding import encode
from tests.messaging.desk.roles.table import KEY_HOLDER
from tests.world.desk import NOON, Desk
from tests.world.person import Person, all_rows, call, kind_of
from tests.world.roles import World

# What whoever has the conversation could send.
VERBS: dict[str, dict[str, object]] = {
    "release": {},
    "close": {"route": "self", "actions": [], "signposts": []},
    "snooze": {"until": "tomorrow"},
    "block": {"days": 30},
    "claim": {},
    "take-over": {},
}
FORMS = {
    "mine/shifts/{shift}/swap/": {"offered_to": "{moira}"},
    "mine/shifts/{shift}/cover/": {},
    "mine/offers/{offer}/withdraw/": {},
    "mine/offers/{offer}/accept/": {},
    "mine/offers/{offer}/decline/": {},
    "mine/offers/{offer}/take/": {},
    "absences/{absence}/remove/": {"confirm": "yes"},
    "swaps/{offer}/approve/": {},
    "shifts/{shift}/remove/": {"confirm": "yes"},
    "shifts/{shift}/": {"counsellor": "{moira}"},
}


@pytest.fixture
def theirs(world: World) -> dict[str, int]:
    """A shift, an absence, an offer to Lena, a calendar and a passkey of Callum's; the conversation is Callum's already."""
    callum, lena, moira = (world.desk.members[name].counsellor for name in ("Callum", "Lena", "Moira"))
    shift, offer = Shift.objects.get(counsellor=callum), ShiftOffer.objects.get(asked_by=callum)
    ShiftOffer.objects.filter(pk=offer.pk).update(offered_to=lena)
    RotaFeed.objects.create(counsellor=callum, secret_hash=bytes(32), reset_at=NOON)
    passkey = Authenticator.objects.create(user_id=callum.account_id, type=Authenticator.Type.WEBAUTHN, data={"name": "Callum's"})
    return {"shift": shift.pk, "offer": offer.pk, "absence": Absence.objects.get().pk, "moira": moira.pk, "passkey": passkey.pk}


def test_a_colleagues_conversation_stays_as_it_is(world: World) -> None:
    client, before = world.clients[KEY_HOLDER], all_rows()
    conversation = encode(Conversation.objects.get().conversation_id)
    verbs = {**VERBS, "hand-over": {"to": encode(bytes(world.desk.members["Lena"].public_id))}}
    for verb, body in verbs.items():
        refused = call(client, "POST", f"/desk/api/conversations/{conversation}/{verb}", body)
        assert kind_of(refused) in {"not-yours", "taken", "not-allowed"}, verb
    assert all_rows() == before


def test_a_colleagues_rota_stays_as_it_is(world: World, theirs: dict[str, int]) -> None:
    client, before = world.clients[KEY_HOLDER], all_rows()
    for path, fields in FORMS.items():
        filled = {name: value.format(**theirs) for name, value in fields.items()}
        assert client.post(f"/desk/rota/{path.format(**theirs)}", filled).status_code in {302, 403, 404}, path
        assert all_rows() == before, path


def test_a_colleagues_passkey_stays_theirs(world: World, theirs: dict[str, int]) -> None:
    client = world.clients[KEY_HOLDER]
    for verb in ("remove", "edit"):
        for method in ("get", "post"):
            path = f"/desk/account/security/webauthn/keys/{theirs['passkey']}/{verb}/"
            answer = getattr(client, method)(path, {"name": "Moira's"})
            # Removing asks for the password first, which tells nothing of whose it is.
            assert answer.status_code in {302, 404}, path
    assert Authenticator.objects.get(pk=theirs["passkey"]).data == {"name": "Callum's"}


def test_with_the_password_just_given_it_is_not_there_at_all(world: World, theirs: dict[str, int]) -> None:
    client = world.clients[KEY_HOLDER]
    client.post("/desk/account/reauthenticate/", {"password": "Ada crosses the Forth"})
    for verb in ("remove", "edit"):
        assert client.post(f"/desk/account/security/webauthn/keys/{theirs['passkey']}/{verb}/", {"name": "Moira's"}).status_code == 404
    assert Authenticator.objects.get(pk=theirs["passkey"]).data == {"name": "Callum's"}


@pytest.mark.django_db
def test_a_token_is_good_for_its_own_inbox_alone(desk: Desk) -> None:
    one, other = Person(), Person()
    for person in (one, other):
        person.write_first()
        person.come_back()
    sealed = other.sealed("Not mine to send")
    before = all_rows()
    refused = one.call("POST", "inbox/envelopes", sealed)
    assert (refused.status_code, kind_of(refused)) == (400, "malformed")
    # The proof of the one and the inbox of the other, in both ways.
    for inbox, signed in ((one, other), (other, one)):
        proof = signed.proof() | {"inbox_id": encode(inbox.inbox.inbox_id)}
        assert kind_of(call(Client(), "POST", "/api/v1/sessions", proof)) == "no-inbox"
    assert all_rows() == before
    assert one.call("POST", "inbox/retention", {"own": 7}).status_code == 200
    assert one.call("DELETE", "inbox").status_code == 204
    assert list(Inbox.objects.values_list("inbox_id", flat=True)) == [other.inbox.inbox_id]
    assert other.call("GET", "inbox/retention").json()["own"] is None

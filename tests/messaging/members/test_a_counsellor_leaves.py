"""A counsellor leaves in one operation: out at once, threads back in the queue, and the desk owes a new epoch until it has opened one."""

import pytest
from django.test import Client

from helpline.models import Account, Counsellor, Shift
from messaging.conversations.find import conversation_for_desk, find_conversation
from messaging.http.problems import Problem
from messaging.keys.own_keys import grant_candidates, own_keys
from messaging.keys.readers import epochs_with_only_reader, readers_who_left
from messaging.keys.registry import add_epoch
from messaging.members.offboard import offboard
from messaging.models import Conversation, RoutingEvent
from messaging.protocol.peer import Message, open_desk, read_as_desk
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, TODAY, Desk, put_on_duty, site
from tests.world.person import AtDesk, Person, texts_of, who_has


def account_of(desk: Desk, name: str) -> Account:
    return Account.objects.get(counsellor__display_name=name)


@pytest.fixture
def thread(desk: Desk) -> tuple[Person, bytes]:
    """Somebody who wrote, and whose conversation Callum has."""
    person = Person()
    person.write_first("Before anybody left")
    conversation = Conversation.objects.get()
    Conversation.objects.update(state="assigned", member=desk.members["Callum"], unrouted_since=None)
    return person, conversation.conversation_id


def test_every_session_ends_at_once(desk: Desk) -> None:
    callum = AtDesk(desk, "Callum")
    assert callum.call("GET", "me").status_code == 200
    offboard(account_of(desk, "Callum"), at=NOON)
    assert callum.call("GET", "me").status_code == 401
    assert callum.client.get("/desk/").headers["Location"].startswith("/desk/account/login/")


def test_open_threads_go_back_to_the_queue_and_answered_ones_are_nobodys(desk: Desk, thread: tuple[Person, bytes]) -> None:
    _, conversation = thread
    other = Person()
    other.write_first()
    second = Conversation.objects.latest("pk")
    Conversation.objects.filter(pk=second.pk).update(
        state="answered", member=desk.members["Callum"], unrouted_since=None, waiting_since=None, due_at=None
    )
    left = offboard(account_of(desk, "Callum"), at=NOON)
    assert (left.threads, left.keeps) == (1, [])
    back = find_conversation(conversation)
    assert (back.state, back.member, back.unrouted_since) == ("waiting", None, back.waiting_since)
    second.refresh_from_db()
    assert (second.state, second.member) == ("answered", None)
    told = RoutingEvent.objects.filter(kind="returned").values_list("why", flat=True)
    assert list(told) == ["The counsellor who had it has left the helpline."] * 2
    assert route_waiting(at=NOON) == 1
    assert who_has(conversation) == "Moira"


def test_the_rota_no_longer_counts_on_them(desk: Desk) -> None:
    put_on_duty(desk.members["Callum"], NOON.replace(day=27))
    assert offboard(account_of(desk, "Callum"), at=NOON).shifts == 1
    assert Shift.objects.filter(counsellor=desk.members["Callum"].counsellor).count() == 1, "what was worked stays"


def test_leaving_twice_is_leaving_once(desk: Desk, thread: tuple[Person, bytes]) -> None:
    offboard(account_of(desk, "Callum"), at=NOON)
    events = RoutingEvent.objects.count()
    assert offboard(account_of(desk, "Callum"), at=NOON).threads == 0
    assert RoutingEvent.objects.count() == events


def test_messages_go_on_and_a_new_epoch_is_owed_until_it_is_open(desk: Desk, thread: tuple[Person, bytes]) -> None:
    person, conversation = thread
    old_keys, old_answer = desk.keys["Callum"], own_keys(desk.members["Callum"], at=NOON)
    assert readers_who_left(at=NOON) == []
    offboard(account_of(desk, "Callum"), at=NOON)
    assert readers_who_left(at=NOON) == ["Callum"]
    person.come_back()
    assert person.write("While a new epoch is owed").status_code == 201
    banner = AtDesk(desk, "Moira").client.get("/desk/keys/").content.decode()
    assert "Open a new epoch now" in banner
    assert "Callum had the key of epoch 1" in banner
    # Said honestly on that page: a copy of the old key still reads what is sealed until then.
    before = open_desk(site(), old_keys, old_answer, TODAY)
    read = read_as_desk(site(), before, conversation_for_desk(find_conversation(conversation), at=NOON), TODAY)
    assert [text for _, text in texts_of(read)] == ["Before anybody left", "While a new epoch is owed"]

    assert len(grant_candidates(at=NOON)) == 1
    desk.open_epoch(names=["Moira"])
    assert readers_who_left(at=NOON) == []
    assert "Open a new epoch now" not in AtDesk(desk, "Moira").client.get("/desk/keys/").content.decode()
    assert person.write("After it").status_code == 201
    answer = conversation_for_desk(find_conversation(conversation), at=NOON)
    # With all that the old key ever had, and all that the server holds.
    held = read_as_desk(site(), open_desk(site(), old_keys, old_answer, TODAY), answer, TODAY)
    assert "After it" not in [item.content.text for item in held.items if isinstance(item, Message)]
    moira = AtDesk(desk, "Moira")
    assert moira.claim(conversation).status_code == 200
    assert moira.reply(conversation, "I am here now").status_code == 201
    assert texts_of(person.thread())[-1] == ("Moira", "I am here now")


def test_nothing_new_counts_that_the_old_key_signs(desk: Desk, thread: tuple[Person, bytes]) -> None:
    offboard(account_of(desk, "Moira"), at=NOON)
    # As if somebody switched account and counsellor on again by mistake.
    Account.objects.update(is_active=True)
    Counsellor.objects.update(active=True)
    desk.members["Moira"].counsellor.account.refresh_from_db()
    raw, grants = desk.sealed_epoch()
    with pytest.raises(Problem, match="not-allowed"):
        add_epoch(statement=raw, grants=grants, at=NOON, by=desk.members["Moira"])
    assert AtDesk(desk, "Moira").call("GET", "me").json()["certificate"] is None


def test_the_vault_goes_when_others_can_read_and_stays_when_nobody_else_can(desk: Desk, thread: tuple[Person, bytes]) -> None:
    offboard(account_of(desk, "Callum"), at=NOON)
    assert not desk.members["Callum"].vaults.exists()
    assert epochs_with_only_reader(desk.members["Moira"], at=NOON) == [1]
    assert offboard(account_of(desk, "Moira"), at=NOON).keeps == [1]
    assert desk.members["Moira"].vaults.exists()


def test_an_admin_sees_what_it_means_and_does_it_with_one_button(desk: Desk, thread: tuple[Person, bytes]) -> None:
    from tests.helpline.admin.signed_in import sign_in

    admin: Client = sign_in(Account.objects.create(email="ada@helpline.example", name="Ada", role="admin"))
    here = f"/desk/people/{account_of(desk, 'Callum').pk}/leave/"
    page = admin.get(here).content.decode()
    assert "1 open conversation waits again" in page
    assert "Callum had the key of epoch 1" in page
    assert account_of(desk, "Callum").is_active
    done = admin.post(here, follow=True).content.decode()
    assert "Callum has left: the account is off and every session has ended. 1 open conversation is waiting again." in done
    assert "A key-holder opens the next one on this page" in done
    own = admin.post(f"/desk/people/{Account.objects.get(name='Ada').pk}/leave/", follow=True).content.decode()
    assert "You cannot remove yourself" in own

"""Two workers, two clicks, two browsers, a task delivered twice: one assignment, one message, and no cap is passed."""

from collections import Counter
from functools import partial

import pytest
from django.db import transaction

from messaging.conversations.erase import erase_conversation
from messaging.desk.assignment import claim_conversation
from messaging.http.problems import Problem
from messaging.models import Conversation, DeskMember, Envelope, Inbox, RoutingEvent
from messaging.protocol.encoding import decode
from messaging.routing.route import route_waiting
from messaging.tasks import route_task, sweep_task
from tests.world.desk import NOON, open_helpline, sealed_body, send
from tests.world.person import AtDesk, Person, kind_of
from tests.world.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_routers_assign_each_thread_once_and_pass_no_cap() -> None:
    open_helpline("Moira", "Callum", "Isla", cap=5)
    for _ in range(24):
        send()
    given = together(lambda _: route_waiting(at=NOON), range(4))
    assert sum(given) == 15
    assert Counter(Conversation.objects.filter(state="assigned").values_list("member", flat=True)).most_common(1)[0][1] == 5
    assert RoutingEvent.objects.filter(kind="assigned").values("conversation").distinct().count() == 15
    assert RoutingEvent.objects.count() == 15
    assert Conversation.objects.filter(state="waiting", unrouted_since__isnull=False).count() == 9


def test_a_task_delivered_twice_does_nothing_more() -> None:
    open_helpline("Moira", "Callum")
    for _ in range(3):
        send()
    route_task()
    events = list(RoutingEvent.objects.values_list())
    route_task()
    sweep_task()
    assert list(RoutingEvent.objects.values_list()) == events
    assert len(events) == 3


def claimed(member: DeskMember, thread: bytes) -> bool:
    """Whether this member was first."""
    try:
        claim_conversation(member, thread, at=NOON)
    except Problem as problem:
        if problem.name != "taken":
            raise
        return False
    return True


def test_sixteen_who_claim_the_same_threads_get_each_once() -> None:
    desk = open_helpline("Moira", *(f"Counsellor {number}" for number in range(15)))
    threads = [send().conversation for _ in range(6)]

    def claim_all(name: str) -> int:
        return sum(claimed(desk.members[name], thread) for thread in threads)

    assert sum(together(claim_all, desk.members)) == len(threads)
    assert Counter(RoutingEvent.objects.values_list("kind", flat=True)) == {"claimed": len(threads)}
    assert Conversation.objects.filter(state="assigned").count() == len(threads)


def test_claims_and_routers_at_once_pass_no_cap_but_by_claims() -> None:
    desk = open_helpline("Moira", "Callum", cap=3)
    threads = [send().conversation for _ in range(10)]

    def act(number: int) -> int:
        if number % 2:
            return route_waiting(at=NOON)
        return claimed(desk.members["Moira"], threads[number])

    together(act, range(8))
    by_claim = RoutingEvent.objects.filter(kind="claimed").count()
    held = Counter(Conversation.objects.filter(state="assigned").values_list("member__counsellor__display_name", flat=True))
    assert held["Callum"] <= 3
    assert held["Moira"] <= 3 + by_claim
    assert RoutingEvent.objects.values("conversation").distinct().count() == RoutingEvent.objects.count() == sum(held.values())


def test_the_same_first_message_eight_times_at_once_is_one() -> None:
    open_helpline()
    body = sealed_body(Person().inbox)
    answers = together(lambda _: Person().call("POST", "messages", body), range(8))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 200: 7}
    assert len({answer.content for answer in answers}) == 1
    assert (Inbox.objects.count(), Envelope.objects.count()) == (1, 1)


def test_of_eight_different_first_messages_under_the_same_words_one_is_kept() -> None:
    open_helpline()
    inbox = Person().inbox
    bodies = [sealed_body(inbox, f"Number {number}") for number in range(8)]
    answers = together(lambda body: Person().call("POST", "messages", body), bodies)
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 7}
    assert {kind_of(answer) for answer in answers if answer.status_code == 409} == {"inbox-exists"}
    assert Envelope.objects.count() == 1


def test_of_eight_windows_that_write_at_once_one_is_next() -> None:
    open_helpline()
    person = Person()
    person.write_first()
    person.come_back()
    bodies = [person.sealed(f"Window {number}") for number in range(8)]
    answers = together(lambda body: Person(person.inbox, person.token).call("POST", "inbox/envelopes", body), bodies)
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 7}
    taken = next(answer.json() for answer in answers if answer.status_code == 201)
    heads = [answer.json()["head"] for answer in answers if answer.status_code == 409]
    assert heads == [{"sequence": 2, "hash": taken["hash"]}] * 7


def test_an_answer_and_a_new_message_at_once_leave_nobody_waiting_unseen() -> None:
    desk = open_helpline()
    for _ in range(4):
        person = Person()
        conversation = decode(person.write_first().json()["conversation"])
        person.come_back()
        counsellor = AtDesk(desk, "Moira")
        counsellor.claim(conversation)
        reply, message = counsellor.sealed(conversation), person.sealed()
        path = f"conversations/{person.answer()['conversation']}/envelopes"
        acts = [partial(counsellor.call, "POST", path, reply), partial(person.call, "POST", "inbox/envelopes", message)]
        assert [answer.status_code for answer in together(lambda act: act(), acts)] == [201, 201]
        row = Conversation.objects.get(conversation_id=conversation)
        assert (row.received, row.sent, row.seen) == (2, 1, 1)
        assert row.state in {"waiting", "assigned"}
        assert row.waiting_since is not None
        Conversation.objects.filter(pk=row.pk).delete()


def test_deleting_everything_while_messages_arrive_leaves_nothing() -> None:
    open_helpline()
    person = Person()
    person.write_first()
    person.come_back()
    inbox, body = Inbox.objects.get().pk, person.sealed()

    def act(number: int) -> int:
        if number == 0:
            erase_conversation(inbox)
            return 204
        return int(Person(person.inbox, person.token).call("POST", "inbox/envelopes", body).status_code)

    outcome = together(act, range(6))
    assert set(outcome) <= {204, 201, 200, 401}
    assert (Inbox.objects.count(), Envelope.objects.count()) == (0, 0)


def test_a_router_killed_in_the_middle_has_done_nothing() -> None:
    open_helpline(cap=9)
    for _ in range(5):
        send()

    class Killed(BaseException):
        """As good as kill -9: nothing after it runs in that transaction."""

    def killed_in_the_middle() -> None:
        with transaction.atomic():
            assert route_waiting(at=NOON) == 5
            raise Killed

    with pytest.raises(Killed):
        killed_in_the_middle()
    assert not RoutingEvent.objects.exists()
    assert Conversation.objects.filter(state="waiting").count() == 5
    assert route_waiting(at=NOON) == 5

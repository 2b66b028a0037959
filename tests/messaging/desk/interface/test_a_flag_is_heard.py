"""A flag reaches every lead at once, whoever raised it sees who opened it and when, and while nobody does, more people are told."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from pytest_django import Settings

from helpline.models import Account, AuditEntry
from messaging.desk.flag import flag_conversation, open_flag, take_down_flag
from messaging.desk.flag_alerts import tell_overdue_flags
from messaging.desk_notices import send_desk_notices
from messaging.housekeeping import sweep_up
from messaging.models import Conversation, DeskNotice, RoutingEvent
from messaging.monitoring.assess import StatusState, alarming_findings, status_findings
from messaging.monitoring.figures import status_figures
from tests.world.desk import NOON, Desk, open_helpline, send
from tests.world.person import AtDesk, kind_of
from tests.world.together import together

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
Role = Account.Role


@pytest.fixture(autouse=True)
def email(settings: Settings) -> None:
    settings.SENDS_EMAIL = True


@pytest.fixture
def desk(db: None) -> Desk:
    """Moira and Callum answer; Iona and Una are leads, Alex an admin."""
    made = open_helpline("Moira", "Callum")
    for name in ("Iona", "Una"):
        become(made.join(name, on_duty=False).counsellor.account, Role.LEAD)
    made.open_epoch()
    Account.objects.create_user("alex@example.org", None, name="Alex", role=Role.ADMIN)
    return made


def become(account: Account, role: Account.Role) -> None:
    Account.objects.filter(pk=account.pk).update(role=role)


def says_so(desk: Desk, name: str) -> bool:
    """Whether every page of the desk says to them that a flag is not opened."""
    return "a flag has not been opened" in AtDesk(desk, name).client.get("/desk/rota/").content.decode()


def raised(desk: Desk, by: str = "Moira", reason: str = "self-harm", at: datetime = NOON) -> bytes:
    conversation = send().conversation
    flag_conversation(desk.members[by], conversation, reason, at=at)
    return conversation


def told(kind: str = "") -> list[str]:
    """Who is told by emails that wait, and takes them out of the way."""
    found = DeskNotice.objects.filter(kind=kind) if kind else DeskNotice.objects.all()
    names = sorted(found.values_list("account__name", flat=True))
    found.delete()
    return names


def test_every_lead_is_told_at_once_by_an_email_that_says_nothing(desk: Desk, settings: Settings) -> None:
    raised(desk)
    assert DeskNotice.objects.filter(kind="flag").count() == 2
    assert send_desk_notices(at=NOON) == 2
    assert sorted(message.to[0] for message in mail.outbox) == ["iona@example.org", "una@example.org"]
    for message in mail.outbox:
        said = f"{message.subject} {message.body}".replace(settings.ORIGIN, "")
        assert not any(word in said for word in ("Moira", "harm", "young", "1", "2"))


def test_whoever_raised_it_sees_who_opened_it_and_when(desk: Desk) -> None:
    conversation = send().conversation
    moira, iona = AtDesk(desk, "Moira"), AtDesk(desk, "Iona")
    moira.claim(conversation)
    assert moira.does(conversation, "flag", reason="self-harm").json() == {"flag": "self-harm", "leads": 2, "call": []}
    assert moira.answer(conversation)["flag_opened_by"] is None
    opened = iona.does(conversation, "flag/opened").json()
    assert (opened["flag"], opened["flag_by"], opened["flag_opened_by"]) == ("self-harm", "Moira", "Iona")
    assert datetime.fromisoformat(opened["flag_opened_at"]) - NOON < MINUTE
    line = moira.lists()["mine"][0]
    assert {name: line[name] for name in opened} == opened == {name: moira.answer(conversation)[name] for name in opened}
    # The second lead changes nothing of that.
    assert AtDesk(desk, "Una").does(conversation, "flag/opened").json() == opened


def test_only_a_lead_opens_a_flag(desk: Desk) -> None:
    conversation = raised(desk)
    assert kind_of(AtDesk(desk, "Callum").does(conversation, "flag/opened")) == "not-allowed"
    assert kind_of(AtDesk(desk, "Callum").does(conversation, "flag", reason=None)) == "not-allowed"
    assert Conversation.objects.get().flag_opened_at is None


def test_while_no_lead_opens_it_more_people_are_told_each_step_once(desk: Desk) -> None:
    raised(desk)
    assert told("flag") == ["Iona", "Una"]
    sweep_up(at=NOON + 5 * MINUTE - timedelta(seconds=1))
    assert told() == []
    sweep_up(at=NOON + 5 * MINUTE)
    sweep_up(at=NOON + 5 * MINUTE)
    assert told("unopened") == ["Alex", "Iona", "Una"]
    sweep_up(at=NOON + 10 * MINUTE)
    assert told("unopened") == ["Alex", "Callum", "Iona", "Una"]
    assert [tell_overdue_flags(at=NOON + timedelta(hours=hours)) for hours in range(1, 9)] == [0] * 8
    assert (
        list(RoutingEvent.objects.filter(kind="unopened").values_list("why", flat=True))
        == ["No lead had looked yet, so more people were told."] * 2
    )


@pytest.mark.parametrize("deals", ["opens", "has taken over", "takes down"])
def test_once_a_lead_deals_with_it_nobody_else_is_told(desk: Desk, deals: str) -> None:
    conversation = raised(desk)
    told()
    if deals == "opens":
        open_flag(desk.members["Iona"], conversation, at=NOON + 4 * MINUTE)
    elif deals == "has taken over":
        AtDesk(desk, "Iona").does(conversation, "take-over")
    else:
        take_down_flag(desk.members["Iona"], conversation, at=NOON + 4 * MINUTE)
    assert [tell_overdue_flags(at=NOON + minutes * MINUTE) for minutes in (5, 10, 60)] == [0, 0, 0]
    assert told() == []


def test_a_flag_that_went_up_while_nobody_was_told_is_told_by_the_sweep(desk: Desk) -> None:
    raised(desk)
    told()
    # As the version before this one leaves it.
    Conversation.objects.update(flag_told=0, flag_told_at=None, flagged_by=None)
    assert [tell_overdue_flags(at=NOON), tell_overdue_flags(at=NOON)] == [1, 0]
    assert told("flag") == ["Iona", "Una"]


def test_the_same_reason_twice_is_one_flag_and_another_reason_is_a_new_one(desk: Desk) -> None:
    conversation = raised(desk, reason="advice")
    open_flag(desk.members["Iona"], conversation, at=NOON)
    told()
    assert AtDesk(desk, "Moira").does(conversation, "flag", reason="advice").json() == {"flag": "advice", "leads": None, "call": []}
    assert told() == []
    assert AtDesk(desk, "Callum").does(conversation, "flag", reason="self-harm").json()["leads"] == 2
    assert told("flag") == ["Iona", "Una"]
    row = Conversation.objects.get()
    assert (row.flagged_by, row.flag_opened_by, row.flag_opened_at) == (desk.members["Callum"], None, None)


def test_taken_down_and_raised_again_nobody_has_opened_it(desk: Desk) -> None:
    conversation = raised(desk)
    open_flag(desk.members["Iona"], conversation, at=NOON)
    take_down_flag(desk.members["Iona"], conversation, at=NOON)
    take_down_flag(desk.members["Iona"], conversation, at=NOON)
    row = Conversation.objects.get()
    assert (row.flagged, row.flagged_by, row.flag_told, row.flag_told_at, row.flag_opened_by) == (False, None, 0, None, None)
    told()
    flag_conversation(desk.members["Moira"], conversation, "self-harm", at=NOON)
    assert told("flag") == ["Iona", "Una"]
    assert Conversation.objects.filter(Conversation.unopened()).count() == 1


def test_a_lead_who_raises_one_has_not_opened_it_and_the_others_are_told(desk: Desk) -> None:
    conversation = raised(desk, by="Iona")
    assert told("flag") == ["Una"]
    assert AtDesk(desk, "Iona").does(conversation, "flag/opened").json()["flag_opened_by"] is None
    AtDesk(desk, "Iona").does(conversation, "take-over")
    assert Conversation.objects.get().flag_opened_by is None
    assert AtDesk(desk, "Una").does(conversation, "flag/opened").json()["flag_opened_by"] == "Una"


@pytest.mark.parametrize("author", ["Moira", "Iona"])
def test_without_another_lead_whoever_raises_it_is_told_at_once_whom_to_call(desk: Desk, author: str) -> None:
    for name in {"Iona", "Una"} - {author}:
        become(desk.members[name].counsellor.account, Role.COUNSELLOR)
    conversation = send().conversation
    said = AtDesk(desk, author).does(conversation, "flag", reason="young-person").json()
    assert said == {"flag": "young-person", "leads": 0, "call": ["Alex"]}
    assert told("unopened") == ["Alex"]


def test_a_lead_who_has_no_desk_is_told_and_named(desk: Desk) -> None:
    for name in ("Iona", "Una"):
        become(desk.members[name].counsellor.account, Role.COUNSELLOR)
    Account.objects.create_user("lena@example.org", None, name="Lena", role=Role.LEAD)
    conversation = send().conversation
    said = AtDesk(desk, "Moira").does(conversation, "flag", reason="young-person").json()
    assert said == {"flag": "young-person", "leads": 0, "call": ["Lena", "Alex"]}
    assert [told("flag"), told("unopened")] == [["Lena"], ["Alex"]]


def test_the_status_page_is_red_until_a_lead_has_opened_it_and_alarms_after_five_minutes(desk: Desk) -> None:
    assert status_findings(status_figures(at=NOON))[0].state == StatusState.FINE
    conversation = raised(desk)
    first = status_findings(status_figures(at=NOON))[0]
    assert (first.name, first.state, first.says) == ("Flags", StatusState.ACT, "Flags that no lead has opened: 1.")
    assert "flag-unopened" not in {line.condition for line in alarming_findings(status_figures(at=NOON))}
    assert [says_so(desk, name) for name in ("Iona", "Moira")] == [True, False]
    tell_overdue_flags(at=NOON + 5 * MINUTE)
    assert "flag-unopened" in {line.condition for line in alarming_findings(status_figures(at=NOON))}
    open_flag(desk.members["Una"], conversation, at=NOON + 6 * MINUTE)
    assert status_findings(status_figures(at=NOON))[0].state == StatusState.FINE
    assert not says_so(desk, "Iona")


def test_every_step_is_in_the_trail_and_names_no_conversation(desk: Desk) -> None:
    conversation = raised(desk)
    open_flag(desk.members["Iona"], conversation, at=NOON)
    take_down_flag(desk.members["Una"], conversation, at=NOON)
    trail = AuditEntry.objects.filter(kind="desk").order_by("pk")
    assert list(trail.values_list("account__name", "action", "what", "row", "fields")) == [
        ("Moira", "flagged", "conversation", "", ""),
        ("Iona", "flag-opened", "conversation", "", ""),
        ("Una", "flag-down", "conversation", "", ""),
    ]
    assert list(RoutingEvent.objects.order_by("pk").values_list("kind", flat=True)) == ["flagged", "opened", "unflagged"]


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_and_two_leads_at_once_do_each_thing_once(desk: Desk) -> None:
    conversation = raised(desk)
    assert sum(together(lambda _: tell_overdue_flags(at=NOON + 5 * MINUTE), range(4))) == 1
    together(lambda name: open_flag(desk.members[name], conversation, at=NOON + 6 * MINUTE), ["Iona", "Una"] * 2)
    assert RoutingEvent.objects.filter(kind="opened").count() == AuditEntry.objects.filter(action="flag-opened").count() == 1

"""Three counsellors, a lead and an admin on one Monday, from the night's queue to the evening, by a clock that runs fast."""

import re
from collections import Counter
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from helpline.hours.channels import channel_availability, channel_reply_by
from helpline.hours.on_duty import counsellors_on_duty as duty
from helpline.models import Closure
from messaging.installation import installation_root_key
from messaging.models import Conversation, DeskMember, DeskNote, RoutingEvent
from messaging.protocol.days import day_of
from messaging.protocol.encoding import encode
from messaging.protocol.peer import Message, read_as_person
from tests.parts.browser import PHONE, Visit, Visitor
from tests.parts.environment import Installation
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, open_first, reply, said, unfold, unlock
from tests.world.day import NIGHT, Day, begin, hour, served
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
State, Kind = Conversation.State, RoutingEvent.Kind
NOTE = "She has a first plan for the evenings. Ask how the weekend was."


@pytest.mark.night("a whole day: by day the tests of the desk and the rota try each of its steps")
@pytest.mark.timeout(400)
def test_from_the_night_to_the_evening(
    installation: Installation, redis_server: object, transactional_db: None, loaded_web_server: WebServer, settings: Settings, visit: Visit
) -> None:
    loaded_web_server.stop()  # Its address is taken here.
    settings.CLOCK_OFFSET = settings.CLOCK_OFFSET  # The wrapper puts it back.
    day = begin(installation_root_key())
    # A desk that has worked for a while: each of them has chosen to take eight.
    DeskMember.objects.update(cap=8)
    with served(installation.web_port, day):
        night = the_night(day)
        day.set_clock(hour(8, 55))
        ailsa, bhavna, dougal, lead = (day.arrives(visit, person, "/desk/") for person in (day.ailsa, day.bhavna, day.dougal, day.lead))
        for visitor, person in ((ailsa, day.ailsa), (bhavna, day.bhavna), (dougal, day.dougal), (lead, day.lead)):
            unlock(visitor.page, person)
        day.look(ailsa, "before-nine")
        admin = day.arrives(visit, day.admin, "/desk/")
        nine(day, ailsa, night)
        paced(day, ailsa, night)
        flagged(day, bhavna, lead)
        gap(day, lead)
        swapped(day, visit)
        noon(day, admin, visit)
        one(day, ailsa, dougal, night)
        evening(day, ailsa, lead, night)


def the_night(day: Day) -> list[Writer]:
    """From Friday, five o'clock, until ten to nine: nobody is given anything."""
    first, last = hour(17, 10, days=-3), hour(8, 50)
    writers = []
    for number in range(NIGHT):
        day.set_clock(first + (last - first) * number / (NIGHT - 1))
        writers.append(day.writes(f"Night {number}"))
    day.until(hour(8, 54))
    assert Conversation.objects.filter(state=State.WAITING).count() == NIGHT
    return writers


def nine(day: Day, ailsa: Visitor, night: list[Writer]) -> None:
    """As many as there is room for, the oldest first, each once."""
    day.until(hour(9))
    assert (day.of(day.ailsa), day.of(day.bhavna), day.of(day.dougal)) == (8, 8, 0)
    states = [writer.conversation.state for writer in night]
    assert states == [State.ASSIGNED] * 16 + [State.WAITING] * (NIGHT - 16)
    expect(ailsa.page.get_by_role("heading", name="Mine (8)")).to_be_visible(timeout=PATIENCE)
    expect(ailsa.page.get_by_role("heading", name=f"Waiting ({NIGHT - 16})")).to_be_visible()
    day.look(ailsa, "nine")


def paced(day: Day, ailsa: Visitor, night: list[Writer]) -> None:
    """An answer makes room for one, the next in the queue."""
    open_first(ailsa.page, "Mine")
    day.look(ailsa, "a-conversation")
    reply(ailsa.page, "Thank you for writing. How are you today?")
    said(ailsa.page, "Sent, and signed as Ailsa.")
    day.look(ailsa, "answered")
    day.until(hour(9, 20))
    assert [writer.conversation.state for writer in night[16:18]] == [State.ASSIGNED, State.WAITING]
    assert night[16].conversation.member == day.ailsa.member


def flagged(day: Day, bhavna: Visitor, lead: Visitor) -> None:
    page = bhavna.page
    open_first(page, "Mine")
    unfold(page, "Flag to the lead")
    page.get_by_label("Why the lead should look at it").select_option("young-person")
    page.get_by_role("button", name="Flag it to the lead").click()
    said(page, "The lead is being told now. You will see here when the lead opens the flag.")
    day.look(bhavna, "flagged")
    day.until(hour(10))
    region = lead.page.get_by_role("region", name="Flagged to the lead (1)")
    expect(region.get_by_role("button")).to_contain_text("with Bhavna", timeout=PATIENCE)
    region.get_by_role("button").click()
    expect(lead.page.get_by_role("list", name="Messages")).to_be_visible(timeout=PATIENCE)
    day.look(lead, "lead-reads-the-flag")
    assert Conversation.objects.get(flagged=True).member == day.bhavna.member


def gap(day: Day, lead: Visitor) -> None:
    """Nobody is there on Tuesday afternoon; the lead asks who could be, and puts Ailsa there."""
    page = _second(lead, "/desk/rota/gaps/")
    expect(page.page.get_by_role("heading", name=re.compile("Tuesday 8 December, 13:00"))).to_be_visible()
    day.look(page, "a-gap")
    page.page.get_by_role("link", name=re.compile("Who could take")).first.click()
    day.look(page, "who-could")
    page.page.get_by_role("link", name=re.compile("Put Ailsa on this shift")).click()
    page.page.get_by_role("button", name="Save").click()
    expect(page.page.get_by_text(re.compile("is on the rota|is published|Saved"))).to_be_visible()
    day.look(page, "gap-filled")
    assert duty(channel="messages", at=hour(14, days=1)) == [day.ailsa.counsellor.pk]
    page.page.goto("/desk/rota/gaps/")
    expect(page.page.get_by_role("heading", name=re.compile("Tuesday 8 December, 13:00"))).to_have_count(0)
    page.page.close()


def swapped(day: Day, visit: Visit) -> None:
    """Bhavna's Tuesday morning goes to Dougal once he and the lead have said yes."""
    before = duty(channel="messages", at=hour(10, days=1))
    bhavna, dougal, lead = (_second(visitor, "/desk/rota/mine/") for visitor in day.visitors[1:4])
    row = bhavna.page.locator("li, tr", has_text="Tuesday 8 December").first
    row.get_by_role("link", name=re.compile("^Swap")).click()
    bhavna.page.get_by_label("Who do you want to ask?").select_option(label="Dougal")
    bhavna.page.get_by_role("button", name="Ask").click()
    expect(bhavna.page.get_by_text("You have asked Dougal.")).to_be_visible()
    day.look(bhavna, "swap-asked")
    dougal.page.reload()
    dougal.page.get_by_role("button", name=re.compile("^Accept")).click()
    expect(dougal.page.get_by_text("Accepted.")).to_be_visible()
    assert duty(channel="messages", at=hour(10, days=1)) == before == [day.bhavna.counsellor.pk]
    lead.page.goto("/desk/rota/swaps/")
    day.look(lead, "swap-to-approve")
    lead.page.get_by_role("button", name=re.compile("^Approve")).click()
    expect(lead.page.get_by_text("Dougal has the shift now.")).to_be_visible()
    assert duty(channel="messages", at=hour(10, days=1)) == [day.dougal.counsellor.pk]
    for visitor in (bhavna, dougal, lead):
        visitor.page.close()


def noon(day: Day, admin: Visitor, visit: Visit) -> None:
    """Closed from three o'clock on: the public page says so, and who writes now is promised a later answer."""
    day.until(hour(12))
    before = day.writes("Before the closure was announced").conversation
    promised = channel_reply_by(channel="messages", at=hour(12))
    admin.page.goto("/desk/admin/helpline/closure/add/")
    for name, time in (("starts_at", "15:00"), ("ends_at", "17:00")):
        admin.page.locator(f"#id_{name}_0").fill("2026-12-07")
        admin.page.locator(f"#id_{name}_1").fill(time)
    admin.page.get_by_label("Reason").fill("We learn together this afternoon")
    day.look(admin, "closure")
    admin.page.get_by_role("button", name="Save", exact=True).click()
    admin.page.get_by_text("was added successfully").wait_for()
    day.look(admin, "closure-saved")
    assert Closure.objects.count() == 1
    after = day.writes("After it").conversation
    assert promised == _minute(before.due_at) == hour(12, days=1)
    assert channel_reply_by(channel="messages", at=hour(12)) == _minute(after.due_at) == hour(14, days=1)
    somebody = visit("somebody", size=PHONE)
    somebody.page.goto("/when")
    for at, shown, state in ((hour(14, 50), "closing_soon", "closing_soon"), (hour(15, 1), "closed", "closed")):
        day.set_clock(at)
        somebody.page.reload()
        expect(somebody.page.locator("[data-channel=messages]").first).to_have_attribute("data-state", shown)
        assert channel_availability(channel="messages", at=at).state == state
        day.look(somebody, f"public-{state}")
    expect(somebody.page.get_by_text("We learn together this afternoon").first).to_be_visible()
    somebody.close()


def one(day: Day, ailsa: Visitor, dougal: Visitor, night: list[Writer]) -> None:
    """Ailsa hands one over by name, with a note; the rest of hers goes to whoever comes, as far as there is room."""
    day.set_clock(hour(12, 50))
    night[0].again("I am still here. It was a bad weekend.")
    day.until(hour(12, 52))
    assert night[0].conversation.member == day.ailsa.member
    page = ailsa.page
    page.get_by_role("button", name="Back to the lists").or_(page.locator("#list-mine")).first.wait_for()
    page.locator(f"[data-conversation='{encode(night[0].conversation_id)}']").first.click(timeout=PATIENCE)
    expect(page.get_by_text("It was a bad weekend.")).to_be_visible(timeout=PATIENCE)
    unfold(page, "Hand over")
    page.get_by_label("To", exact=True).select_option(label="Dougal, not on duty")
    page.get_by_label("Note for the next counsellor").first.fill(NOTE)
    day.look(ailsa, "hand-over")
    page.get_by_role("button", name="Hand it over").click()
    said(page, "Dougal has the conversation now.")
    assert NOTE.encode() not in bytes(DeskNote.objects.get().note)

    day.until(hour(13))
    assert (day.of(day.ailsa), day.of(day.bhavna), day.of(day.dougal)) == (0, 0, 8)
    expect(dougal.page.get_by_role("heading", name="Mine (8)")).to_be_visible(timeout=PATIENCE)
    expect(ailsa.page.get_by_role("heading", name="Mine (0)")).to_be_visible(timeout=PATIENCE)
    day.look(dougal, "one-oclock")
    dougal.page.locator(f"[data-conversation='{encode(night[0].conversation_id)}']").first.click()
    expect(dougal.page.locator(".desk-note")).to_contain_text(NOTE, timeout=PATIENCE)
    expect(dougal.page.get_by_label("This is")).to_have_value("handover")
    day.look(dougal, "handed-over")
    reply(dougal.page, "I am Dougal, and answer you from now on. Tell me about the weekend.")
    said(dougal.page, "Sent, and signed as Dougal.")
    read = read_as_person(day.site, night[0].inbox, night[0]._inbox()[0], day_of(hour(13)))
    replies = [(item.content.type, item.writer) for item in read.items if isinstance(item, Message) and item.direction == 2]
    assert (replies, read.warnings) == ([("text", "Ailsa"), ("handover", "Dougal")], [])


def evening(day: Day, ailsa: Visitor, lead: Visitor, night: list[Writer]) -> None:
    """Each of the sixty is answered, somebody's, or waits for a reason; nobody was given one that somebody else had."""
    day.until(hour(14))
    for writer in night:
        events = list(writer.conversation.events.values_list("kind", "member"))
        holders: list[int] = []
        for kind, member in events:
            if kind in {Kind.ASSIGNED, Kind.HANDED}:
                assert not holders or kind == Kind.HANDED, f"given twice: {events}"
                holders = [member]
            elif kind in {Kind.RETURNED, Kind.ANSWERED}:
                holders = []
    found = Counter(writer.conversation.state for writer in night)
    assert found[State.ANSWERED] == 1
    assert found[State.ASSIGNED] == day.of(day.dougal) == 8
    assert found[State.WAITING] == NIGHT - 9
    day.until(hour(17))
    assert not Conversation.objects.filter(state=State.ASSIGNED).exists()
    region = lead.page.get_by_role("region", name="Flagged to the lead (1)")
    expect(region.get_by_role("button")).to_contain_text("nobody has it", timeout=PATIENCE)
    day.look(lead, "five-oclock")


def _minute(at: datetime | None) -> datetime | None:
    """The clock is set to the minute, and goes on."""
    return at and at.replace(second=0, microsecond=0)


def _second(visitor: Visitor, address: str) -> Visitor:
    """Another tab of the same browser."""
    page: Page = visitor.context.new_page()
    page.goto(address)
    return Visitor(visitor.name, visitor.context, page, visitor.har)

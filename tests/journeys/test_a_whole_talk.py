"""A whole live talk, through the proxy, in real browsers: asked for, taken, handed over, and over at closing."""

from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from helpline.clock import now
from helpline.models import Account, OpeningInterval
from messaging.models import Talk
from messaging.routing.talk_policy import GRACE, IDLE
from messaging.talks.bells import ring_talk
from messaging.talks.moves import closing_time
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit, Visitor
from tests.parts.live import LiveSite
from tests.parts.processes import wait_until
from tests.world.browser import PATIENCE, at_the_desk, said, short_name
from tests.world.staff import People
from tests.world.steps import open_inbox
from tests.world.talks import open_at_any_hour
from tests.world.writer import Writer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.proxy,
    pytest.mark.django_db(transaction=True),
    pytest.mark.night("by day two talks at once, and one talk from its first beat to its last"),
]
BEATS = 30_000


def look(state: str, *visitors: Visitor) -> None:
    for visitor in visitors:
        for size in (PHONE, DESKTOP):
            visitor.page.set_viewport_size({"width": size[0], "height": size[1]})
            places = visitor.page.locator(".desk-there:visible, #live:visible")
            if places.count():
                places.first.scroll_into_view_if_needed()
            visitor.screenshot(f"whole-{state}-{visitor.name.replace(' ', '-')}-{size[0]}", whole=False)
            assert_accessible(visitor.page)


def reach(page: Page, name: str) -> None:
    """The summary, field or button of this name, by the Tab key alone, from where the focus is."""
    for _ in range(120):
        if name in str(page.evaluate("document.activeElement?.labels?.[0]?.textContent ?? document.activeElement?.textContent ?? ''")):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {name}")


def moved(**fields: object) -> None:
    """As if time had passed: the talk's own rows are set back, and both sides look."""
    with transaction.atomic():
        Talk.objects.update(**fields)
        ring_talk(Talk.objects.select_related("conversation").get())


def shut_in(minutes: int) -> None:
    """Live talk closes so many minutes from now, on this day; it has opened long before."""
    here = now().astimezone(ZoneInfo("Europe/London"))
    days, closes = divmod(here.hour * 60 + here.minute + minutes, 1440)
    today = OpeningInterval.objects.filter(channel="live", weekday=here.weekday())
    if days < 0 or closes == 0:
        today.delete()
    else:
        OpeningInterval.objects.filter(channel="live", weekday=(here.weekday() + days) % 7).update(closes=closes)
    assert closing_time(now())[0] is (minutes > 0)


def test_from_the_wish_to_closing_time(people: People, live_site: LiveSite, visit: Visit) -> None:
    open_at_any_hour(people.ailsa, people.bhavna)
    Account.objects.filter(pk=people.bhavna.account.pk).update(role=Account.Role.LEAD)
    wait_until(live_site.hub.ready, "the hub hears")
    writer = Writer(people).first("May I talk to someone now?").given_to(people.ailsa.member)
    name = short_name(writer.conversation_id)
    person, ailsa = visit("the person"), at_the_desk(visit, people.ailsa)
    desk = ailsa.page
    open_inbox(person.page, writer.words)
    live, thread = person.page.locator("#live"), person.page.locator("#thread")

    # It is asked for, rings where it can be seen, and is taken by two keys.
    person.page.get_by_role("button", name="Talk now").press("Enter", timeout=PATIENCE)
    expect(live.get_by_role("status").first).to_contain_text("We are asking who has time.")
    offer = desk.get_by_role("alert").filter(has_text="Someone asks for a live talk.")
    expect(offer).to_be_visible(timeout=PATIENCE)
    expect(offer).to_match_aria_snapshot(
        f"""
        - alert:
          - paragraph:
            - strong: Someone asks for a live talk.
            - text: /Conversation {name}/
          - button "Take it"
          - button "Let it pass"
        """
    )
    expect(desk.locator(".desk-offer progress")).to_be_visible()
    assert desk.title().startswith("(live talk")
    look("offered", ailsa, person)
    desk.keyboard.press("t")
    desk.keyboard.press("Enter")
    expect(live.locator(".live__who")).to_have_text("Ailsa is here.", timeout=BEATS)
    expect(live.get_by_role("status").first).to_contain_text("You are talking with a counsellor.", timeout=BEATS)
    expect(live).to_match_aria_snapshot(
        """
        - status: You are talking with a counsellor.
        - paragraph:
          - button "End the talk"
        - status: You can wait here. We show the answer on this page.
        - paragraph: Ailsa is here.
        - status: Ailsa is here.
        - paragraph:
          - button "I need a moment"
          - button "Stop looking"
          - button "Do not read this out"
        """
    )
    expect(desk.get_by_role("group", name=f"The person in {name}")).to_match_aria_snapshot(
        f"""
        - group "The person in {name}":
          - paragraph: The person is here.
          - status: The person is here.
          - button "I need a moment"
        """
    )

    # What is read out can be paused: then someone who comes, goes or writes is only seen.
    quiet = person.page.get_by_role("button", name="Do not read this out")
    quiet.press("Enter")
    desk.locator("#conversation").focus()
    desk.keyboard.press("r")
    desk.keyboard.type("I am here. Take your time.")
    expect(live.locator(".live__who")).to_have_text("Ailsa is writing.", timeout=BEATS)
    expect(live.locator(".govuk-visually-hidden[role=status]")).to_be_empty()
    reach(desk, "Send, signed")
    desk.keyboard.press("Enter")
    expect(thread.get_by_text("I am here. Take your time.")).to_be_visible(timeout=BEATS)
    said(desk, "Sent, and signed as Ailsa.")
    expect(desk.get_by_text("A new message has arrived above.")).to_have_count(0)
    expect(live.locator(".govuk-visually-hidden[role=status]")).to_be_empty()
    quiet.press("Enter")
    look("talking", ailsa, person)

    # A lead is called, reads along where the counsellor sees it, and whispers. The person's page gets nothing of it.
    desk.locator("#conversation").focus()
    reach(desk, "Flag to the lead")
    desk.keyboard.press("Enter")
    desk.get_by_label("Why the lead should look at it").select_option("advice")
    reach(desk, "Flag it to the lead")
    desk.keyboard.press("Enter")
    lead = at_the_desk(visit, people.bhavna)
    lead.page.get_by_role("region", name="Flagged to the lead (1)").get_by_role("button").press("Enter")
    expect(lead.page.get_by_role("list", name="Messages")).to_be_visible(timeout=PATIENCE)
    expect(desk.get_by_text("Bhavna is also looking at this.")).to_be_visible(timeout=PATIENCE)
    lead.page.locator("#conversation").focus()
    lead.page.keyboard.press("n")
    lead.page.keyboard.type("Ask how long they have been alone with it.")
    reach(lead.page, "Save the note")
    lead.page.keyboard.press("Enter")
    whisper = desk.locator(".desk-whisper")
    expect(whisper).to_contain_text("Ask how long they have been alone with it.", timeout=PATIENCE)
    expect(desk.locator("[role=status]:has(> .desk-whisper)")).to_match_aria_snapshot(
        """
        - status:
          - paragraph:
            - strong: /Note from Bhavna, for you alone/
            - text: The person does not see it.
          - paragraph: Ask how long they have been alone with it.
          - button "I have read the note"
        """
    )
    look("whispered", ailsa)
    whisper.get_by_role("button").press("Enter")
    expect(whisper).to_have_count(0)
    assert "alone with it" not in person.page.content()

    # It is handed over with both in it, and the person is told by whom they are answered now.
    desk.locator("#conversation").focus()
    reach(desk, "Hand over")
    desk.keyboard.press("Enter")
    desk.get_by_label("To", exact=True).select_option(label="Bhavna, on duty now")
    reach(desk, "Hand it over")
    desk.keyboard.press("Enter")
    said(desk, "Bhavna has the conversation now.")
    expect(live.locator(".live__changed")).to_have_text(
        "Your counsellor has changed. Bhavna is here now, in place of Ailsa.", timeout=2 * BEATS
    )
    expect(lead.page.get_by_role("button", name=f"Live talk {name}")).to_be_visible()
    expect(lead.page.get_by_text("Ailsa is also looking at this.")).to_be_visible(timeout=PATIENCE)
    expect(desk.get_by_role("button", name=f"Live talk {name}")).to_have_count(0)
    expect(desk.get_by_text("You are offered no live talk before")).to_be_visible(timeout=PATIENCE)
    look("handed-over", ailsa, lead, person)

    # Nobody writes for ten minutes: both are asked, once.
    moved(active_at=now() - IDLE)
    expect(live).to_contain_text("Nobody has written for ten minutes. Are you still there?", timeout=BEATS)
    expect(lead.page.locator(".desk-talk")).to_contain_text("nobody has written for ten minutes", timeout=BEATS)
    look("idle", lead, person)
    person.page.get_by_role("button", name="Yes, go on").press("Enter")
    expect(live.get_by_role("status").first).to_contain_text("You are talking with a counsellor.", timeout=BEATS)

    # Ten minutes before closing both are told until when they may go on.
    shut_in(5)
    moved()
    expect(live).to_contain_text("Live talk closes soon. You can go on until", timeout=BEATS)
    expect(lead.page.locator(".desk-talk")).to_contain_text("live talk closes: this one has to end by", timeout=BEATS)
    look("closing", lead, person)

    # After closing none begins; this one goes on for twenty minutes, and is an ordinary conversation then.
    shut_in(-1)
    other = Writer(people).first("I come too late.")
    moved()
    expect(live.get_by_role("button", name="End the talk")).to_be_visible()
    late = visit("someone late")
    open_inbox(late.page, other.words)
    expect(late.page.locator("#live")).to_contain_text("You can wait here.")
    expect(late.page.get_by_role("button", name="Talk now")).to_have_count(0)
    moved(closes_at=now() - GRACE)
    expect(live).to_contain_text("The talk has ended. You can still write, and a counsellor answers later.", timeout=BEATS)
    expect(lead.page.locator(".desk-talk")).to_have_count(0)
    expect(lead.page.get_by_text("You are offered no live talk before")).to_be_visible(timeout=PATIENCE)
    look("over", lead, person)
    assert Talk.objects.get(conversation__conversation_id=writer.conversation_id).ended == "closing"
    assert writer.conversation.member == people.bhavna.member

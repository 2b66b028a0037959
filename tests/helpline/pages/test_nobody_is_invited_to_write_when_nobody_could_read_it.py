"""Without terms, or without a key of the desk for today, no page offers messages; the phone is the way, and nothing is promised."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from playwright.sync_api import expect

from helpline.hours.channels import both_channels_availability, may_take_messages
from helpline.hours.message_intake import MessageIntake
from helpline.models import Account, ConfidentialityTerms, Counsellor, Organisation, Shift
from messaging.models import Certificate, Epoch, Grant, Vault
from messaging.protocol.days import day_of
from tests.helpline.pages.asking import WEDNESDAY, Get
from tests.parts.axe import assert_accessible
from tests.parts.browser import Visit
from tests.parts.web import WebServer
from tests.world.able import epoch_that_counts

TODAY = day_of(WEDNESDAY)
PROMISES = ("You can write", "Write now", "write to us now", "rite to us at any time", "write to us instead", "answer by")


def no_terms() -> None:
    ConfidentialityTerms.objects.all().delete()


def no_key() -> None:
    Epoch.objects.all().delete()


def a_key(first_day: int, last_day: int, number: int = 1) -> None:
    """One that whoever has a certificate was given."""
    epoch = epoch_that_counts(number, first_day, last_day)
    for held in Certificate.objects.all():
        Grant.objects.create(epoch=epoch, certificate=held, wrapped=bytes(1168))


def no_vault() -> None:
    Vault.objects.all().delete()


@pytest.mark.parametrize("lacking", [no_terms, no_key, no_vault])
@pytest.mark.parametrize("hour", [3, 11, 17], ids=["closed", "open", "after hours"])
def test_every_way_to_ask_says_the_same(helpline: Organisation, get: Get, lacking: object, hour: int) -> None:
    at = WEDNESDAY.replace(hour=hour)
    assert "Write a message" in get("/", at).content.decode()
    lacking()  # type: ignore[operator]

    home = get("/", at).content.decode()
    assert "You cannot write to us right now" in home
    assert '<p data-while="taken" hidden>' in home
    assert not [promise for promise in PROMISES if promise in home.partition('id="doors-heading"')[0]]
    when = get("/when", at).content.decode().partition("<main")[2]
    assert 'data-while="taken" hidden' in when
    assert not [promise for promise in PROMISES if promise in when]
    bar = get("/confidential", at).content.decode().partition('data-channel="messages"')[2].partition("</p>")[0]
    assert 'data-while="taken" hidden' in bar
    assert "Not available right now" in bar
    messages = get("/hours", at).json()["messages"]
    assert (messages["state"], messages["taken"]) == ("closed", False)
    answer = get("/api/v1/availability", at).json()["messages"]
    assert {answer[name] for name in ("opens_at", "closes_at", "reason", "reply_by")} == {None}
    assert answer["state"] == "closed"
    write = get("/write", at).content.decode()
    assert "We cannot take messages" in write
    assert 'href="tel:08000000000"' in write.partition("<main")[2]
    assert "<textarea" not in write


def test_the_phone_is_as_it_was(helpline: Organisation, get: Get) -> None:
    before = both_channels_availability(at=WEDNESDAY).phone
    no_key()
    assert both_channels_availability(at=WEDNESDAY).phone == before


def test_nobody_is_told_to_call_before_somebody_answers(helpline: Organisation, get: Get) -> None:
    no_key()
    night = WEDNESDAY.replace(hour=3)
    assert get("/hours", night).json()["messages"]["detail"] == "Please call us when the phone line is open."
    account = Account.objects.create(email="anna@helpline.example", name="Anna")
    anna = Counsellor.objects.create(account=account, display_name="Anna")
    Shift.objects.create(counsellor=anna, channel="phone", starts_at=WEDNESDAY.replace(hour=9), ends_at=WEDNESDAY.replace(hour=13))
    assert get("/hours").json()["messages"]["detail"] == "Please call us instead."


def test_where_there_is_no_number_the_signposts_are_the_way(helpline: Organisation, get: Get) -> None:
    no_key()
    Organisation.objects.update(phone="")
    assert get("/hours").json()["messages"]["detail"] == "If you need help now, choose a number below."


@pytest.mark.parametrize("lacking", [no_terms, no_key, no_vault])
def test_other_programs_are_told_of_no_hours_for_messages(helpline: Organisation, get: Get, lacking: object) -> None:
    def summaries() -> set[str]:
        return {str(event["summary"]) for event in icalendar.Calendar.from_ical(get("/hours.ics").content).walk("VEVENT")}

    assert summaries() == {"Open"}
    assert '"contactType": "messages"' in get("/").content.decode().replace('":"', '": "')
    lacking()  # type: ignore[operator]
    assert summaries() == {"Open (phone)"}
    assert "contactType" not in get("/").content.decode()
    assert "Messages" not in get("/when").content.decode().partition("<table")[2].partition("</table>")[0]
    Organisation.objects.update(phone="")
    assert summaries() == set()
    assert "openingHoursSpecification" not in get("/").content.decode()
    assert get("/when").status_code == 200


def test_it_ends_and_begins_with_the_desks_days(helpline: Organisation) -> None:
    no_key()
    midnight = WEDNESDAY.replace(hour=0, minute=0)
    assert may_take_messages(at=WEDNESDAY) == MessageIntake(possible=False)
    a_key(TODAY + 2, TODAY + 9, number=3)
    assert may_take_messages(at=WEDNESDAY) == MessageIntake(possible=False, changes_at=midnight + timedelta(days=2))
    assert both_channels_availability(at=WEDNESDAY).messages.changes_at == midnight + timedelta(days=2)
    # Keys that follow one another are one time without a gap; the one after the gap is not.
    a_key(TODAY - 5, TODAY, number=1)
    a_key(TODAY + 1, TODAY + 1, number=2)
    a_key(TODAY + 11, TODAY + 12, number=4)
    assert may_take_messages(at=WEDNESDAY) == MessageIntake(possible=True, changes_at=midnight + timedelta(days=10))


def test_a_stored_copy_dies_with_the_desks_last_day(helpline: Organisation, get: Get) -> None:
    # In summer the day of the desk, which is counted in UTC, ends at one in the morning: nobody opens or closes then.
    last = datetime(2026, 7, 1, 23, 59, 40, tzinfo=UTC)
    no_key()
    a_key(day_of(last) - 3, day_of(last))
    assert "You can write now" in get("/hours", last).json()["messages"]["headline"]
    assert 19 <= get("/hours", last).json()["seconds"] <= 20
    assert get("/hours.ics", last).headers["Cache-Control"] == "public, max-age=19, must-revalidate"
    assert get("/hours", last + timedelta(seconds=20)).json()["messages"]["taken"] is False


def test_it_costs_two_queries(helpline: Organisation, django_assert_num_queries: pytest.FixtureRequest) -> None:
    with django_assert_num_queries(10):  # type: ignore[operator]
        both_channels_availability(at=WEDNESDAY)


def test_a_page_that_is_open_takes_its_offer_back(helpline: Organisation, web_server: WebServer, visit: Visit) -> None:
    person = visit("the person")
    page = person.page
    page.clock.install()
    page.goto("/")
    button, number = page.get_by_role("link", name="Write a message"), page.locator("#messages [data-while=untaken] a")
    expect(button).to_be_visible()
    expect(number).to_be_hidden()
    no_key()
    page.clock.fast_forward("11:00")
    expect(button).to_be_hidden()
    expect(number).to_be_visible()
    assert_accessible(page)
    a_key(0, 10**6)
    page.clock.fast_forward("11:00")
    expect(button).to_be_visible()

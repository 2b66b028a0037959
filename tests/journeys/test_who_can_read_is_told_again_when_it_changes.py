"""A desk gets a new key while a person answers on: it is sealed afresh, unless other people could read it; then the person looks first."""

import pytest
from playwright.sync_api import Page, expect

from helpline.clock import now
from messaging.keys.registry import GrantIn, add_epoch
from messaging.models import Envelope
from messaging.protocol.days import day_of
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import open_desk_epoch
from tests.parts.axe import assert_accessible
from tests.parts.browser import Visit
from tests.parts.web import WebServer
from tests.world.staff import DeskPerson, People
from tests.world.steps import PATIENCE, open_inbox
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
TEXT = "Only for those whom I know"


def new_key_for(people: People, *roster: DeskPerson) -> None:
    """Ailsa opens the next epoch, in which these can read."""
    at = now()
    certificates = [encode(person.member.certificates.get().certificate) for person in roster]
    body = open_desk_epoch(people.site, people.desk_of(people.ailsa), certificates, day_of(at), 35)
    grants = [GrantIn(decode(grant["certificate_id"]), grant["epoch"], decode(grant["wrapped"])) for grant in body["grants"]]
    add_epoch(statement=decode(body["statement"]), grants=grants, at=at)
    people.confirm(people.bhavna if people.bhavna in roster else None)


def begin(people: People, visit: Visit) -> Page:
    """The conversation is open and something written, not sent."""
    writer = Writer(people).first("First of mine")
    person = visit("the person")
    person.expects("409")
    open_inbox(person.page, writer.words)
    expect(person.page.locator("#thread-readers")).to_have_text(
        "Who can read what you write now: 2 counsellors at this helpline: Ailsa and Bhavna. Nobody else."
    )
    person.page.locator("#answer-text").fill(TEXT)
    return person.page


def test_other_readers_are_told_first_and_nothing_is_sent_until_the_person_says_so(
    people: People, web_server: WebServer, visit: Visit
) -> None:
    page = begin(people, visit)
    new_key_for(people, people.ailsa)
    page.get_by_role("button", name="Send", exact=True).click()
    told = page.locator("#answer-form .govuk-error-summary")
    expect(told).to_contain_text("different counsellors may read what you write. Check who they are now", timeout=PATIENCE)
    expect(page.locator("#thread-readers")).to_have_text("Who can read what you write now: Only one counsellor: Ailsa.")
    assert page.locator("#answer-text").input_value() == TEXT
    assert Envelope.objects.count() == 1
    assert_accessible(page)

    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#thread").get_by_text(TEXT)).to_be_visible(timeout=PATIENCE)
    assert list(Envelope.objects.order_by("sequence").values_list("sequence", "epoch_id")) == [(1, 1), (2, 2)]


@pytest.mark.night("by day other readers are told first")
def test_the_same_readers_under_a_new_key_need_no_question(people: People, web_server: WebServer, visit: Visit) -> None:
    page = begin(people, visit)
    new_key_for(people, people.ailsa, people.bhavna)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#thread").get_by_text(TEXT)).to_be_visible(timeout=PATIENCE)
    assert list(Envelope.objects.order_by("sequence").values_list("sequence", "epoch_id")) == [(1, 1), (2, 2)]

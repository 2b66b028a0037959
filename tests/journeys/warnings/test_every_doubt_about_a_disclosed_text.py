"""Where a text may leave the helpline, each doubt about a message stands in it, and beside it for the one who decides (PROTOCOL §6.1)."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from helpline.clock import now
from helpline.models import Account
from messaging.keys.registry import GrantIn, add_certificate, add_epoch
from messaging.protocol.days import day_of
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import open_desk_epoch
from messaging.protocol.peer.certificates import make_certificate
from tests.journeys.answers import answers
from tests.journeys.warnings.lies import ANSWERED, ASKED, ASKED_AGAIN, Answer, altered, forge
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit, Visitor
from tests.parts.environment import ROOT_SEED
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, at_the_desk, open_first, said, unfold
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
CONVERSATION = re.compile(r"/desk/api/conversations/[\w-]{22}$")
NOT_CHECKED = "[not checked: nobody who passes this on could check that the person wrote this message]"
NOT_VOUCHED = "[not vouched for: a check that the person wrote this message failed]"
LATE = "[late: sealed with an older key than a reply before it, so someone else may have written it]"
UNREAD = "[message 2 from the person could not be read]"


def connor_comes_and_bhavna_goes(people: People) -> None:
    """In the second epoch, which the root's keepers confirm."""
    today = day_of(now())
    request = decode(people.stranger.vault.request)
    certificate = make_certificate(ROOT_SEED, people.site, request, "Connor", key_holder=False, first_day=today, last_day=today + 60)
    add_certificate(certificate=certificate, at=now())
    candidates = [encode(bytes(person.member.certificates.get().certificate)) for person in (people.ailsa, people.stranger)]
    body = open_desk_epoch(people.site, people.desk_of(people.ailsa), candidates, today, 35)
    grants = [GrantIn(decode(each["certificate_id"]), each["epoch"], decode(each["wrapped"])) for each in body["grants"]]
    add_epoch(statement=decode(body["statement"]), grants=grants, at=now())
    people.confirm(None)


def lied_to(visitor: Visitor) -> Visitor:
    """The server alters the person's second message."""

    def cheat(route: Route) -> None:
        answer = route.fetch()
        body: Answer = answer.json()
        altered("envelopes", 1, 4_000)(body)
        route.fulfill(response=answer, body=json.dumps(body))

    visitor.page.route(CONVERSATION, cheat)
    return visitor


def looked_at(visitor: Visitor, name: str) -> None:
    assert_accessible(visitor.page)
    for size in (PHONE, DESKTOP):
        visitor.page.set_viewport_size({"width": size[0], "height": size[1]})
        visitor.screenshot(f"doubts-{name}-{size[0]}")


def text_on(page: Page) -> str:
    return page.get_by_role("region", name="The text that would be shared").inner_text()


def test_each_stands_in_the_text_and_the_second_person_is_told(people: People, web_server: WebServer, visit: Visit) -> None:
    Account.objects.filter(pk=people.ailsa.account.pk).update(role=Account.Role.LEAD)
    writer = Writer(people).first(ASKED)
    writer.again(ASKED_AGAIN)
    connor_comes_and_bhavna_goes(people)
    answers(people, people.ailsa, writer, ANSWERED)
    forge(people, people.bhavna, writer)
    writer.given_to(people.stranger.member)

    connor = lied_to(at_the_desk(visit, people.stranger))
    page = connor.page
    open_first(page, "Mine")
    unfold(page, "Break confidentiality")
    page.get_by_label("Reason for sharing").select_option("harm-child")
    page.get_by_label("Who would receive it").select_option("police")
    page.get_by_label("Which office or team").fill("public protection, Leith")
    page.get_by_label("Will the person be told?").select_option("risk")
    page.get_by_label("Message 1 from the person").check()
    page.get_by_label("Message 3").check()
    text = text_on(page)
    assert [text.count(doubt) for doubt in (NOT_CHECKED, NOT_VOUCHED, LATE, UNREAD)] == [2, 0, 1, 1]
    page.get_by_label("Why you think so").fill("It is urgent.")
    page.get_by_role("button", name="Propose it to a lead").click()
    said(page, "You have proposed it.")
    doubts = page.locator("[data-disclosure=proposed]")
    expect(doubts).to_contain_text("Nobody who passes this on could check message 1, message 3.", timeout=PATIENCE)
    looked_at(connor, "proposed")

    ailsa = lied_to(at_the_desk(visit, people.ailsa))
    page = ailsa.page
    page.get_by_role("region", name="Disclosures (1)").get_by_role("button").click(timeout=PATIENCE)
    doubts = page.locator("[data-disclosure=proposed]")
    expect(doubts).to_contain_text("Your own check of message 3 from the person failed.", timeout=PATIENCE)
    expect(doubts).to_contain_text("Sealed with older keys than a reply before it: message 3.")
    expect(doubts).not_to_contain_text("Nobody who passes this on could check")
    text = text_on(page)
    assert [text.count(doubt) for doubt in (NOT_CHECKED, NOT_VOUCHED, LATE, UNREAD)] == [0, 1, 1, 1]
    looked_at(ailsa, "decided")

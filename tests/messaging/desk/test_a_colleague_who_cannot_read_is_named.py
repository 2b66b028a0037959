"""Whoever can read an epoch sees on the desk who was left out of it; whoever was left out sees that what they were given does not fit."""

from os import urandom

import pytest
from playwright.sync_api import expect

from helpline.clock import now
from messaging.keys.registry import GrantIn, add_epoch
from messaging.protocol.days import day_of
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import open_desk_epoch
from tests.parts.axe import assert_accessible
from tests.parts.browser import PHONE, Visit
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, at_the_desk, open_first
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def leaves_out(people: People) -> None:
    """Ailsa opens the next epoch, and gives Bhavna noise for a grant."""
    certificates = {person.name: person.member.certificates.get() for person in (people.ailsa, people.bhavna)}
    candidates = [encode(bytes(each.certificate)) for each in certificates.values()]
    body = open_desk_epoch(people.site, people.desk_of(people.ailsa), candidates, day_of(now()), 35)
    bhavnas = bytes(certificates["Bhavna"].certificate_id)
    granted = [(decode(each["certificate_id"]), each["epoch"], decode(each["wrapped"])) for each in body["grants"]]
    grants = [GrantIn(whose, epoch, urandom(1168) if whose == bhavnas else wrapped) for whose, epoch, wrapped in granted]
    add_epoch(statement=decode(body["statement"]), grants=grants, at=now())
    # The root's keepers do not see the grants; a colleague's page would not have offered it.
    people.confirm(None)


def test_on_both_desks(people: People, web_server: WebServer, visit: Visit) -> None:
    leaves_out(people)
    Writer(people).first("Can somebody help me?").given_to(people.ailsa.member)
    ailsa, bhavna = at_the_desk(visit, people.ailsa), at_the_desk(visit, people.bhavna, PHONE)
    left_out = ailsa.page.locator("[data-trouble=somebody-cannot-read]")
    expect(left_out).to_contain_text("Bhavna cannot read what is written now", timeout=PATIENCE)
    expect(ailsa.page.get_by_text("Epoch 2, read by Ailsa", exact=True)).to_be_visible()
    # She reads and answers all the same: nobody is silenced by it.
    open_first(ailsa.page, "Mine")
    expect(ailsa.page.get_by_text("Can somebody help me?")).to_be_visible(timeout=PATIENCE)
    ailsa.screenshot("desk-left-out-1280")
    assert_accessible(ailsa.page)
    own = bhavna.page.locator("[data-trouble=bad-grant]")
    expect(own).to_contain_text("does not match the epoch", timeout=PATIENCE)
    expect(bhavna.page.locator("[data-trouble=somebody-cannot-read]")).to_have_count(0)
    bhavna.screenshot("desk-left-out-390")
    assert_accessible(bhavna.page)

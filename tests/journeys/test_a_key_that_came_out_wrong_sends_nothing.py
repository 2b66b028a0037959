"""A device that makes a wrong key of the words, once, is noticed before anything is sent; and no words are called wrong for it."""

import pytest
from playwright.sync_api import expect

from messaging.models import Envelope
from tests.parts.axe import assert_accessible
from tests.parts.browser import Visit
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import PATIENCE, begin_to_write, fill_in, give_back, open_inbox, take_words, unseen
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
SAID = "Your browser made two different keys from the same words."
# What Argon2id gives goes straight into a key of WebCrypto's. The first such key is the page's own try of what the browser can do.
ONE_BIT = """
const real = crypto.subtle.importKey.bind(crypto.subtle);
let count = 0;
crypto.subtle.importKey = (form, bytes, way, ...rest) => {
  if (form === "raw" && (way === "HKDF" || way.name === "HKDF") && (count += 1) === 2) {
    bytes = new Uint8Array(bytes);
    bytes[5] ^= 1;
  }
  return real(form, bytes, way, ...rest);
};
"""


def test_nothing_is_sent_with_a_key_that_came_out_wrong(people: People, web_server: WebServer, visit: Visit) -> None:
    person = visit("the person")
    person.page.add_init_script(ONE_BIT)
    begin_to_write(person, unseen)
    fill_in(person.page, "Can somebody help me?")
    words = take_words(person.page)
    give_back(person.page, words)
    told = person.page.locator("#check-form .govuk-error-summary")
    expect(told).to_contain_text(SAID, timeout=PATIENCE)
    assert Envelope.objects.count() == 0
    assert_accessible(person.page)
    person.page.locator("#check-form").get_by_role("button", name="Send my message").click()
    expect(person.page.get_by_role("heading", name="Your message has been sent")).to_be_visible(timeout=PATIENCE)
    other = visit("the person, elsewhere")
    open_inbox(other.page, words)
    expect(other.page.locator("#thread").get_by_text("Can somebody help me?")).to_be_visible(timeout=PATIENCE)


@pytest.mark.night("by day nothing is sent with a key that came out wrong")
def test_words_are_not_called_wrong_for_it(people: People, web_server: WebServer, visit: Visit) -> None:
    writer = Writer(people).first("Can somebody help me?")
    person = visit("the person")
    person.expects("403")
    person.page.add_init_script(ONE_BIT)
    person.page.goto("/inbox")
    person.page.locator("#open-words").fill(" ".join(writer.words))
    send = person.page.locator("#open-form").get_by_role("button", name="Open")
    send.click()
    expect(person.page.locator("#open-form .govuk-error-summary")).to_contain_text(SAID, timeout=PATIENCE)
    assert_accessible(person.page)
    send.click()
    expect(person.page.locator("#thread-heading")).to_be_visible(timeout=PATIENCE)

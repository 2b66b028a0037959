"""A browser's translation, spelling and writing services send away what they are given: the desk gives them nothing."""

import pytest
from playwright.sync_api import expect

from tests.parts.browser import DESKTOP, Visit
from tests.parts.web import WebServer
from tests.world.browser import open_first, sign_in_by_hand, unlock
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def test_messages_are_not_to_be_translated_and_a_reply_not_to_be_checked(people: People, web_server: WebServer, visit: Visit) -> None:
    Writer(people).first("Мне нужна помощь").given_to(people.ailsa.member)
    page = visit("Ailsa", size=DESKTOP).page
    sign_in_by_hand(page, people.ailsa)
    unlock(page, people.ailsa)
    open_first(page, "Mine")
    message = page.get_by_text("Мне нужна помощь")
    expect(message).to_be_visible()
    assert message.evaluate("(element) => element.translate") is False
    area = page.get_by_label("Your reply")
    for name, value in {"spellcheck": "false", "translate": "no", "autocomplete": "off", "writingsuggestions": "false"}.items():
        expect(area).to_have_attribute(name, value)


@pytest.mark.night("by day on the pages of the person")
def test_a_browser_that_is_too_old_is_told_so(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("Ailsa", size=DESKTOP).page
    page.add_init_script(
        "const real = SubtleCrypto.prototype.importKey;"
        "SubtleCrypto.prototype.importKey = function (format, key, algorithm, ...more) {"
        "  if (algorithm === 'HKDF') return Promise.reject(new DOMException('no', 'NotSupportedError'));"
        "  return real.call(this, format, key, algorithm, ...more); };"
    )
    sign_in_by_hand(page, people.ailsa)
    expect(page.get_by_role("alert")).to_contain_text("This browser is too old for the desk")
    expect(page.get_by_label("Passphrase of your vault")).to_have_count(0)

"""What was still being opened when the conversation was closed is not shown any more, nor left in the page."""

from playwright.sync_api import expect

from tests.parts.browser import Visit
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.writer import Writer

SECRET = "A sentence that nobody else may find on this device"
# Opening a message waits here until the test lets it go on.
SLOW = """
const real = SubtleCrypto.prototype.decrypt;
window.hold = () => {
  window.gate = new Promise((go) => (window.go = go));
  window.reached = new Promise((tell) => (window.tell = tell));
};
SubtleCrypto.prototype.decrypt = async function (...given) {
  window.tell?.();
  await window.gate;
  return real.apply(this, given);
};
"""


def test_closed_while_the_messages_were_being_opened(people: People, web_server: WebServer, visit: Visit) -> None:
    writer = Writer(people).first(SECRET)
    page = visit("the person").page
    page.add_init_script(SLOW)
    page.goto("/inbox")
    page.get_by_label("Your eight words").fill(" ".join(writer.words))
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_text(SECRET)).to_be_visible(timeout=60_000)
    page.evaluate("window.hold()")
    page.get_by_role("button", name="Check for a new reply").click()
    page.evaluate("window.reached")
    page.get_by_role("button", name="Close this conversation").click()
    assert SECRET not in page.content()
    page.evaluate("window.go()")
    page.evaluate("new Promise((done) => setTimeout(done, 500))")
    assert SECRET not in page.content()

"""Chromium is made to lack Ed25519, X25519 and WebAssembly: someone writes and reads all the same, and is told how long it takes.

The engines that lack them are tried by night: test_engines_of_all_kinds.py.
"""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from messaging.models import Conversation
from tests.journeys.answers import answers
from tests.parts.axe import assert_accessible
from tests.parts.browser import PHONE, Visit, Visitor
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import begin_to_write, open_inbox, send_first, unseen
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOT_LOADED = "Part of this page did not load. Check that you are online, then load the page again."
TEXT, REPLY = "I am worried about what I look at.", "Thank you for telling us."

NO_WEBASSEMBLY = "delete globalThis.WebAssembly;"
NO_CURVES = """for (const name of ["importKey", "generateKey"]) {
  const own = crypto.subtle[name].bind(crypto.subtle);
  crypto.subtle[name] = (...given) => {
    const named = given[name === "importKey" ? 2 : 0];
    const curve = typeof named === "string" ? named : named?.name;
    return /^X?(Ed)?25519$/.test(curve) ? Promise.reject(new DOMException("Unrecognized name.", "NotSupportedError")) : own(...given);
  };
}"""
NO_STORAGE = """for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"])
  Object.defineProperty(window, name, { get() { throw new DOMException("Access is denied.", "SecurityError"); } });
Object.defineProperty(document, "cookie", { get() { throw new DOMException("Access is denied.", "SecurityError"); } });"""
# Half of the key is made, and then it waits, as it does where scripts are slow.
HELD = """const setTimeoutOfOwn = setTimeout;
globalThis.setTimeout = (run, wait, ...given) => setTimeoutOfOwn(run, globalThis.held && !wait ? 1_000 : wait, ...given);"""


def lacking(visit: Visit, name: str, *scripts: str, **options: object) -> Visitor:
    visitor = visit(name, size=PHONE, **options)
    for script in scripts:
        visitor.context.add_init_script(script)
    return visitor


def later(visitor: Visitor) -> set[str]:
    """Which of the scripts that are loaded where they are needed were asked for."""
    return {found[1] for request in visitor.requests if (found := re.search(r"/client/(argon2|stand-ins)-", request.url))}


ONE_OF_BOTH, ALONE = pytest.mark.night("by day nothing is lacking, or everything"), ("the curves", "WebAssembly")
LACKS: dict[str, tuple[list[str], set[str]]] = {
    "nothing": ([], {"argon2"}),
    "the curves": ([NO_CURVES], {"argon2", "stand-ins"}),
    "WebAssembly": ([NO_WEBASSEMBLY], {"stand-ins"}),
    "both, and room to store anything": ([NO_CURVES, NO_WEBASSEMBLY, NO_STORAGE], {"stand-ins"}),
}


@pytest.mark.parametrize("lacks", [pytest.param(each, marks=[ONE_OF_BOTH] * (each in ALONE)) for each in LACKS])
def test_who_lacks_it_writes_and_reads_and_loads_only_what_is_lacking(
    people: People, web_server: WebServer, visit: Visit, lacks: str
) -> None:
    scripts, loaded = LACKS[lacks]
    person = lacking(visit, "the person", *scripts)
    begin_to_write(person, unseen)
    words = send_first(person.page, TEXT)
    assert later(person) == loaded
    writer = Writer(people)
    writer.conversation_id = bytes(Conversation.objects.get().conversation_id)
    answers(people, people.ailsa, writer, REPLY)
    back = lacking(visit, "the person, later", *scripts)
    open_inbox(back.page, words)
    expect(back.page.locator("#thread").get_by_text(REPLY)).to_be_visible()
    expect(back.page.locator("#thread").get_by_text(people.ailsa.name)).to_be_visible()


@pytest.mark.night("by day who lacks everything writes and reads all the same")
def test_how_long_it_takes_is_told_by_a_bar_and_in_words(people: People, web_server: WebServer, visit: Visit) -> None:
    person = lacking(visit, "the person", NO_WEBASSEMBLY, HELD)
    page = person.page
    writer = Writer(people).first(TEXT)
    processor = person.context.new_cdp_session(page)
    processor.send("Emulation.setCPUThrottlingRate", {"rate": 12})
    page.goto("/inbox")
    # Before anything is asked: found out on this very device.
    expect(page.locator("#slow")).to_contain_text(re.compile(r"it takes longer.*about \d+ (seconds|minutes)", re.DOTALL))
    processor.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    page.locator("#open-words").fill(" ".join(writer.words))
    page.evaluate("globalThis.held = true")
    page.locator("#open-form").get_by_role("button", name="Open").click()
    bar = page.get_by_role("progressbar", name="How far the key is made")
    expect(bar).to_be_visible()
    expect(page.locator("#open-form [data-part=status]")).to_contain_text("Keep this page open.")
    expect(page.locator("#open-form [data-part=status]")).to_contain_text(re.compile(r"(Minutes|Seconds) left: about \d+\."))
    assert_accessible(page)
    person.screenshot("a-key-takes-long")
    page.evaluate("globalThis.held = false")
    expect(page.locator("#thread-heading")).to_be_visible()
    expect(bar).to_have_count(0)


def test_a_script_that_does_not_come_is_told_and_the_page_can_be_loaded_again(people: People, web_server: WebServer, visit: Visit) -> None:
    person = lacking(visit, "the person", NO_WEBASSEMBLY)
    person.expects(r"ERR_FAILED|net::|Failed to load")
    page = person.page
    page.route("**/stand-ins-*.js", lambda route: route.abort())
    for address in ("/write", "/inbox", "/kept"):
        page.goto(address)
        expect(page.get_by_role("alert")).to_contain_text(
            "Part of this page did not load. Check that you are online, then load the page again."
        )
        assert_accessible(page)
    page.unroute("**/stand-ins-*.js")
    page.goto("/inbox")
    expect(page.locator("#open-form").get_by_role("button", name="Open")).to_be_enabled()


def altered(page: Page) -> None:
    def alter(route: Route) -> None:
        body = route.fetch().body() + b";document.documentElement.dataset.tampered='yes';"
        route.fulfill(body=body, content_type="text/javascript", headers={"Access-Control-Allow-Origin": "*"})

    page.route("**/stand-ins-*.js", alter)


def test_another_script_than_the_signed_one_does_not_run(people: People, web_server: WebServer, visit: Visit) -> None:
    person = lacking(visit, "the person", NO_WEBASSEMBLY)
    person.expects(r"integrity|Failed to load|net::")
    altered(person.page)
    person.page.goto("/inbox")
    expect(person.page.get_by_role("alert")).to_contain_text("Part of this page did not load.")
    assert person.page.locator("html").get_attribute("data-tampered") is None
    # Nor one that the page names by another hash: the page's HTML is signed by nobody, and the script knows the right one.
    other = lacking(visit, "the person, whose page names another script", NO_WEBASSEMBLY)
    other.context.add_init_script(
        """new MutationObserver(() => {
          const script = document.getElementById("script-stand-ins")?.content.querySelector("script");
          if (script) script.integrity = "";
        }).observe(document, { childList: true, subtree: true });"""
    )
    altered(other.page)
    other.page.goto("/inbox")
    expect(other.page.get_by_role("alert")).to_contain_text("Part of this page did not load.")
    assert other.page.locator("html").get_attribute("data-tampered") is None

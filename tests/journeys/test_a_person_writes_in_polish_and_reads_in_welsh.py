"""The whole way of a person in Polish, on a phone, and every page in Welsh: no English but the eight words and what is marked as such."""

import pytest
from playwright.sync_api import Page, expect

from helpline.models import ConfidentialityTerms, TranslatedTerms
from messaging.models import Conversation
from tests.parts.browser import PHONE, Visit, Visitor
from tests.parts.examples import by_night
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import PATIENCE, Look

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]

TITLES = {"cy": "Gwybodaeth", "pl": "Informacje"}
# Words that no sentence in Polish or Welsh has, wherever the nearest `lang` says that the text is in that language.
ENGLISH = r"""(language) => {
  const left = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const words = /(?<!\p{L})(and|are|for|from|have|here|is|it|now|of|our|read|that|the|this|what|when|with|write|you|your)(?!\p{L})/iu;
  while (texts.nextNode()) {
    const text = texts.currentNode.textContent.trim(), element = texts.currentNode.parentElement;
    // What columns are called stands in no language.
    if (["SCRIPT", "STYLE"].includes(element.tagName) || element.closest("code[translate=no]")) continue;
    if (element.closest("[lang]").lang !== language) continue;
    if (words.test(text)) left.push(text);
  }
  for (const element of document.querySelectorAll("[aria-label], [title], [placeholder]"))
    for (const name of ["aria-label", "title", "placeholder"])
      if (words.test(element.getAttribute(name) ?? "")) left.push(`${name}: ${element.getAttribute(name)}`);
  return left;
}"""


class LookForEnglish(Look):
    """Demands that nothing is left in English and that the page is no wider than the phone; by night also what axe demands."""

    def __call__(self, visitor: Visitor, state: str) -> None:
        if by_night():
            super().__call__(visitor, state)
        language = visitor.page.evaluate("document.documentElement.lang")
        assert visitor.page.evaluate(ENGLISH, language) == [], state
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], state
        assert visitor.page.title().endswith(TITLES[language])


def give_back_two(page: Page, words: list[str]) -> None:
    for name in ("first", "second"):
        label = page.locator(f"label[for=check-{name}]").inner_text()
        assert label.startswith("Słowo numer ")
        page.locator(f"#check-{name}").fill(words[int(label.rpartition(" ")[2]) - 1])
    page.get_by_role("button", name="Wyślij moją wiadomość").click()


def test_from_the_start_page_to_the_open_conversation(people: People, web_server: WebServer, visit: Visit) -> None:
    terms = ConfidentialityTerms.objects.latest("version")
    TranslatedTerms.objects.create(terms=terms, language="pl", text="To, co napiszesz, jest poufne.")
    look, person = LookForEnglish("polish"), visit("the person", size=PHONE)
    page = person.page
    page.goto("/pl/")
    look(person, "start")
    page.get_by_role("link", name="Napisz wiadomość").click()
    expect(page.locator("#agree")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("To, co napiszesz, jest poufne.")).to_be_visible()
    look(person, "terms")

    page.locator("#agree").click()
    page.locator("#message-form").get_by_role("button", name="Dalej").click()
    look(person, "message-refused")
    page.get_by_label("Martwią mnie moje własne myśli").check()
    page.locator("#message-text").fill("Nazywam się Jan Kowalski, kod 00-950. Boję się.")
    page.locator("#message-form").get_by_role("button", name="Dalej").click()
    expect(page.locator("[data-part=findings] mark")).to_have_text(["Jan Kowalski", "00-950"])
    look(person, "identifying")
    page.locator("#message-form [data-part=anyway]").click()
    expect(page.locator("#words li")).to_have_count(8)
    words = [text.strip() for text in page.locator("#words li").all_inner_texts()]
    expect(page.locator("#words")).to_have_attribute("lang", "en-GB")
    look(person, "words")
    page.locator("#kept").click()
    page.get_by_role("button", name="Wyślij moją wiadomość").click()
    look(person, "check-refused")
    give_back_two(page, words)
    expect(page.get_by_role("heading", name="Wiadomość wysłana")).to_be_visible(timeout=PATIENCE)
    look(person, "sent")

    page.locator("main").get_by_role("link", name="Twoja odpowiedź").click()
    page.locator("#open-words").fill(" ".join(words[:7]))
    page.get_by_role("button", name="Otwórz", exact=True).click()
    expect(page.get_by_role("link", name="Wpisz osiem słów. Teraz ich liczba to 7.")).to_be_visible()
    look(person, "seven-words")
    page.locator("#open-words").fill(" ".join(words))
    page.get_by_role("button", name="Otwórz", exact=True).click()
    expect(page.locator("#thread-heading")).to_be_visible(timeout=PATIENCE)
    look(person, "conversation")
    assert Conversation.objects.count() == 1
    assert all("/pl/" in request.url for request in person.requests if request.is_navigation_request())
    assert person.context.cookies() == []


@pytest.mark.night("by day one way in two languages, and how wide each page is in each")
def test_every_page_in_welsh(people: People, web_server: WebServer, visit: Visit) -> None:
    look, person = LookForEnglish("welsh"), visit("the person", size=PHONE)
    person.expects("404")
    for path in ("", "when", "read", "campaign", "confidential", "leaving", "kept", "inbox", "nothing"):
        person.page.goto(f"/cy/{path}")
        look(person, path or "start")
    person.page.goto("/cy/write")
    expect(person.page.locator("#agree")).to_be_visible(timeout=PATIENCE)
    expect(person.page.locator("[data-part=readers]")).to_have_text("Cwnselwyr y llinell gymorth hon (2): Ailsa, Bhavna. Neb arall.")
    look(person, "terms")

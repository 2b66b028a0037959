"""A lost passphrase with its recovery sheet, a passphrase that someone saw, a lost passkey: each is mended by its counsellor alone."""

import pytest
from playwright.sync_api import Page, expect

from messaging.models import CertificateRequest, Epoch, Vault
from messaging.protocol.peer import make_sheet
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, open_first, said, sign_in, sign_in_by_hand, unlock
from tests.world.joining import give_authenticator, unlock_vault
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def take_new_words(page: Page) -> str:
    words = " ".join(page.locator("[data-passphrase] li").all_inner_texts())
    page.get_by_label("Enter the six words").fill(words)
    page.get_by_role("button", name="Use these six words").click()
    said(page, "Your new passphrase works from now on.")
    return words


def use_sheet(page: Page, words: str) -> None:
    page.locator("summary", has_text="I have lost the passphrase").click(timeout=PATIENCE)
    page.get_by_label("The 24 words of your recovery sheet").fill(words)
    page.get_by_role("button", name="Use the recovery sheet").click()


def test_a_lost_passphrase_costs_nothing_where_there_is_a_sheet(people: People, web_server: WebServer, visit: Visit) -> None:
    Writer(people).first("I am frightened").given_to(people.ailsa.member)
    epochs, kept = Epoch.objects.count(), bytes(CertificateRequest.objects.get(member=people.ailsa.member).request)
    ailsa = visit("Ailsa", size=PHONE)
    page = ailsa.page
    sign_in(page, people.ailsa, "/desk/vault/")
    sheet = make_sheet(people.ailsa.vault.counsellor)
    wrong = {
        " ".join(make_sheet(people.bhavna.vault.counsellor)): "This sheet belongs to other keys",
        " ".join([*sheet[:6], "zzz", *sheet[7:]]): "Word 7 is not in the list",
        " ".join(sheet[:23]): "Enter all 24 words",
        " ".join([sheet[1], sheet[0], *sheet[2:]]): "Enter all 24 words",
        "": "Enter all 24 words",
    }
    use_sheet(page, "")
    field, use = page.get_by_label("The 24 words of your recovery sheet"), page.get_by_role("button", name="Use the recovery sheet")
    for words, sentence in wrong.items():
        field.fill(words)
        use.click()
        expect(page.locator("#sheet-words-error")).to_contain_text(sentence, timeout=PATIENCE)
        expect(field).to_have_value(words)
    assert_accessible(page)
    ailsa.screenshot("vault-lost-390")
    field.fill("\n".join(f"{place}. {word}" for place, word in enumerate(sheet, 1)))
    use.click()
    expect(page.get_by_role("heading", name="Your new passphrase")).to_be_focused(timeout=PATIENCE)
    assert_accessible(page)
    ailsa.screenshot("vault-new-words-390")
    words = take_new_words(page)
    # The keys are the same: no new certificate, and no new epoch.
    assert (Epoch.objects.count(), bytes(CertificateRequest.objects.get(member=people.ailsa.member).request)) == (epochs, kept)

    page.goto("/desk/")
    page.get_by_label("Passphrase of your vault").fill(people.ailsa.passphrase, timeout=PATIENCE)
    page.get_by_role("button", name="Unlock", exact=True).click()
    expect(page.locator("#passphrase-error")).to_contain_text("does not open the vault", timeout=PATIENCE)
    page.get_by_label("Passphrase of your vault").fill(words)
    page.get_by_role("button", name="Unlock", exact=True).click()
    open_first(page, "Mine")
    expect(page.get_by_text("I am frightened")).to_be_visible(timeout=PATIENCE)


def test_the_sheet_is_asked_for_until_it_is_on_paper(people: People, web_server: WebServer, visit: Visit) -> None:
    bhavna = visit("Bhavna", size=DESKTOP)
    page = bhavna.page
    sign_in(page, people.bhavna, "/desk/vault/")
    expect(page.get_by_text("You have no recovery sheet yet.")).to_be_visible(timeout=PATIENCE)
    bhavna.screenshot("vault-1280")
    unlock_vault(page, people.bhavna.passphrase)
    assert_accessible(page)
    bhavna.screenshot("vault-open-1280")
    page.get_by_role("button", name="Show the recovery sheet").click()
    expect(page.get_by_role("heading", name="Your recovery sheet")).to_be_focused(timeout=PATIENCE)
    assert page.locator("[data-sheet] li").all_inner_texts() == make_sheet(people.bhavna.vault.counsellor)
    assert_accessible(page)
    bhavna.screenshot("vault-sheet-1280")
    page.emulate_media(media="print")
    expect(page.locator("[data-sheet]")).to_be_visible()
    for gone in (page.get_by_role("button", name="It is on paper"), page.get_by_role("navigation").first):
        expect(gone).to_be_hidden()
    bhavna.screenshot("vault-sheet-on-paper")
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Not now").click()
    expect(page.get_by_text("You have no recovery sheet yet.")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("[data-sheet]")).to_have_count(0)
    unlock_vault(page, people.bhavna.passphrase)
    page.get_by_role("button", name="Show the recovery sheet").click()
    page.get_by_role("button", name="It is on paper").click(timeout=PATIENCE)
    said(page, "Your recovery sheet is on paper.")
    expect(page.get_by_text("You have no recovery sheet yet.")).to_have_count(0)


def test_a_passkey_that_is_lost_is_taken_out(people: People, web_server: WebServer, visit: Visit) -> None:
    ailsa = visit("Ailsa", size=PHONE)
    page = ailsa.page
    give_authenticator(page)
    sign_in_by_hand(page, people.ailsa, "/desk/vault/")
    page.goto("/desk/account/security/webauthn/add/")
    page.get_by_label("Password").fill(people.ailsa.password)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url(lambda address: "/add/" not in address, timeout=PATIENCE)
    page.goto("/desk/vault/")
    unlock_vault(page, people.ailsa.passphrase)
    page.get_by_role("button", name="Add a passkey").click()
    said(page, "From now on, one touch opens the vault.")
    page.get_by_role("button", name="Unlock with a passkey").click()
    expect(page.get_by_role("heading", name="Your vault is open")).to_be_visible(timeout=PATIENCE)
    assert_accessible(page)
    ailsa.screenshot("vault-passkeys-390")
    page.get_by_role("button", name="Take passkey 1 out").click()
    said(page, "The passkey no longer opens your vault.")
    expect(page.get_by_role("button", name="Unlock with a passkey")).to_have_count(0)
    assert list(Vault.objects.filter(member=people.ailsa.member).values_list("kind", flat=True)) == [Vault.Kind.PASSPHRASE]
    page.goto("/desk/")
    unlock(page, people.ailsa)


def test_words_that_someone_saw_are_replaced_and_an_open_vault_locks_by_itself(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("Ailsa", size=DESKTOP).page
    page.clock.install()
    sign_in(page, people.ailsa, "/desk/vault/")
    unlock_vault(page, people.ailsa.passphrase)
    page.get_by_role("button", name="Make a new passphrase").click()
    words = take_new_words(page)
    unlock_vault(page, words)
    page.clock.fast_forward("09:05")
    expect(page.get_by_text("The vault will lock in one minute.")).to_be_visible()
    page.clock.fast_forward("01:00")
    expect(page.get_by_label("Passphrase of your vault")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("heading", name="Your vault is open")).to_have_count(0)

"""Where nobody at the desk can confirm an epoch, the root's keepers do it offline: an admin takes a file there and brings one back."""

import shlex
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from helpline.clock import now
from messaging.keys.desk_epochs import current_epoch_number
from messaging.keys.registry import GrantIn, add_epoch
from messaging.protocol.days import day_of
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import open_desk_epoch
from messaging.protocol.peer.root_key import seal_root_key
from tests.messaging.protocol.keytool import PASSPHRASE, good
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit, Visitor
from tests.parts.environment import ROOT_SEED
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, sign_in
from tests.world.staff import People

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def opened(people: People) -> None:
    """The next epoch, by Ailsa; it waits."""
    candidates = [encode(bytes(person.member.certificates.get().certificate)) for person in (people.ailsa, people.bhavna)]
    body = open_desk_epoch(people.site, people.desk_of(people.ailsa), candidates, day_of(now()), 35)
    grants = [GrantIn(decode(each["certificate_id"]), each["epoch"], decode(each["wrapped"])) for each in body["grants"]]
    add_epoch(statement=decode(body["statement"]), grants=grants, at=now())


def taken_there(page: Page, folder: Path) -> None:
    """What the machine without a network needs, from the page."""
    with page.expect_download() as download:
        page.get_by_role("link", name="key-statements.json").click()
    download.value.save_as(folder / "key-statements.json")


def confirmed_there(page: Page, folder: Path, number: int) -> Path:
    """The command that the page shows, on a machine of its own; the file that it wrote."""
    shown = shlex.split(page.locator("[data-epochs-waiting] code").inner_text())
    assert shown[:3] == ["manage.py", "keys", "confirm"]
    root, out = folder / "root.key", folder / f"confirmation-{number}"
    if not root.exists():
        root.write_text(seal_root_key(ROOT_SEED, PASSPHRASE))
    names = {"ROOT": root.name, "confirmation": out.name}
    good(folder, *(names.get(word, word) for word in shown[2:]), "--number", str(number), "--yes")
    return out


def brings(page: Page, file: Path) -> None:
    """Uploads it, and nothing else."""
    field = page.get_by_label("Signed certificates or confirmations")
    field.fill("")
    page.get_by_label("Files with certificates or confirmations").set_input_files(file)
    expect(field).not_to_have_value("", timeout=PATIENCE)
    page.get_by_role("button", name="Upload these certificates or confirmations").click()


def looked_at(visitor: Visitor, name: str) -> None:
    assert_accessible(visitor.page)
    for size in (PHONE, DESKTOP):
        visitor.page.set_viewport_size({"width": size[0], "height": size[1]})
        visitor.screenshot(f"confirmation-{name}-{size[0]}")


def test_it_is_taken_once_and_whatever_else_is_refused_in_words(
    people: People, web_server: WebServer, visit: Visit, tmp_path: Path
) -> None:
    opened(people)
    alex = visit("Alex", size=DESKTOP)
    page = alex.page
    sign_in(page, people.admin, "/desk/keys/")
    expect(page.get_by_text("Epoch 2 waits to be confirmed.")).to_be_visible()
    looked_at(alex, "waits")
    taken_there(page, tmp_path)
    word = confirmed_there(page, tmp_path, 2)

    brings(page, tmp_path / "key-statements.json")
    errors = page.locator(".govuk-error-summary")
    expect(errors).to_contain_text("only such as “keys certify” or “keys confirm” wrote", timeout=PATIENCE)
    looked_at(alex, "wrong-file")
    (tmp_path / "altered").write_text(encode(decode(word.read_text().strip())[:-1] + b"\0"))
    brings(page, tmp_path / "altered")
    expect(errors).to_contain_text("Ask the keeper of the root key for it again.", timeout=PATIENCE)
    (tmp_path / "short").write_text(word.read_text().strip()[:-4])
    brings(page, tmp_path / "short")
    expect(errors).to_contain_text("This is no certificate and no confirmation.", timeout=PATIENCE)
    elsewhere = decode(word.read_text().strip())
    (tmp_path / "elsewhere").write_text(encode(elsewhere[:1] + bytes(32) + elsewhere[33:]))
    brings(page, tmp_path / "elsewhere")
    expect(errors).to_contain_text("It is for an epoch that is not here.", timeout=PATIENCE)
    assert current_epoch_number(now()) == 1

    brings(page, word)
    expect(page.get_by_text("Epoch 2 is confirmed. What people write is sealed for the newest confirmed epoch.")).to_be_visible(
        timeout=PATIENCE
    )
    expect(page.get_by_text("Messages are sealed for epoch 2")).to_be_visible()
    assert current_epoch_number(now()) == 2
    looked_at(alex, "taken")
    brings(page, word)
    expect(page.get_by_text("Epoch 2 is confirmed already. Nothing has changed.")).to_be_visible(timeout=PATIENCE)


def test_one_that_a_later_epoch_has_overtaken_is_refused(people: People, web_server: WebServer, visit: Visit, tmp_path: Path) -> None:
    opened(people)
    opened(people)
    alex = visit("Alex", size=PHONE)
    page = alex.page
    sign_in(page, people.admin, "/desk/keys/")
    taken_there(page, tmp_path)
    stale, newest = confirmed_there(page, tmp_path, 2), confirmed_there(page, tmp_path, 3)
    brings(page, newest)
    expect(page.get_by_text("Epoch 3 is confirmed.")).to_be_visible(timeout=PATIENCE)
    brings(page, stale)
    overtaken = page.locator(".govuk-error-summary")
    expect(overtaken).to_contain_text("Epoch 3, a later one, is confirmed already. Nothing is left to do with it.", timeout=PATIENCE)
    assert_accessible(page)
    assert current_epoch_number(now()) == 3

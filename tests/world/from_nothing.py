"""The steps by which an installation begins: its first admin, its first counsellor, a certificate and a first epoch."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.parts.browser import Visitor
from tests.parts.from_nothing import FromNothing
from tests.world.staff import TOTP_PERIOD
from tests.world.steps import PATIENCE, Watch

ROOT_PASSPHRASE = "nine grey seals on Muck"
ADMIN, COUNSELLOR = "alex@helpline.example", "moira@helpline.example"
ADMINS_PASSWORD, COUNSELLORS_PASSWORD = "Alex rows to Rum", "Moira swims the Minch"
TEXT = "I am frightened of what I might do"


def install(place: FromNothing) -> None:
    """Steps 1 and 2: the root key on a machine of its own, then the tables and the first admin."""
    (place.folder / "passphrase").write_text(ROOT_PASSPHRASE)
    printed = place.keys("root", "--out", "root.key", "--passphrase-file", "passphrase")
    place.settings["HELPLINE_ROOT_KEY"] = next(line for line in printed.splitlines() if line.startswith("HELPLINE_ROOT_KEY=")).partition(
        "="
    )[2]
    place.prepare()
    place.manage("createsuperuser", "--noinput", "--email", ADMIN, "--name", "Alex Reid", DJANGO_SUPERUSER_PASSWORD=ADMINS_PASSWORD)
    place.serve()


def set_up_an_app(visitor: Visitor, look: Watch) -> None:
    """The second step: an authenticator app, with the key that the page shows."""
    page = visitor.page
    secret = page.locator(".desk-code").inner_text().replace(" ", "")
    look(visitor, "authenticator-app")
    code = format_hotp_value(hotp_value(secret, int(time.time()) // TOTP_PERIOD))
    page.get_by_label("Enter the code that the app shows").fill(str(code))
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".desk-codes li")).to_have_count(10, timeout=PATIENCE)
    look(visitor, "recovery-codes")
    page.get_by_role("link", name="I have kept them safe").click()
    look(visitor, "second-step-is-set-up")


def first_sign_in(admin: Visitor, look: Watch) -> None:
    page = admin.page
    page.goto("/desk/")
    page.get_by_label("Email address").fill(ADMIN)
    page.get_by_label("Password", exact=True).fill(ADMINS_PASSWORD)
    look(admin, "admin-sign-in")
    page.get_by_role("button", name="Sign in", exact=True).click()
    look(admin, "admin-needs-a-second-step")
    page.get_by_role("link", name="Set up an app").click()
    look(admin, "admin-once-more")
    page.get_by_label("Password").fill(ADMINS_PASSWORD)
    page.get_by_role("button", name="Continue").click()
    set_up_an_app(admin, look)
    page.goto("/desk/")
    look(admin, "staff-before-anybody")


def nobody_can_write_yet(person: Visitor, look: Watch) -> None:
    """Before anything is described, and before the desk has a key: the pages say so, and break nothing."""
    for address in ("/", "/write", "/confidential"):
        person.page.goto(address)
        look(person, f"before{address.replace('/', '-')}")


def describe_the_helpline(admin: Visitor, look: Watch) -> None:
    """What people read: whose helpline it is, when messages are answered, and what stays private."""
    page = admin.page
    page.get_by_role("link", name="Rota and pages").click()
    look(admin, "admin-pages")
    page.goto("/desk/admin/helpline/organisation/add/")
    page.locator("#id_name").fill("Hebrides helpline")
    page.get_by_label("Phone", exact=False).first.fill("0808 000 0000")
    look(admin, "organisation")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto("/desk/admin/helpline/confidentialityterms/add/")
    page.get_by_label("Text").fill("What you write is private.\n\nThere is one limit: a child in danger whose name you tell us.")
    page.get_by_role("button", name="Save", exact=True).click()
    look(admin, "terms-published")


def invite(admin: Visitor, look: Watch) -> str:
    page = admin.page
    page.goto("/desk/people/")
    page.get_by_label("Full name").fill("Moira Young")
    page.get_by_label("Email address").fill(COUNSELLOR)
    page.get_by_label("Counsellor", exact=True).check()
    page.get_by_label("Name that people who write see").fill("Moira")
    page.get_by_role("button", name="Invite", exact=True).click()
    look(admin, "invited")
    link = page.get_by_label("The link").input_value()
    page.get_by_role("link", name="Back to the staff").click()
    look(admin, "staff")
    return link


def join(counsellor: Visitor, link: str, look: Watch) -> None:
    page = counsellor.page
    page.goto(link)
    look(counsellor, "invitation")
    page.get_by_label("Password", exact=True).fill(COUNSELLORS_PASSWORD)
    page.get_by_label("Enter the password again").fill(COUNSELLORS_PASSWORD)
    page.get_by_role("button", name="Use this password").click()
    page.get_by_role("link", name="Set up an app").click()
    set_up_an_app(counsellor, look)


def make_vault(counsellor: Visitor, look: Watch) -> tuple[str, str]:
    """In the browser: the passphrase that the page drew, and the fingerprint that it shows."""
    page = counsellor.page
    page.get_by_role("link", name="Vault", exact=True).click()
    expect(page.locator("[data-passphrase] li")).to_have_count(6, timeout=PATIENCE)
    passphrase = " ".join(page.locator("[data-passphrase] li").all_inner_texts())
    page.get_by_label("Enter the six words").fill(passphrase)
    look(counsellor, "vault")
    page.get_by_role("button", name="Make the vault").click()
    expect(page.get_by_role("heading", name="Your recovery sheet")).to_be_focused(timeout=PATIENCE)
    look(counsellor, "recovery-sheet")
    page.get_by_role("button", name="It is on paper").click()
    expect(page.locator("[data-fingerprint]")).to_be_visible(timeout=PATIENCE)
    look(counsellor, "vault-made")
    return passphrase, page.locator("[data-fingerprint]").inner_text()


def certify(place: FromNothing, admin: Visitor, fingerprint: str, look: Watch) -> None:
    """The admin carries the request to the root's keepers, who compare the fingerprint, and carries the certificate back."""
    page = admin.page
    page.get_by_role("link", name="Keys", exact=True).click()
    look(admin, "keys-with-a-request")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    download.value.save_as(place.folder / download.value.suggested_filename)
    place.keys(
        *("certify", "--root", "root.key", "--passphrase-file", "passphrase", "--request", download.value.suggested_filename),
        *("--name", "Moira", "--key-holder", "--days", "100", "--fingerprint", fingerprint, "--out", "moira.certificate"),
    )
    page.get_by_label("Files with certificates").set_input_files(place.folder / "moira.certificate")
    look(admin, "keys-with-a-certificate")
    page.get_by_role("button", name="Upload these certificates").click()
    expect(page.get_by_text("1 certificate added")).to_be_visible(timeout=PATIENCE)
    page.get_by_text("Passphrase lost").click()
    look(admin, "certificate-taken")


def open_first_epoch(counsellor: Visitor, passphrase: str, look: Watch) -> None:
    page = counsellor.page
    page.goto("/desk/vault/")
    expect(page.get_by_text("Valid until")).to_be_visible(timeout=PATIENCE)
    look(counsellor, "certified")
    page.get_by_role("link", name="Keys", exact=True).click()
    page.get_by_label("Passphrase of your vault").fill(passphrase)
    look(counsellor, "keys-locked")
    page.get_by_role("button", name="Unlock", exact=True).click()
    expect(page.locator("[data-candidates]")).to_have_text("Moira", timeout=PATIENCE)
    look(counsellor, "epoch")
    page.get_by_role("button", name="Open the epoch").click()
    expect(page.get_by_text("Messages are sealed for epoch 1")).to_be_visible(timeout=PATIENCE)
    look(counsellor, "epoch-open")


def read(counsellor: Visitor, passphrase: str, look: Watch) -> None:
    page = counsellor.page
    page.get_by_role("link", name="Conversations").click()
    page.get_by_label("Passphrase of your vault").fill(passphrase)
    page.get_by_role("button", name="Unlock", exact=True).click()
    page.get_by_role("region", name="Waiting").get_by_role("button").first.click(timeout=PATIENCE)
    expect(page.get_by_text(TEXT)).to_be_visible(timeout=PATIENCE)
    look(counsellor, "message")

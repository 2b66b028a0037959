"""Whatever form a page for staff has: its fields are named, described and marked in one way, and its summary of errors leads to them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from helpline.clock import now
from helpline.models import Account
from messaging.keys.vaults import forget_vault
from messaging.members.invite import invite_member
from tests.parts.forms import Control, FormPage, read_forms
from tests.world.signing_in import LOGIN, SECOND_STEP, password, sign_in
from tests.world.staff import People

pytestmark = pytest.mark.django_db

ROTA, ACCOUNT = "/desk/rota/", "/desk/account/"
LEAD, ADMIN, COUNSELLOR, NOBODY, HALF, INVITED = "the lead", "the admin", "a counsellor", "nobody", "after the password", "who is invited"
# Each form: who sees it, where, what is refused of it and the names of the fields that are then wrong.
REFUSED: list[tuple[str, str, dict[str, str], list[str]]] = [
    (NOBODY, LOGIN, {"login": "", "password": ""}, ["login", "password"]),
    (HALF, SECOND_STEP, {"code": ""}, ["code"]),
    (INVITED, "", {"password": "short", "again": ""}, ["again"]),
    (COUNSELLOR, f"{ACCOUNT}reauthenticate/", {"password": "wrong"}, ["password"]),
    (COUNSELLOR, f"{ACCOUNT}security/reauthenticate/", {"code": "000"}, ["code"]),
    (
        COUNSELLOR,
        f"{ACCOUNT}password/",
        {"oldpassword": "wrong", "password1": "", "password2": ""},
        ["oldpassword", "password1", "password2"],
    ),
    (COUNSELLOR, f"{ROTA}absences/add/", {"first": "x", "last": "", "starts": "9"}, ["first", "starts", "last"]),
    (LEAD, f"{ROTA}absences/add/", {}, ["counsellor", "first", "last"]),
    (LEAD, f"{ROTA}shifts/add/", {"day": "", "channel": "post"}, ["counsellor", "channel", "day", "starts", "ends"]),
    (LEAD, f"{ROTA}patterns/", {"starts": ""}, ["counsellor", "channel", "weekday", "starts", "ends", "starts_on"]),
    (LEAD, f"{ROTA}minimum/", {"number": "100"}, ["channel", "weekdays", "opens", "closes", "number"]),
    (LEAD, f"{ROTA}copy/", {}, ["source", "target"]),
    (LEAD, f"{ROTA}make/", {"weeks": "99"}, ["first", "weeks"]),
    (LEAD, "/desk/hours/close/", {"closure-channel": "x"}, ["closure-channel", "closure-last", "closure-ends", "closure-reason"]),
    (LEAD, "/desk/hours/busy/", {"busy-hours": "many"}, ["busy-hours", "busy-last", "busy-ends"]),
    (ADMIN, "/desk/people/", {"role": "x"}, ["name", "email", "role"]),
    (ADMIN, "/desk/keys/certificates/", {"certificates": ""}, ["certificates"]),
    (LEAD, "/desk/counts/?first=x&last=y", {}, ["first", "last"]),
    (LEAD, "/desk/reports/?first=x&last=y", {}, ["first", "last"]),
    (LEAD, "/desk/audit/?first=x&last=y&kind=z&by=0", {}, ["kind", "by", "first", "last"]),
]
DAY, TIME, NUMBER = {"type": "date"}, {"type": "time"}, {"type": "text", "inputmode": "numeric"}
OLD_PASSWORD = {"type": "password", "autocomplete": "current-password"}
NEW_PASSWORD = {"type": "password", "autocomplete": "new-password"}
CODE = {"type": "text", "autocomplete": "one-time-code", "inputmode": "numeric"}
CODE_HINT = "The six digits that your authenticator app shows now, or one of your recovery codes."
# Who sees a field, where, its name, its label, its hint, and what it says of itself beside "off" and no spelling service.
FIELDS: list[tuple[str, str, str, str, str, dict[str, str]]] = [
    (NOBODY, LOGIN, "login", "Email address", "", {"type": "email", "autocomplete": "username"}),
    (NOBODY, LOGIN, "password", "Password", "", OLD_PASSWORD),
    (HALF, SECOND_STEP, "code", "Code", CODE_HINT, CODE),
    (INVITED, "", "password", "Password", "At least 12 characters. Three or four words that nobody else would choose are good.",
     NEW_PASSWORD),
    (INVITED, "", "again", "Enter the password again", "", NEW_PASSWORD),
    (COUNSELLOR, f"{ACCOUNT}reauthenticate/", "password", "Password", "", OLD_PASSWORD),
    (COUNSELLOR, f"{ACCOUNT}security/reauthenticate/", "code", "Code", CODE_HINT, CODE),
    (COUNSELLOR, f"{ACCOUNT}password/", "oldpassword", "Current password", "", OLD_PASSWORD),
    (COUNSELLOR, f"{ACCOUNT}password/", "password1", "New password", "At least 12 characters.",
     NEW_PASSWORD),
    (COUNSELLOR, f"{ACCOUNT}password/", "password2", "Enter the new password again", "", NEW_PASSWORD),
    (LEAD, f"{ROTA}shifts/add/", "counsellor", "Counsellor", "", {}),
    (LEAD, f"{ROTA}shifts/add/", "day", "Day", "", DAY),
    (LEAD, f"{ROTA}shifts/add/", "ends", "Ends", ("A time at or before the start means the next day. A shift lasts at most "
        "six hours."), TIME),
    (LEAD, f"{ROTA}minimum/", "number", "People", "", NUMBER),
    (LEAD, f"{ROTA}?week=2026-11-30", "weeks", "Number of weeks", "", NUMBER),
    (LEAD, "/desk/hours/", "busy-hours", "An answer within how many hours of opening time", "", NUMBER),
    (LEAD, "/desk/hours/", "closure-first", "From", "", DAY),
    (LEAD, "/desk/hours/", "closure-reason", "Reason", "People read it on the site: “Closed: staff training”. Name nobody.",
     {"type": "text", "maxlength": "120"}),
    (ADMIN, "/desk/people/", "name", "Full name", "", {"type": "text", "maxlength": "80"}),
    (ADMIN, "/desk/people/", "email", "Email address", "", {"type": "email", "maxlength": "254"}),
    (ADMIN, "/desk/people/", "display_name", "Name that people who write see",
     "A first name. Leave it empty for an admin, who cannot read messages.", {"type": "text", "maxlength": "40"}),
    (ADMIN, "/desk/keys/", "certificates", "Signed certificates or confirmations",
     "What the keeper of the root key gave you. One on each line, at most fifteen at a time.", {}),
    (LEAD, "/desk/audit/", "first", "First day", "", DAY),
    (LEAD, "/desk/counts/", "last", "Last day", "", DAY),
]  # fmt: skip
# What Django says of a field that was given no words of its own.
NAMELESS = {"This field is required.", "Enter a valid date.", "Enter a valid time.", "Enter a whole number."}
TYPED = {"autocomplete": "off", "spellcheck": "false"}

Browser = Callable[[str], tuple[Client, str]]


@pytest.fixture
def browser(people: People) -> Browser:
    """browser(who): a browser in which they are, and the address that a form has for them alone."""
    Account.objects.filter(pk=people.bhavna.account.pk).update(role=Account.Role.LEAD)

    def open_as(who: str) -> tuple[Client, str]:
        if who == NOBODY:
            return Client(), ""
        if who == INVITED:
            link = invite_member(email="dora@helpline.example", name="Dora", role="counsellor", display_name="Dora", at=now())
            return Client(), link.address
        if who == HALF:
            client = Client()
            password(client, people.ailsa)
            return client, ""
        return sign_in({LEAD: people.bhavna, ADMIN: people.admin, COUNSELLOR: people.ailsa}[who]), ""

    return open_as


def _page(answer: Any) -> FormPage:
    assert answer.status_code == 200
    return read_forms(answer.content.decode())


@pytest.mark.parametrize("who", sorted({row[0] for row in REFUSED}))
def test_what_is_wrong_is_said_at_the_field_and_in_a_summary_that_leads_there(browser: Browser, who: str) -> None:
    client, own = browser(who)
    for _, address, given, wrong in (row for row in REFUSED if row[0] == who):
        page = _page(client.get(address) if "?" in address else client.post(address or own, given))
        assert (page.title[:7], page.takes_focus) == ("Error: ", True), address
        by_id = {control.id: control for control in page.controls}
        assert [by_id[led_to].name for led_to, _ in page.summary] == wrong, address
        for led_to, message in page.summary:
            control = by_id[led_to]
            assert f"Error: {message}" in page.description(control), address
            assert message not in NAMELESS, address
            assert control.group is not None or control.attributes["aria-invalid"] == "true"
            _is_named(page, control)
        fine = [one for one in page.controls if one.name not in wrong]
        assert not [one.name for one in fine if "aria-invalid" in one.attributes or "Error:" in page.description(one)]


@pytest.mark.parametrize("who", sorted({row[0] for row in FIELDS}))
def test_a_field_says_what_it_is_for(browser: Browser, who: str) -> None:
    client, own = browser(who)
    for _, address, name, label, hint, says in (row for row in FIELDS if row[0] == who):
        page = _page(client.get(address or own))
        control = page.control(name)
        _is_named(page, control)
        assert (page.labels[control.id], page.description(control)) == (label, hint)
        expected = says if control.tag == "select" else TYPED | says
        assert {key: control.attributes.get(key) for key in expected} == expected, f"{name} at {address}"
        assert not {"required", "placeholder", "autofocus"} & set(control.attributes)


def test_a_passkeys_name_has_its_hint_too(browser: Browser, people: People) -> None:
    client, _ = browser(COUNSELLOR)
    client.post(f"{ACCOUNT}reauthenticate/", {"password": people.ailsa.password})
    page = _page(client.get(f"{ACCOUNT}security/webauthn/add/"))
    name = page.control("name")
    _is_named(page, name)
    assert (page.labels[name.id], name.attributes["value"]) == ("Name for this passkey", "Passkey")
    assert page.description(name) == "Only you see this. It helps you tell them apart: office computer, blue key."
    assert [one.name for one in page.controls] == ["name"]


def test_the_first_code_of_an_app_is_asked_for_in_digits(browser: Browser, people: People) -> None:
    client, own = browser(INVITED)
    client.post(own, {"password": "four words nobody has", "again": "four words nobody has"})
    page = _page(client.get(f"{ACCOUNT}security/totp/activate/"))
    code = page.control("code")
    assert (page.labels[code.id], page.description(code)) == ("2. Enter the code that the app shows", "Six digits.")
    assert {key: code.attributes[key] for key in CODE} == CODE
    refused = _page(client.post(f"{ACCOUNT}security/totp/activate/", {"code": "000000"}))
    assert refused.title.startswith("Error: Set up an authenticator app")
    assert [led_to for led_to, _ in refused.summary] == [code.id]


def test_whoever_enters_another_name_before_throwing_a_vault_away_is_told(browser: Browser, people: People) -> None:
    client, _ = browser(ADMIN)
    forget_vault(people.bhavna.member, at=now())
    address = f"/desk/keys/vaults/{people.ailsa.member.pk}/forget/"
    page = _page(client.post(address))
    sure = page.control("sure")
    assert page.labels[sure.id].startswith("To delete it anyway, enter the name")
    refused = _page(client.post(address, {"sure": "Nobody"}))
    assert refused.title.startswith("Error: ")
    assert [led_to for led_to, _ in refused.summary] == [sure.id]
    assert "Error: Enter the name" in refused.description(refused.control("sure"))


def _is_named(page: FormPage, control: Control) -> None:
    """It has a label that leads to it, and whatever describes it is on the page, once."""
    assert page.labels[control.id]
    assert page.ids.count(control.id) == 1
    for name in control.described_by:
        assert page.ids.count(name) == 1

"""Whatever a counsellor lacks, and whatever is wrong with an epoch that waits, the desk says it in plain words and what to do (§8.4)."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from helpline.clock import now
from messaging.keys.registry import GrantIn, add_certificate, add_epoch
from messaging.protocol.days import day_of
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import open_desk_epoch
from messaging.protocol.peer.certificates import make_certificate
from messaging.protocol.peer.epochs import make_statement
from messaging.protocol.peer.primitives import kem_public
from messaging.protocol.wire import Certificate, Statement
from tests.journeys.warnings.lies import altered
from tests.journeys.warnings.looks import looked_at
from tests.journeys.warnings.words import named, page_words
from tests.parts.browser import PHONE, Visit, Visitor
from tests.parts.environment import ROOT_SEED
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, sign_in
from tests.world.staff import DeskPerson, People

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
Me = dict[str, Any]
Change = Callable[[Me], None]


def certified(people: People, person: DeskPerson, first_day: int, last_day: int) -> bytes:
    """Another certificate of the root's for the same keys; days are counted from today."""
    today, holder = day_of(now()), person == people.ailsa
    days = {"first_day": today + first_day, "last_day": today + last_day}
    return make_certificate(ROOT_SEED, people.site, decode(person.vault.request), person.name, key_holder=holder, **days)


def put(**values: Any) -> Change:
    return lambda me: me.update(values)


def grants(keep: Callable[[dict[str, Any]], bool]) -> Change:
    return lambda me: me.update(grants=[each for each in me["grants"] if keep(each)])


def noise_for_grants(me: Me) -> None:
    for each in me["grants"]:
        raw = bytearray(decode(each["wrapped"]))
        raw[5] ^= 1
        each["wrapped"] = encode(bytes(raw))


def id_of(person: DeskPerson) -> str:
    return encode(bytes(person.member.certificates.get().certificate_id))


def troubles(people: People) -> dict[str, Change]:
    """What a server can answer to Ailsa, or what is true of her."""
    own = id_of(people.ailsa)
    return {
        "no-certificate": put(certificate=None),
        "certificate-dates": put(certificate=encode(certified(people, people.ailsa, -130, -31))),
        "broken-chain": altered("statements", 0, 100),
        "no-current-epoch": put(confirmations=[]),
        "not-on-roster": put(certificate=encode(certified(people, people.ailsa, -1, 60))),
        "no-grant": grants(lambda each: each["certificate_id"] != own),
        "bad-grant": noise_for_grants,
        "somebody-cannot-read": grants(lambda each: each["certificate_id"] == own),
    }


def unlocked(page: Page, person: DeskPerson) -> None:
    page.get_by_label("Passphrase of your vault").fill(person.passphrase, timeout=PATIENCE)
    page.get_by_role("button", name="Unlock", exact=True).click()


def lied_to(visitor: Visitor, told: list[Change]) -> None:
    """Of what the server answers about keys the last change is made."""

    def cheat(route: Route) -> None:
        answer = route.fetch()
        me: Me = answer.json()
        told[-1](me)
        route.fulfill(response=answer, body=json.dumps(me))

    visitor.page.route("**/desk/api/me", cheat)


def test_a_counsellor_is_told_what_they_lack(people: People, web_server: WebServer, visit: Visit) -> None:
    made, words, told = troubles(people), page_words()["troubles"], list[Change]()
    assert made.keys() == named("troubles")
    ailsa = visit("Ailsa", size=PHONE)
    lied_to(ailsa, told)
    for name, change in made.items():
        told.append(change)
        if name == "no-certificate":
            sign_in(ailsa.page, people.ailsa)
        else:
            ailsa.page.goto("/desk/")
        unlocked(ailsa.page, people.ailsa)
        trouble = ailsa.page.locator(f'[data-trouble="{name}"]')
        expect(trouble, name).to_have_text(words[name].replace("{names}", "Bhavna"), timeout=PATIENCE)
        looked_at(ailsa, f"warning-keys-{name}")


def opened(people: People, *names: str) -> None:
    """By Ailsa, and confirmed by nobody."""
    everyone = {person.name: person for person in (people.ailsa, people.bhavna, people.stranger)}
    candidates = [encode(bytes(everyone[name].member.certificates.get().certificate)) for name in names]
    body = open_desk_epoch(people.site, people.desk_of(people.ailsa), candidates, day_of(now()), 35)
    given = [GrantIn(decode(each["certificate_id"]), each["epoch"], decode(each["wrapped"])) for each in body["grants"]]
    add_epoch(statement=decode(body["statement"]), grants=given, at=now())


def signed_by_who_was_left_off(people: People) -> Change:
    """The second epoch of Ailsa's older certificate, which is on no roster before it."""
    older = Certificate.parse(certified(people, people.ailsa, -40, 59))
    bhavna = people.bhavna.member.certificates.get().certificate_id

    def change(me: Me) -> None:
        before = Statement.parse(decode(me["statements"][0]))
        days = {"first_day": before.first_day, "last_day": before.last_day}
        roster, keys = [older.certificate_id, bytes(bhavna)], people.ailsa.vault.counsellor
        raw = make_statement(people.site, keys, older, before, epoch_public=kem_public(bytes(32)), roster=roster, **days)
        me.update(statements=[me["statements"][0], encode(raw)], certificates=[*me["certificates"], encode(older.raw)])

    return change


def test_whoever_is_to_confirm_an_epoch_is_told_why_not(people: People, web_server: WebServer, visit: Visit) -> None:
    add_certificate(certificate=certified(people, people.stranger, 0, 60), at=now())
    opened(people, "Ailsa", "Bhavna", "Connor")
    opened(people, "Ailsa", "Connor")
    connor, bhavna = id_of(people.stranger), id_of(people.bhavna)
    without_connor: Change = lambda me: me.update(  # noqa: E731 - a change like the others
        certificates=[raw for raw in me["certificates"] if encode(Certificate.parse(decode(raw)).certificate_id) != connor]
    )
    made: dict[str, Change] = {
        "not-yours": put(),
        "signer-left": signed_by_who_was_left_off(people),
        "somebody-unknown": without_connor,
        "no-grant": grants(lambda each: (each["epoch"], each["certificate_id"]) != (2, bhavna)),
        "somebody-cannot-read": grants(lambda each: (each["epoch"], each["certificate_id"]) != (2, connor)),
    }
    words, told = page_words()["waiting"], list[Change]()
    assert made.keys() == named("waiting")
    visitor = visit("Bhavna", size=PHONE)
    lied_to(visitor, told)
    for name, change in made.items():
        told.append(change)
        if name == "not-yours":
            sign_in(visitor.page, people.bhavna, "/desk/keys/")
        else:
            visitor.page.goto("/desk/keys/")
        unlocked(visitor.page, people.bhavna)
        waiting = visitor.page.locator(f'[data-waiting="{3 if name == "not-yours" else 2}"]')
        trouble = waiting.locator(f'[data-waiting-trouble="{name}"]')
        expect(trouble, name).to_have_text(words[name].replace("{names}", "Connor"), timeout=PATIENCE)
        expect(waiting.get_by_role("button", name="Confirm epoch")).to_have_count(0)
        looked_at(visitor, f"warning-waiting-{name}")

"""Months at an honest desk: holidays, renewals, a dismissal, somebody who comes back late. Nothing is lost, and nobody is warned."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from os import urandom

import pytest

from messaging.keys.registry import add_certificate
from messaging.members.offboard import offboard
from messaging.models import Renewal
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import (
    Message,
    OpenDesk,
    make_confirmation,
    make_sheet,
    open_desk_epoch,
    open_sheet,
    read_as_desk,
    read_as_person,
    seal_from_person,
    sign_vault_change,
)
from messaging.protocol.peer.certificates import make_certificate
from messaging.protocol.peer.epochs import make_grant
from messaging.protocol.peer.keys import Counsellor, derive_counsellor
from messaging.protocol.peer.vault import make_renewal
from messaging.protocol.wire import Certificate
from tests.parts.environment import ROOT_SEED
from tests.world.desk import NOON, RECORD, Desk, day, open_helpline
from tests.world.person import AtDesk, Person, Response, kind_of, set_clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@dataclass
class Year:
    """The desk as its browsers have it, on one day after the other."""

    desk: Desk
    at: datetime = NOON

    def on_day(self, number: int, *, hours: int = 0) -> None:
        self.at = NOON + timedelta(days=number, hours=hours)
        set_clock(self.at)

    def opens(self, name: str, *, days: int = 14) -> Response:
        browser = AtDesk(self.desk, name)
        candidates = browser.call("GET", "epochs").json()["candidates"]
        return browser.call("POST", "epochs", open_desk_epoch(self.desk.site, self.unlocked(name), candidates, day(self.at), days))

    def confirms(self, name: str, renewed: Counsellor | None = None) -> Response:
        """With pending keys, where the roster has these."""
        me = AtDesk(self.desk, name).call("GET", "me").json()
        pending = {**me, "certificate": me["other"]["certificate"]} if renewed else me
        open_ = self.desk.opened(renewed or self.desk.keys[name], pending, self.at)
        [waiting] = open_.waiting
        raw = make_confirmation(self.desk.site, open_.counsellor, waiting, open_.certificates)
        return AtDesk(self.desk, name).call("POST", f"epochs/{waiting.statement.number}/confirmation", {"confirmation": encode(raw)})

    def changes_epoch(self, opener: str, second: str, *, days: int = 14) -> None:
        assert self.opens(opener, days=days).status_code == 201
        assert self.confirms(second).status_code == 201
        assert self.unlocked(second).troubles == []

    def unlocked(self, name: str) -> OpenDesk:
        return self.desk.unlocked(name, self.at)

    def asks_to_renew(self, name: str) -> Counsellor:
        new = derive_counsellor(self.desk.site, self.desk.keys[name].counsellor_id, urandom(32))
        request = make_renewal(self.desk.site, new, self.desk.keys[name], self.desk.certificates[name].certificate_id)
        assert AtDesk(self.desk, name).call("POST", "vault/renewal", {"record": encode(RECORD), "request": request}).status_code == 201
        asked, today = Renewal.objects.get(member=self.desk.members[name]).request, day(self.at)
        holder = self.desk.certificates[name].key_holder
        signed = make_certificate(ROOT_SEED, self.desk.site, asked, name, key_holder=holder, first_day=today, last_day=today + 99)
        add_certificate(certificate=signed, at=self.at)
        return new

    def takes_over(self, name: str, new: Counsellor) -> None:
        """As the browser does when the vault is next opened: the old keys hand on what they open, and go."""
        old, browser = self.desk.keys[name], AtDesk(self.desk, name)
        me = browser.call("GET", "me").json()
        assert me["other"]["pending"] is False
        mine = Certificate.parse(decode(me["certificate"]))
        seeds = self.desk.opened(old, {**me, "certificate": me["other"]["certificate"], "grants": me["other"]["grants"]}, self.at).seeds
        grants = [
            {
                "certificate_id": encode(mine.certificate_id),
                "epoch": epoch,
                "wrapped": encode(make_grant(self.desk.site, epoch, mine, seed)),
            }
            for epoch, seed in seeds.items()
        ]
        assert browser.call("POST", "vault/grants", {"grants": grants}).status_code == 201
        challenge = str(browser.call("POST", "vault/challenges", {}).json()["challenge"])
        assert browser.call("POST", "vault/renewal/done", sign_vault_change(self.desk.site, new, challenge)).status_code == 200
        self.desk.keys[name], self.desk.certificates[name] = new, mine

    def person_writes(self, person: Person, text: str) -> None:
        assert person.come_back().status_code == 201
        assert person.write(text, self.at).status_code == 201

    def replies(self, name: str, conversation: bytes, text: str) -> None:
        assert AtDesk(self.desk, name).reply(conversation, text, self.at).status_code == 201

    def texts(self, person: Person, *readers: str) -> list[str]:
        """The same for the person and all of these, without one warning."""
        assert person.come_back().status_code == 201
        threads = [read_as_person(self.desk.site, person.inbox, person.answer(), day(self.at))]
        conversation = decode(person.answer()["conversation"])
        desks = [(self.unlocked(name), AtDesk(self.desk, name).answer(conversation)) for name in readers]
        threads += [read_as_desk(self.desk.site, open_, answer, day(self.at)) for open_, answer in desks]
        said = [[item.content.text for item in thread.items if isinstance(item, Message)] for thread in threads]
        assert [thread.warnings for thread in threads] == [[]] * len(threads)
        assert said == [said[0]] * len(said)
        return said[0]


def test_from_the_first_message_to_words_that_are_used_again(db: None) -> None:
    year = Year(open_helpline("Moira", "Callum", "Isla"))
    desk = year.desk
    desk.certify("Isla", key_holder=True, first_day=day(NOON) + 1)
    person = Person()
    assert person.write_first("one").status_code == 201
    person.come_back()
    conversation = decode(person.answer()["conversation"])
    AtDesk(desk, "Moira").claim(conversation)
    year.replies("Moira", conversation, "two")

    # Moira is on holiday, and away for two epochs; the first one changes at night.
    year.on_day(30, hours=11)
    year.changes_epoch("Moira", "Callum")
    year.person_writes(person, "three")
    year.on_day(42)
    year.changes_epoch("Isla", "Callum")
    year.person_writes(person, "four")
    assert year.texts(person, "Callum", "Isla") == ["one", "two", "three", "four"]
    year.on_day(50)
    assert year.texts(person, "Moira") == ["one", "two", "three", "four"]
    year.replies("Moira", conversation, "five")

    # A lost passphrase: the sheet gives the same keys, and a new record takes the old one's place.
    sheet = " ".join(make_sheet(desk.keys["Callum"]))
    found, callum = open_sheet(desk.site, desk.keys["Callum"].counsellor_id, sheet), AtDesk(desk, "Callum")
    challenge = str(callum.call("POST", "vault/challenges", {}).json()["challenge"])
    proof = sign_vault_change(desk.site, found, challenge, record=encode(RECORD))
    assert callum.call("POST", "vault/records", {"record": encode(RECORD), **proof}).status_code == 201

    # Certificates end: Moira and Callum have new keys with the epoch that Isla opens, and Isla with the next one.
    renewed = {name: year.asks_to_renew(name) for name in ("Moira", "Callum", "Isla")}
    year.on_day(54)
    assert year.opens("Isla").status_code == 201
    moira_waits = AtDesk(desk, "Moira").call("GET", "me").json()
    assert moira_waits["other"]["pending"] is True
    assert year.confirms("Callum", renewed["Callum"]).status_code == 201
    for name in ("Moira", "Callum"):
        year.takes_over(name, renewed[name])
    assert year.texts(person, "Moira", "Callum", "Isla") == ["one", "two", "three", "four", "five"]
    year.on_day(66)
    year.changes_epoch("Moira", "Callum")
    year.takes_over("Isla", renewed["Isla"])
    assert year.texts(person, "Isla") == ["one", "two", "three", "four", "five"]

    # Isla is dismissed, and cannot stop it: neither her keys nor her word count any more.
    year.on_day(70)
    offboard(desk.members["Isla"].counsellor.account, at=year.at)
    assert kind_of(AtDesk(desk, "Moira").call("POST", "epochs", {"statement": "", "grants": []})) == "malformed"
    year.changes_epoch("Moira", "Callum")
    assert AtDesk(desk, "Isla").call("GET", "me").status_code in {302, 401, 403}

    # Somebody comes back after more than forty days, in two tabs at once.
    year.on_day(83)
    year.changes_epoch("Callum" if desk.certificates["Callum"].key_holder else "Moira", "Callum")
    year.on_day(92)
    assert year.texts(person, "Moira", "Callum") == ["one", "two", "three", "four", "five"]
    tabs = [Person(inbox=person.inbox), Person(inbox=person.inbox)]
    for tab in tabs:
        assert tab.come_back().status_code == 201
    sealed = [tab.sealed(text, year.at) for tab, text in zip(tabs, ("six", "seven"), strict=True)]
    assert tabs[0].call("POST", "inbox/envelopes", sealed[0]).status_code == 201
    refused = tabs[1].call("POST", "inbox/envelopes", sealed[1])
    assert (refused.status_code, kind_of(refused)) == (409, "conflict")
    again = seal_from_person(desk.site, person.inbox, tabs[1].thread(year.at), "seven")
    assert tabs[1].call("POST", "inbox/envelopes", again).status_code == 201
    # Two counsellors at once: one has it.
    assert AtDesk(desk, "Callum").reply(conversation, "eight", year.at).status_code == 403
    year.replies("Moira", conversation, "eight")
    assert year.texts(person, "Moira", "Callum")[-3:] == ["six", "seven", "eight"]

    # The words are used again after everything was deleted: nothing of the life before is in it.
    assert person.call("DELETE", "inbox").status_code == 204
    assert person.write_first("a new beginning", year.at).status_code == 201
    assert year.texts(person, "Moira", "Callum") == ["a new beginning"]

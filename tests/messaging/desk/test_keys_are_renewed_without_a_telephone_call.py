"""A counsellor renews in the browser, the root's keepers sign without a call, and the desk goes on with the same six words."""

import pytest
from playwright.sync_api import expect

from helpline.clock import now
from messaging.keys.own_keys import grant_candidates
from messaging.keys.registry import GrantIn, add_certificate, add_epoch
from messaging.models import Certificate, CertificateRequest, Epoch, Renewal, Vault
from messaging.protocol.days import day_of
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import open_desk_epoch
from messaging.protocol.peer.certificates import make_certificate
from messaging.protocol.wire import Certificate as Checked
from messaging.protocol.wire import Request
from tests.parts.axe import assert_accessible
from tests.parts.browser import PHONE, Visit
from tests.parts.environment import ROOT_SEED
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, open_first, said, sign_in, unlock
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def sign_the_renewal(people: People) -> None:
    """On the root's machine: the old certificate's key vouches for the request."""
    asked = Request.parse(Renewal.objects.get(member=people.bhavna.member).request)
    asked.check(people.site.site)
    asked.check_renewal(people.site.site, Checked.parse(Certificate.objects.get(member=people.bhavna.member).certificate))
    today = day_of(now())
    signed = make_certificate(ROOT_SEED, people.site, asked.raw, "Bhavna", key_holder=False, first_day=today, last_day=today + 99)
    add_certificate(certificate=signed, at=now())


def open_epoch(people: People, first_day: int) -> None:
    """By Ailsa, for everyone who is certified; it waits for a second person."""
    candidates = [encode(raw) for raw in grant_candidates(at=now())]
    body = open_desk_epoch(people.site, people.desk_of(people.ailsa), candidates, first_day, 14)
    grants = [GrantIn(decode(grant["certificate_id"]), grant["epoch"], decode(grant["wrapped"])) for grant in body["grants"]]
    add_epoch(statement=decode(body["statement"]), grants=grants, at=now(), by=people.ailsa.member)


def test_new_keys_and_nothing_is_lost(people: People, web_server: WebServer, visit: Visit) -> None:
    # Who is certified on the very day of an epoch has no word about the next.
    Epoch.objects.all().delete()
    open_epoch(people, day_of(now()) - 1)
    people.confirm(people.bhavna)
    Writer(people).first("I am frightened").given_to(people.bhavna.member)
    bhavna = visit("Bhavna", size=PHONE)
    page = bhavna.page
    sign_in(page, people.bhavna, "/desk/vault/")
    page.get_by_text("Renew it early, with new keys").click(timeout=PATIENCE)
    page.get_by_label("Your six words").fill(people.ailsa.passphrase)
    page.get_by_role("button", name="Renew my keys").click()
    expect(page.locator("#renewal-passphrase-error")).to_contain_text("does not open the vault", timeout=PATIENCE)
    assert_accessible(page)
    bhavna.screenshot("vault-renew-390")
    page.get_by_label("Your six words").fill(people.bhavna.passphrase)
    page.get_by_role("button", name="Renew my keys").click()
    expect(page.get_by_role("heading", name="Your recovery sheet")).to_be_focused(timeout=PATIENCE)
    page.get_by_role("button", name="It is on paper").click()
    said(page, "Your recovery sheet is on paper.")
    expect(page.get_by_text("You have asked for new keys. An admin takes the request")).to_be_visible()
    sign_the_renewal(people)
    page.reload()
    expect(page.get_by_text("Your renewed keys have a certificate.")).to_be_visible(timeout=PATIENCE)

    page.goto("/desk/")
    unlock(page, people.bhavna)
    open_first(page, "Mine")
    expect(page.get_by_text("I am frightened")).to_be_visible(timeout=PATIENCE)

    # Only her new keys are on its roster, and she confirms it with these.
    open_epoch(people, day_of(now()))
    page.goto("/desk/keys/")
    page.get_by_label("Passphrase of your vault").fill(people.bhavna.passphrase, timeout=PATIENCE)
    page.get_by_role("button", name="Unlock", exact=True).click()
    page.get_by_role("button", name="Confirm epoch 2").click(timeout=PATIENCE)
    expect(page.get_by_text("Messages are sealed for epoch 2")).to_be_visible(timeout=PATIENCE)
    page.goto("/desk/")
    unlock(page, people.bhavna)
    open_first(page, "Mine")
    expect(page.get_by_text("I am frightened")).to_be_visible(timeout=PATIENCE)
    assert (Renewal.objects.count(), Vault.objects.filter(member=people.bhavna.member).count()) == (0, 1)
    kept = CertificateRequest.objects.get(member=people.bhavna.member)
    newest = Certificate.objects.filter(member=people.bhavna.member).latest("pk")
    assert Checked.parse(newest.certificate).certifies(Request.parse(kept.request))
    assert kept.sheet_made_on == now().date()
    page.get_by_label("Your reply").fill("I am still here.")
    page.get_by_role("button", name="Send, signed").click()
    expect(page.get_by_role("list", name="Messages").get_by_text("I am still here.")).to_be_visible(timeout=PATIENCE)

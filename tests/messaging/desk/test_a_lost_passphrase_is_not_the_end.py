"""An admin throws away the vault that nobody can open; its counsellor makes a new one, and reads again what the desk can read."""

import pytest
from django.test import Client
from django.urls import reverse

from helpline.clock import now
from helpline.models import ProposedChange
from messaging.http.problems import Problem
from messaging.keys.own_keys import grant_candidates, own_keys
from messaging.keys.registry import GrantIn, add_certificate, add_epoch
from messaging.keys.vaults import store_vault
from messaging.models import Certificate, Vault
from messaging.protocol.days import day_of
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import make_passphrase, make_vault, open_desk, open_desk_epoch
from messaging.protocol.peer.certificates import make_certificate
from tests.parts.environment import ROOT_SEED
from tests.world.signing_in import sign_in
from tests.world.staff import DeskPerson, People
from tests.world.two import another, confirmed_and_done


def forget(client: Client, person: DeskPerson) -> int:
    """The answer to the admin; where it was taken, a second person has confirmed it, and its day is over."""
    status = int(client.post(reverse("desk:forget-vault", args=[person.member.pk])).status_code)
    if ProposedChange.objects.exists():
        confirmed_and_done(another(), at=now())
    return status


def test_the_new_vault_takes_the_place_of_the_old_one(people: People) -> None:
    at, bhavna = now(), people.bhavna.member
    old = bhavna.certificates.get()
    client = sign_in(people.admin)
    assert forget(client, people.bhavna) == 302
    page = client.get(reverse("desk:keys"))
    standing = next(one for one in page.context["holders"] if one.name == "Bhavna")
    assert (standing.has_vault, standing.request, standing.certified_until, standing.granted) == (False, None, None, False)
    answer = own_keys(bhavna, at=at)
    assert (answer["vaults"], answer["request"], answer["certificate"], answer["grants"]) == ([], None, None, [])
    assert bytes(old.certificate) not in grant_candidates(at=at)

    vault = make_vault(people.site, bytes(bhavna.public_id), make_passphrase())
    store_vault(bhavna, record=decode(vault.record), request=decode(vault.request), at=at)
    today = day_of(at)
    signed = make_certificate(
        ROOT_SEED, people.site, decode(vault.request), "Bhavna", key_holder=False, first_day=today, last_day=today + 90
    )
    add_certificate(certificate=signed, at=at)
    body = open_desk_epoch(people.site, people.desk_of(people.ailsa), [encode(raw) for raw in grant_candidates(at=at)], today, 35)
    grants = [GrantIn(decode(grant["certificate_id"]), grant["epoch"], decode(grant["wrapped"])) for grant in body["grants"]]
    add_epoch(statement=decode(body["statement"]), grants=grants, at=at, by=people.ailsa.member)
    people.confirm(None)
    desk = open_desk(people.site, vault.counsellor, own_keys(bhavna, at=at), today)
    assert (desk.troubles, sorted(desk.seeds)) == ([], [1, 2])
    # What was signed with the old keys can still be checked.
    assert Certificate.objects.get(pk=old.pk).withdrawn


def test_no_epoch_is_opened_any_more_with_the_keys_that_were_lost(people: People) -> None:
    body = open_desk_epoch(
        people.site, people.desk_of(people.ailsa), [encode(raw) for raw in grant_candidates(at=now())], day_of(now()), 35
    )
    grants = [GrantIn(decode(grant["certificate_id"]), grant["epoch"], decode(grant["wrapped"])) for grant in body["grants"]]
    assert forget(sign_in(people.admin), people.ailsa) == 302
    with pytest.raises(Problem, match="not-allowed"):
        add_epoch(statement=decode(body["statement"]), grants=grants, at=now(), by=people.ailsa.member)


def test_only_an_admin_throws_a_vault_away(people: People) -> None:
    before = Vault.objects.count()
    assert forget(Client(), people.bhavna) == 302  # to the sign-in
    assert forget(sign_in(people.ailsa), people.bhavna) == 403
    assert Vault.objects.count() == before

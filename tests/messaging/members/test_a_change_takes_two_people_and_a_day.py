"""What one hand could end the service with is proposed, told, confirmed by another, and done a day later; anyone concerned stops it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from helpline.clock import now
from helpline.four_eyes.changes import NotOpen, confirm_change, do_due_changes, propose_change, stop_change
from helpline.models import Account, AccountNotice, AuditEntry, ProposedChange
from tests.world.signing_in import sign_in
from tests.world.staff import People
from tests.world.together import together
from tests.world.two import another, confirmed_and_done, newest

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def forget(people: People, client: Client | None = None) -> ProposedChange:
    (client or sign_in(people.admin)).post(reverse("desk:forget-vault", args=[people.bhavna.member.pk]))
    return newest()


def test_a_vault_stands_until_another_has_confirmed_it_and_a_day_is_over(people: People) -> None:
    lead, change = another(), forget(people)
    do_due_changes(at=change.due_at + DAY)
    assert people.bhavna.member.vaults.exists(), "nobody has confirmed it"
    confirm_change(change.pk, by=lead, at=now())
    do_due_changes(at=change.proposed_at + DAY - timedelta(seconds=1))
    assert people.bhavna.member.vaults.exists(), "its day is not over"
    do_due_changes(at=change.proposed_at + DAY)
    assert not people.bhavna.member.vaults.exists()
    change.refresh_from_db()
    assert (change.state, change.proposed_by, change.confirmed_by) == ("done", people.admin.account, lead)
    steps = AuditEntry.objects.filter(what="delete a vault").order_by("pk").values_list("account__name", "action", "about__name")
    assert list(steps) == [("Alex", "proposed", "Bhavna"), ("Sorley", "confirmed", "Bhavna"), ("Alex", "done", "Bhavna")]


def test_nobody_confirms_what_they_proposed_and_no_counsellor_confirms(people: People) -> None:
    another()
    change = forget(people)
    for account in (people.admin.account, people.ailsa.account, people.bhavna.account):
        with pytest.raises(PermissionDenied):
            confirm_change(change.pk, by=account, at=now())
    with pytest.raises(IntegrityError), transaction.atomic():
        ProposedChange.objects.update(confirmed_by=people.admin.account, confirmed_at=now(), state="confirmed")


@pytest.mark.parametrize("who", ["the one concerned", "a lead", "the admin"])
@pytest.mark.parametrize("confirmed", [False, True])
def test_anyone_concerned_stops_it_with_one_press(people: People, who: str, confirmed: bool) -> None:
    lead, change = another(), forget(people)
    if confirmed:
        confirm_change(change.pk, by=lead, at=now())
    client = Client()
    client.force_login({"the one concerned": people.bhavna.account, "a lead": lead, "the admin": people.admin.account}[who])
    page = client.get(reverse("desk:waiting")).content.decode()
    assert "Delete a vault: Bhavna" in page
    assert client.post(reverse("desk:stop-change", args=[change.pk])).status_code == 302
    do_due_changes(at=change.due_at + DAY)
    assert people.bhavna.member.vaults.exists()
    assert client.post(reverse("desk:stop-change", args=[change.pk])).status_code == 302, "twice is once"
    with pytest.raises(NotOpen):
        confirm_change(change.pk, by=another("Una"), at=now())


def test_a_stranger_to_it_neither_sees_nor_stops_it(people: People) -> None:
    another()
    change, ailsa = forget(people), sign_in(people.ailsa)
    assert "Bhavna" not in ailsa.get(reverse("desk:waiting")).content.decode()
    assert ailsa.post(reverse("desk:stop-change", args=[change.pk])).status_code == 403
    assert ailsa.post(reverse("desk:confirm-change", args=[change.pk])).status_code == 403
    change.refresh_from_db()
    assert change.is_open


def test_everyone_concerned_is_told_at_once(people: People, settings: Settings) -> None:
    settings.SENDS_EMAIL = True
    lead = another()
    forget(people)
    told = set(AccountNotice.objects.filter(kind="proposed").values_list("address", flat=True))
    assert told == {people.bhavna.email, people.admin.email, lead.email}


def test_what_nobody_confirms_is_over_after_two_weeks(people: People) -> None:
    lead, change = another(), forget(people)
    do_due_changes(at=change.expires_at)
    change.refresh_from_db()
    assert change.state == "expired"
    with pytest.raises(NotOpen):
        confirm_change(change.pk, by=lead, at=change.expires_at)
    assert people.bhavna.member.vaults.exists()


def test_one_of_a_kind_waits_for_a_subject(people: People) -> None:
    another()
    client = sign_in(people.admin)
    forget(people, client)
    forget(people, client)
    assert ProposedChange.objects.count() == 1


def test_someone_alone_waits_a_week_and_everyone_is_told_and_can_stop_it(people: People, settings: Settings) -> None:
    settings.SENDS_EMAIL = True
    change = forget(people)
    assert change.alone
    told = set(AccountNotice.objects.filter(kind="proposed").values_list("address", flat=True))
    assert told == {each.email for each in (people.ailsa, people.bhavna, people.stranger, people.admin)}
    ailsa = sign_in(people.ailsa)
    assert "Delete a vault: Bhavna" in ailsa.get(reverse("desk:waiting")).content.decode()
    do_due_changes(at=change.proposed_at + 7 * DAY - timedelta(seconds=1))
    assert people.bhavna.member.vaults.exists()
    stop_change(change.pk, by=people.ailsa.account, at=now())
    do_due_changes(at=change.proposed_at + 7 * DAY)
    assert people.bhavna.member.vaults.exists()
    again = forget(people)
    do_due_changes(at=again.proposed_at + 7 * DAY)
    assert not people.bhavna.member.vaults.exists()


@pytest.mark.django_db(transaction=True)
def test_of_three_workers_one_does_it(people: People) -> None:
    lead, change = another(), forget(people)
    confirm_change(change.pk, by=lead, at=now())
    done = together(lambda _: do_due_changes(at=change.due_at), range(3))
    assert sorted(done) == [0, 0, 1]
    assert AuditEntry.objects.filter(action="done").count() == 1


def test_what_is_no_longer_as_it_was_is_not_done_and_says_why(people: People) -> None:
    lead, who = another(), people.bhavna.account
    propose_change(
        ProposedChange.Kind.ACCOUNT,
        subject=f"account {who.pk}",
        what="Bhavna",
        by=people.admin.account,
        at=now(),
        account=who,
        before={"email": who.email},
        after={"email": "elsewhere@helpline.example"},
    )
    Account.objects.filter(pk=who.pk).update(email="third@helpline.example")
    change = confirmed_and_done(lead, at=now())
    assert (change.state, change.reason) == ("failed", "The account was changed since.")
    assert Account.objects.get(pk=who.pk).email == "third@helpline.example"

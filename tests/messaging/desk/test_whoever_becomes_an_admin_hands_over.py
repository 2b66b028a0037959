"""A counsellor is made an admin: what that means is said first, then done as when somebody leaves; nobody counts on them any more."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from helpline.calendar import Interval
from helpline.hours.channels import both_channels_availability
from helpline.hours.on_duty import counsellors_on_duty
from helpline.models import Account, Counsellor, ProposedChange, Shift, WeeklyPattern
from helpline.organisation import organisation
from helpline.rota.form_fields import PersonField
from helpline.rota.snapshot import days_around, load_rota_snapshot
from helpline.rota.swaps import NotFreeForShift, check_free_for_shift
from helpline.staff.recipients import counsellor_accounts
from messaging.desk.notes import reading_colleagues
from messaging.housekeeping import sweep_up
from messaging.keys.own_keys import grant_candidates
from messaging.keys.readers import readers_who_left
from messaging.models import Conversation
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, Desk, open_helpline, put_on_duty, send
from tests.world.noon import clock
from tests.world.person import AtDesk, set_clock
from tests.world.signing_in import proved
from tests.world.two import another, confirmed_and_done

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
__all__ = ["clock"]


@pytest.fixture
def desk(db: None) -> Desk:
    set_clock(NOON)
    return open_helpline("Moira", "Callum")


@pytest.fixture
def admin(desk: Desk) -> Client:
    account = Account.objects.create_user("alex@example.org", None, name="Alex", role=Account.Role.ADMIN, is_superuser=True)
    Authenticator.objects.create(user_id=account.pk, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    client = Client()
    client.force_login(account)
    return proved(client, account)


def changed(admin: Client, desk: Desk, name: str = "Moira", **more: str) -> Any:
    account = desk.members[name].counsellor.account
    values = {"name": account.name, "email": account.email, "role": "admin", "is_active": "on"} | more
    answer = admin.post(f"/desk/admin/helpline/account/{account.pk}/change/", values)
    if ProposedChange.objects.filter(state__in=ProposedChange.OPEN).exists():
        second = Account.objects.filter(name="Sorley").first() or another()
        assert confirmed_and_done(second, at=NOON).state == "done"
    return answer


def role(desk: Desk, name: str = "Moira") -> str:
    return Account.objects.get(pk=desk.members[name].counsellor.account_id).role


def test_what_would_come_of_it_is_said_and_nothing_done_before_it_is_meant(admin: Client, desk: Desk) -> None:
    moira = desk.members["Moira"]
    put_on_duty(moira, NOON + 2 * DAY)
    WeeklyPattern.objects.create(counsellor=moira.counsellor, channel="messages", weekday=0, starts=540, ends=780, starts_on=NOON.date())
    AtDesk(desk, "Moira").claim(send().conversation)
    page = changed(admin, desk).content.decode()
    assert "Future shifts that come off the rota: 1. Weekly patterns that end: 1. Open conversations that go back to the queue: 1." in page
    assert (role(desk), Shift.objects.filter(counsellor=moira.counsellor).count()) == ("counsellor", 2)

    assert changed(admin, desk, hand_over="on").status_code == 302
    assert role(desk) == "admin"
    assert not Shift.objects.filter(counsellor=moira.counsellor, starts_at__gt=NOON).exists()
    assert not WeeklyPattern.objects.filter(ends_on=None).exists()
    assert Conversation.objects.get().state == "waiting"
    assert readers_who_left(at=NOON) == ["Moira"]
    assert not moira.vaults.exists()


def test_the_only_reader_is_named_and_keeps_the_vault(admin: Client, desk: Desk) -> None:
    changed(admin, desk, "Callum", hand_over="on")
    assert "Nobody else can read epoch 1" in changed(admin, desk).content.decode()
    changed(admin, desk, hand_over="on")
    assert desk.members["Moira"].vaults.exists()
    assert not both_channels_availability(at=NOON).takes_messages


def test_whoever_has_nothing_at_stake_is_changed_at_once(admin: Client, desk: Desk) -> None:
    other = Account.objects.create_user("olga@example.org", None, name="Olga", role=Account.Role.LEAD)
    desk.members["Olga"] = type("Member", (), {"counsellor": type("Of", (), {"account": other, "account_id": other.pk})()})()
    assert changed(admin, desk, "Olga").status_code == 302
    assert role(desk, "Olga") == "admin"
    assert changed(admin, desk, "Callum", role="lead").status_code == 302
    assert desk.members["Callum"].vaults.exists()


def test_however_the_role_was_changed_nobody_counts_on_an_admin(desk: Desk) -> None:
    """At the command line, or by a programme of before: the rows say admin, and nothing was handed over."""
    moira, callum = desk.members["Moira"], desk.members["Callum"]
    send()
    AtDesk(desk, "Moira").claim(Conversation.objects.get().conversation_id)
    Account.objects.filter(pk=moira.counsellor.account_id).update(role=Account.Role.ADMIN)
    moira.counsellor.account.refresh_from_db()
    assert counsellors_on_duty(channel="messages", at=NOON) == [callum.counsellor_id]
    assert sweep_up(at=NOON) + route_waiting(at=NOON) == 1
    assert Conversation.objects.get().member == callum
    own = organisation()
    shift = Shift.objects.get(counsellor=moira.counsellor)
    assert moira.counsellor_id not in load_rota_snapshot(days_around([Interval(shift.starts_at, shift.ends_at)], own), own=own).active
    assert moira.counsellor not in PersonField.offered()
    assert moira.counsellor.account_id not in counsellor_accounts()
    assert reading_colleagues(callum, at=NOON) == []
    assert len(grant_candidates(at=NOON)) == 1
    assert readers_who_left(at=NOON) == ["Moira"]
    with pytest.raises(NotFreeForShift):
        check_free_for_shift(Counsellor.objects.get(pk=moira.counsellor_id), shift)

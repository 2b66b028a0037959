"""A helpline in Scotland with its terms and a campaign, and pages asked for at an instant of the test's choosing."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from helpline.calendar import Hours
from helpline.hours.set_week import set_opening_week
from helpline.models import Account, Campaign, ConfidentialityTerms, Counsellor, Figure, Organisation, Shift
from messaging.keys.registry import make_desk_member
from tests.helpline.pages.asking import WEDNESDAY, Get
from tests.world.able import give_keys, reader


@pytest.fixture
def helpline(db: None, client_build: object) -> Organisation:
    """Open nine to five on working days; one version of the terms; a campaign with a figure."""
    own = Organisation.objects.create(
        pk=1, name="Helpline under test", phone="0800 000 0000", concern_phone="0131 496 0000", nation="scotland", demonstration=True
    )
    for channel in ("phone", "messages"):
        set_opening_week(channel=channel, week={weekday: [Hours(540, 1020)] for weekday in range(5)})
    # What a desk writes in its statements is of no concern here: only that there is one, and a reader, so that messages are taken.
    reader()
    ConfidentialityTerms.objects.create(version=1, text="The first words.\n\nThey have two paragraphs.", published_on=date(2026, 11, 1))
    campaign = Campaign.objects.create(name="A campaign", starts_on=date(2026, 11, 16), ends_on=date(2026, 12, 13), message="Its message.")
    Figure.objects.create(campaign=campaign, statement="Nearly 1,600 reports.", source="The police", dated="March 2019")
    return own


@pytest.fixture
def somebody_there(helpline: Organisation) -> None:
    """Anna answers phone and Ben messages, all Wednesday; whether Ben came to the desk is of no concern."""
    Organisation.objects.update(seen_minutes=360)
    for name, channel in (("Anna", "phone"), ("Ben", "messages")):
        account = Account.objects.create(email=f"{name.lower()}@helpline.example", name=name)
        counsellor = Counsellor.objects.create(account=account, display_name=name)
        if channel == "messages":
            give_keys(make_desk_member(counsellor))
        for start in (9, 13):
            begins = WEDNESDAY.replace(hour=start)
            Shift.objects.create(counsellor=counsellor, channel=channel, starts_at=begins, ends_at=begins + timedelta(hours=4))


@pytest.fixture
def get(client: Client, settings: Settings) -> Get:
    """get("/write", at=…): the page as it is at that instant."""

    def ask(path: str, at: datetime = WEDNESDAY) -> Any:
        settings.CLOCK_OFFSET = at - datetime.now(UTC) + timedelta(milliseconds=1)
        return client.get(path)

    return ask

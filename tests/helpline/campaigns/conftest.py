"""A campaign of four weeks with two adverts: one leads to a page, one to the start."""

from datetime import date

import pytest

from helpline.models import Advert, Campaign, Organisation, Page
from tests.parts.counted import nothing_counted

__all__ = ["nothing_counted"]


@pytest.fixture
def own(db: None, client_build: object) -> Organisation:
    return Organisation.objects.create(pk=1, name="Helpline under test", phone="0800 000 0000", nation="scotland")


@pytest.fixture
def campaign(own: Organisation) -> Campaign:
    return Campaign.objects.create(name="A campaign", starts_on=date(2026, 11, 16), ends_on=date(2026, 12, 13), message="Its message.")


@pytest.fixture
def billboard(campaign: Campaign) -> Advert:
    page = Page.objects.create(
        slug="me", kind=Page.Kind.WAY_IN, audience=Page.Audience.SELF, title="About me", summary="For you.", body="Read.", published=True
    )
    return Advert.objects.create(
        campaign=campaign, kind=Advert.Kind.BILLBOARD, name="At the station", code="k7mt", page=page, headline="Get help", line="In time."
    )


@pytest.fixture
def phone_box(campaign: Campaign) -> Advert:
    return Advert.objects.create(
        campaign=campaign, kind=Advert.Kind.PHONE_BOX, name="In the High Street", code="phx4", headline="Ring us", line="It is free."
    )

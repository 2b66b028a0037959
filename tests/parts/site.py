"""A site with everything on it that people read."""

from datetime import date, timedelta

from helpline.clock import now
from helpline.models import Advert, Campaign, Figure, Page
from helpline.pages.import_content import import_content
from tests.world.about import tell_about_us


def fill_site() -> None:
    """The pages that come with the service, and a campaign that runs, with a figure and an advert."""
    import_content()
    tell_about_us()
    today: date = now().date()
    campaign = Campaign.objects.create(
        name="A campaign", starts_on=today - timedelta(days=7), ends_on=today + timedelta(days=20), message="Its message."
    )
    campaign.pages.set(Page.objects.filter(kind=Page.Kind.WAY_IN))
    Figure.objects.create(campaign=campaign, statement="Nearly 1,600 reports.", source="The police", dated="March 2019")
    landing = Page.objects.filter(slug="1").first()
    Advert.objects.create(
        campaign=campaign,
        kind=Advert.Kind.PHONE_BOX,
        name="Box",
        code="abc",
        page=landing,
        headline="Get help",
        line="Before it is too late.",
    )

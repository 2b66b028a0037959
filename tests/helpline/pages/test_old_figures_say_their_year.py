"""A campaign's figures say their year plainly when they are old, wherever they stand."""

from datetime import date

import pytest

from helpline.models import Campaign, Figure, Organisation
from tests.helpline.pages.asking import WEDNESDAY, Get

SAID = "These figures are from"


@pytest.mark.parametrize("path", ["/", "/campaign"])
@pytest.mark.parametrize(
    ("dated", "said"),
    [
        (["March 2019"], "2019"),
        (["2018–19"], "2018"),
        (["March 2019", "April 2021 to March 2022"], "2022"),
        (["March 2023"], None),
        (["March 2019", "June 2026"], None),
        (["last spring"], None),
        ([], None),
    ],
)
def test_figures_of_more_than_three_years_ago_say_so(
    helpline: Organisation, get: Get, path: str, dated: list[str], said: str | None
) -> None:
    Figure.objects.all().delete()
    campaign = Campaign.objects.get()
    for number, each in enumerate(dated):
        Figure.objects.create(campaign=campaign, statement="A figure.", source="The police", dated=each, position=number)
    html = get(path).content.decode()
    assert (SAID in html) == (said is not None)
    assert said is None or f"{SAID} {said}." in html
    # The same page, asked for in a later year.
    Campaign.objects.update(ends_on=date(2031, 1, 1))
    assert (SAID in get(path, WEDNESDAY.replace(year=2030)).content.decode()) == (dated not in ([], ["last spring"]))

"""Whatever colour an organisation has, text on it and in it can be read, by day and by night."""

import re

from hypothesis import given
from hypothesis import strategies as st

from helpline.branding import DAY, NIGHT, Look, colour_contrast
from helpline.models import Organisation
from tests.helpline.pages.asking import Get


@given(st.integers(0, 0xFFFFFF))
def test_contrast_is_enough(number: int) -> None:
    look = Look.of(f"#{number:06x}")
    assert colour_contrast(look.light, DAY) >= 4.5
    assert colour_contrast(look.light, look.on_light) >= 4.5
    assert colour_contrast(look.dark, NIGHT) >= 7
    assert colour_contrast(look.dark, look.on_dark) >= 7


def test_a_colour_that_can_be_read_already_stays_as_it_is() -> None:
    assert Look.of("#1d3f72").light == "#1d3f72"


def test_contrast_is_that_of_the_guidelines() -> None:
    assert colour_contrast("#000000", "#ffffff") == 21
    assert round(colour_contrast("#767676", "#ffffff"), 2) == 4.54


def test_the_page_names_the_style_sheet_with_its_version(helpline: Organisation, get: Get) -> None:
    before = re.search(r'href="(/look\.css\?[0-9a-f]{8})"', get("/").content.decode())
    assert before
    assert "--brand:#1d3f72" in get(before[1]).content.decode()
    Organisation.objects.update(brand_colour="#7a1f3d")
    after = re.search(r'href="(/look\.css\?[0-9a-f]{8})"', get("/").content.decode())
    assert after
    assert after[1] != before[1]

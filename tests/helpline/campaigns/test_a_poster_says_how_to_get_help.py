"""Posters and pictures: of the right size, readable aloud, their words as data, and with a code that a phone reads from a spoilt print."""

import io
import re
import struct
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import segno
import zxingcpp
from django.conf import settings
from PIL import Image, ImageDraw, ImageFilter

from helpline.calendar import Hours
from helpline.campaigns.posters import FORMATS, draw_poster, poster_content
from helpline.hours.set_week import set_opening_week
from helpline.models import Advert, Organisation

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
PAPER = [form for form in FORMATS.values() if not form.picture]
PICTURES = [form for form in FORMATS.values() if form.picture]
MILLIMETRES = {"poster-a4": [210, 297], "poster-a3": [297, 420], "billboard": [609.6, 304.8]}
# Each would be a command, markup or an end of something in the drawing's own language, or in JSON.
COMMANDS = '#panic("x") $x$ *b* _c_ @ref <label> \\u{41} "]) // /* ` = - {'


@pytest.fixture
def content(own: Organisation, billboard: Advert) -> dict[str, Any]:
    return poster_content(billboard, at=AT)


def picture(content: dict[str, Any], name: str) -> Image.Image:
    """A print, as an eye or a camera sees it."""
    return Image.open(io.BytesIO(draw_poster(content, replace(FORMATS[name], picture=True)))).convert("L")


def test_it_says_the_number_the_hours_the_short_address_and_where_else_there_is_help(own: Organisation, billboard: Advert) -> None:
    set_opening_week(channel="phone", week={**{weekday: [Hours(540, 1020)] for weekday in range(5)}, 6: [Hours(600, 720), Hours(780, 960)]})
    own.name, own.demonstration = "Help & Co", True
    own.save()
    said = poster_content(billboard, at=AT)
    assert (said["language"], said["title"], said["phone"]) == ("en", "Help & Co: Get help", "0800 000 0000")
    assert said["hours"] == ["Monday to Friday, 9am to 5pm", "Sunday, 10am to midday, 1pm to 4pm"]
    assert said["link"] == f"{settings.ORIGIN}/c/k7mt"
    assert said["address"] == f"{settings.ORIGIN.partition('://')[2]}/c/k7mt"
    assert "999" in said["crisis"][0]
    assert "0800\N{NO-BREAK SPACE}1111" in said["crisis"][1]
    assert said["demonstration"].startswith("Demonstration.")


def test_it_speaks_the_language_of_its_page(content: dict[str, Any], billboard: Advert) -> None:
    assert billboard.page
    billboard.page.language = "pl"
    assert poster_content(billboard, at=AT)["language"] == "pl"
    assert b"/Lang(pl)" in draw_poster(poster_content(billboard, at=AT), FORMATS["poster-a4"])


@pytest.mark.parametrize("form", PICTURES, ids=lambda form: form.name)
def test_a_picture_has_exactly_its_pixels(content: dict[str, Any], form: Any) -> None:
    drawn = draw_poster(content, form)
    assert struct.unpack(">II", drawn[16:24]) == tuple(map(int, form.name.split("x")))


@pytest.mark.parametrize("form", PAPER, ids=lambda form: form.name)
def test_a_poster_is_one_page_that_can_be_read_aloud(content: dict[str, Any], form: Any) -> None:
    drawn = draw_poster(content, form)
    for part in (b"/Count 1/", b"<pdfuaid:part>1<", b"/StructTreeRoot", b"/Marked true", b"/Lang(en)", b"/DisplayDocTitle true", b"/H1"):
        assert part in drawn, part
    assert f"/Alt(QR code for {content['link']})".encode() in drawn
    box = re.search(rb"/MediaBox\[0 0 ([0-9.]+) ([0-9.]+)\]", drawn)
    assert box
    assert [round(float(side) * 25.4 / 72, 1) for side in box.groups()] == MILLIMETRES[form.name]
    # Its fonts are in it, and nothing of it is elsewhere.
    assert b"/FontFile3" in drawn
    assert b"/URI" not in drawn


@pytest.mark.parametrize("form", [FORMATS["poster-a4"], FORMATS["billboard"], FORMATS["1500x500"]], ids=lambda form: form.name)
def test_whatever_an_advert_says_is_text(content: dict[str, Any], form: Any) -> None:
    for name in ("headline", "line", "organisation", "phone", "title"):
        content[name] = COMMANDS
    assert draw_poster(content, form)


def test_no_length_of_words_pushes_anything_off_the_page(content: dict[str, Any]) -> None:
    """What stands below the headline stays where it is: the lower half is the same, however much the advert says."""
    short = picture(content, "poster-a4")
    content.update(headline="A very long headline of many words, " * 2, line="And a sentence that is just as long as it may be. " * 4)
    long = picture(content, "poster-a4")
    lower = (0, round(short.height * 0.51), short.width, short.height)
    assert short.crop(lower).tobytes() == long.crop(lower).tobytes()


@pytest.mark.parametrize("name", ["poster-a4", "poster-a3", "billboard"])
def test_a_phone_reads_the_code(content: dict[str, Any], name: str) -> None:
    found = zxingcpp.read_barcodes(picture(content, name))
    assert [(one.text, str(one.ec_level)) for one in found] == [(content["link"], "Q")]


def test_a_phone_reads_it_from_afar_askew_blurred_and_scratched(content: dict[str, Any]) -> None:
    whole = picture(content, "poster-a4")
    for spoilt in (
        whole.resize((whole.width // 2, whole.height // 2)),
        whole.rotate(11, expand=True, fillcolor=128),
        whole.filter(ImageFilter.GaussianBlur(1)),
        whole.point(lambda value: 90 + value // 4),
    ):
        assert [one.text for one in zxingcpp.read_barcodes(spoilt)] == [content["link"]]
    found = zxingcpp.read_barcodes(whole)[0].position
    pen = ImageDraw.Draw(whole)
    middle = ((found.top_left.x + found.bottom_right.x) // 2, (found.top_left.y + found.bottom_right.y) // 2)
    pen.line([middle[0] - 12, middle[1] - 12, middle[0] + 12, middle[1] + 14], fill=255, width=7)
    assert [one.text for one in zxingcpp.read_barcodes(whole)] == [content["link"]]


def test_there_is_nothing_near_the_code(content: dict[str, Any]) -> None:
    """Four modules of white around it, as the standard asks."""
    whole = picture(content, "poster-a4")
    found = zxingcpp.read_barcodes(whole)[0].position
    side = segno.make(content["link"], error="q", micro=False, boost_error=False).symbol_size(border=0)[0]
    quiet = 4 * (found.top_right.x - found.top_left.x) / side - 2
    ring = (found.top_left.x - quiet, found.top_left.y - quiet, found.bottom_right.x + quiet, found.bottom_right.y + quiet)
    inside = (found.top_left.x - 2, found.top_left.y - 2, found.bottom_right.x + 2, found.bottom_right.y + 2)
    pen = ImageDraw.Draw(whole)
    pen.rectangle(inside, fill=255)
    left, top, right, bottom = (round(edge) for edge in ring)
    assert whole.crop((left, top, right, bottom)).getextrema() == (255, 255)

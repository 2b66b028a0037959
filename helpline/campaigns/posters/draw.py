"""An advert as a poster or a picture: its words as data, its drawing by `poster.typ`.

The words reach the drawing as one JSON value and are set as text. They are never written into its source, so nothing in them is a command.
"""

import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from helpline import organisation
from helpline.branding import DAY, INK, WHITE, Look, colour_contrast
from helpline.calendar import Calendar
from helpline.campaigns.posters.formats import PosterFormat
from helpline.hours import channels
from helpline.hours.timetable import hours_timetable
from helpline.models import Advert, Organisation
from helpline.models.hours import Channel

SOURCE = Path(__file__).with_name("poster.typ")
QUIET_ZONE = 4  # Modules of nothing around the code, as ISO/IEC 18004 asks.
PIXELS_A_POINT = 72
# Those that the library brings: the same poster on every machine.
FONTS = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
CHILDLINE = "0800\N{NO-BREAK SPACE}1111"


def poster_content(advert: Advert, *, at: datetime) -> dict[str, Any]:
    """Everything that the poster says, in the language of the page that it leads to."""
    own = organisation.organisation()
    with translation.override(advert.page.language if advert.page else settings.LANGUAGE_CODE):
        calendar = channels.channel_calendar(own, channel=Channel.PHONE, at=at)
        return {"language": (translation.get_language() or "en")[:2], **poster_words(advert, own, poster_hours(calendar, at=at))}


def poster_hours(calendar: Calendar, *, at: datetime) -> list[str]:
    """When someone answers the phone, a line for days that are alike: "Monday to Friday, 9am to 5pm"."""
    week = hours_timetable({Channel.PHONE: calendar}, calendar.zone, at.astimezone(calendar.zone).date()).week
    # Room is scarce: when it is closed is told by when it is open.
    return [f"{row.days}, {row.hours[0]}" for row in week if row.hours[0] != _("Closed")]


def poster_words(advert: Advert, own: Organisation, hours: list[str]) -> dict[str, Any]:
    """The words as data for the drawing, in the language of the moment."""
    address = f"{settings.ORIGIN}{reverse('advert', args=[advert.code])}"
    look = Look.of(own.brand_colour)
    # The brand's own colour is the ground; a bright one has dark letters on it.
    on_ground = max(WHITE, INK, key=lambda letters: colour_contrast(letters, own.brand_colour))
    return {
        "title": _("%(organisation)s: %(headline)s") % {"organisation": own.name, "headline": advert.headline},
        "organisation": own.name,
        "headline": advert.headline,
        "line": advert.line,
        "call": _("Call free"),
        "phone": own.phone,
        "hours": hours,
        "private": _("Free and confidential. You do not have to give your name."),
        "write": _("Or write to us, day or night"),
        "address": address.partition("://")[2],
        "link": address,
        "crisis": [_("In danger now? Call 999."), _("Under 18? Call Childline on %(number)s, free, at any time.") % {"number": CHILDLINE}],
        "demonstration": _("Demonstration. Do not put this up: nobody is reading.") if own.demonstration else "",
        "code": _qr(address),
        "code_says": _("QR code for %(address)s") % {"address": address},
        "colours": {"ground": own.brand_colour, "on_ground": on_ground, "brand": look.light, "paper": DAY, "ink": INK},
    }


def _qr(address: str) -> str:
    """As SVG; a quarter of it may be torn or scratched (level Q), for a poster hangs outside."""
    drawing = io.BytesIO()
    segno.make(address, error="q", micro=False, boost_error=False).save(
        drawing, kind="svg", border=QUIET_ZONE, dark="#000000", light="#ffffff", xmldecl=False, svgns=True, omitsize=True
    )
    return drawing.getvalue().decode()


class PosterCannotBeDrawn(Exception):
    """Something that the poster says has a sign that its fonts lack."""


def poster_can_be_drawn(text: str) -> bool:
    """Whether the posters' fonts have every sign of the text: a document for everyone (PDF/UA) is refused where one is missing."""
    source = b'#set document(title: "Text")\n#set text(font: "Libertinus Serif")\n#sys.inputs.text'
    try:
        typst.compile(source, format="pdf", pdf_standards=["ua-1"], sys_inputs={"text": text}, font_paths=FONTS)
    except typst.TypstError:
        return False
    return True


def draw_poster(content: dict[str, Any], form: PosterFormat) -> bytes:
    """A PDF with structure, language and title for people who have it read aloud (PDF/UA-1), or a PNG of exactly the format's pixels.

    Raises:
        PosterCannotBeDrawn
    """
    shape = {"layout": form.layout, "width": form.width, "height": form.height, "with_code": form.code}
    arguments: dict[str, Any] = {
        "root": SOURCE.parent,
        "sys_inputs": {"data": json.dumps({**content, **shape})},
        "font_paths": FONTS,
    }
    try:
        if form.picture:
            drawn = typst.compile(SOURCE, format="png", ppi=PIXELS_A_POINT, **arguments)
        else:
            drawn = typst.compile(SOURCE, format="pdf", pdf_standards=["ua-1"], **arguments)
    except typst.TypstError as error:
        raise PosterCannotBeDrawn from error
    assert isinstance(drawn, bytes)  # noqa: S101 - one page, no output file: the library says so
    return drawn

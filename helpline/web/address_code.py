"""The first page's address as a square code, for another device to read."""

import io
from functools import cache

import segno
from django.conf import settings

# All that such a drawing is: a white ground and black strokes, and nothing that loads or runs.
FORM = (
    r'<\?xml version="1\.0" encoding="utf-8"\?>\n<svg xmlns="http://www\.w3\.org/2000/svg" viewBox="0 0 [0-9]+ [0-9]+" class="segno">'
    r'<path fill="#fff" d="[Mhvz0-9 .-]+"/><path class="qrline" stroke="#000" d="[Mmhz0-9 .-]+"/></svg>\n'
)


@cache
def address_code() -> bytes:
    """SVG of the form FORM, the same for everyone."""
    drawing = io.BytesIO()
    # Read from a bright screen nearby: the plainest code, with the empty edge of four modules that ISO/IEC 18004 asks for.
    segno.make(f"{settings.ORIGIN}/", error="m", micro=False).save(drawing, kind="svg", border=4, dark="#000", light="#fff", omitsize=True)
    return drawing.getvalue()

"""The sizes that an advert is made in. PURE."""

from dataclasses import dataclass

PER_MILLIMETRE = 72 / 25.4


@dataclass(frozen=True)
class PosterFormat:
    """A page: its layout in poster.typ, its size in points (a picture's pixels), and the kinds of advert that it is usual for."""

    name: str
    label: str
    layout: str
    width: float
    height: float
    picture: bool
    usual_for: str
    code: bool

    @property
    def ending(self) -> str:
        """The file name's."""
        return "png" if self.picture else "pdf"

    @property
    def content_type(self) -> str:
        return "image/png" if self.picture else "application/pdf"


def _paper(name: str, label: str, layout: str, millimetres: tuple[float, float], usual_for: str) -> PosterFormat:
    width, height = (side * PER_MILLIMETRE for side in millimetres)
    return PosterFormat(name, label, layout, width, height, picture=False, usual_for=usual_for, code=True)


def _picture(layout: str, label: str, width: int, height: int) -> PosterFormat:
    # Who sees it holds a phone already, so there is no code to scan on it.
    return PosterFormat(f"{width}x{height}", label, layout, width, height, picture=True, usual_for="social", code=False)


FORMATS = {
    one.name: one
    for one in (
        _paper("poster-a4", "Poster, A4, for a phone box or a notice board", "tall", (210, 297), "phone-box"),
        _paper("poster-a3", "Poster, A3", "tall", (297, 420), "phone-box"),
        _paper("billboard", "Billboard, 48 sheets, at a tenth of its size (609.6 mm by 304.8 mm)", "wide", (609.6, 304.8), "billboard"),
        _picture("square", "Picture, square, for a feed", 1080, 1080),
        _picture("square", "Picture, upright, for a feed", 1080, 1350),
        _picture("tall", "Picture, for a story", 1080, 1920),
        _picture("wide", "Picture, for a link", 1200, 630),
        _picture("wide", "Picture, for a page's head", 1500, 500),
    )
}

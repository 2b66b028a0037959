"""The organisation's own colour, made readable on every ground (WCAG 2.2, 1.4.3). PURE."""

import base64
import colorsys
import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache

WHITE, INK, DAY, NIGHT = "#ffffff", "#16191d", "#fbf7f0", "#10151d"
READABLE, READABLE_AT_NIGHT = 4.5, 7.0
# The file's form, for whoever checks what a site serves: four colours and nothing else.
_COLOURS = r":root\{--brand:#[0-9a-f]{6};--on-brand:#[0-9a-f]{6}\}"
FORM = _COLOURS + r"@media \(prefers-color-scheme:dark\)\{" + _COLOURS + r"\}"
STEP = 0.05
# White mixed in makes a colour dull, like a button that cannot be pressed. At night a colour keeps its hue, and is this much stronger.
STRONGER = 1.5


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def colour_contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2 between two colours written #rrggbb, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _mixed(colour: str, towards: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(towards), strict=True)
    return "#" + "".join(f"{round(255 * (own * (1 - share) + other * share)):02x}" for own, other in pairs)


def _readable_by_day(colour: str) -> str:
    for step in range(round(1 / STEP) + 1):
        mixed = _mixed(colour, INK, step * STEP)
        if colour_contrast(mixed, DAY) >= READABLE:
            return mixed
    return INK


def _readable_at_night(colour: str) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    stronger = min(1.0, saturation * STRONGER)
    for step in range(round((1 - lightness) / STEP) + 1):
        lit = colorsys.hls_to_rgb(hue, lightness + step * STEP, stronger)
        written = "#" + "".join(f"{round(255 * min(1.0, channel)):02x}" for channel in lit)
        if colour_contrast(written, NIGHT) >= READABLE_AT_NIGHT:
            return written
    return WHITE


@dataclass(frozen=True)
class Look:
    """One brand colour for light pages and one for dark ones, each with the colour of the text upon it."""

    light: str
    on_light: str
    dark: str
    on_dark: str

    @staticmethod
    def of(brand: str) -> "Look":
        """The look for a brand colour written #rrggbb: darkened for white pages, lit for dark ones, until text can be read."""
        return _look(brand)

    @property
    def css(self) -> str:
        """The colours as custom properties."""
        return (
            f":root{{--brand:{self.light};--on-brand:{self.on_light}}}"
            f"@media (prefers-color-scheme:dark){{:root{{--brand:{self.dark};--on-brand:{self.on_dark}}}}}"
        )

    @cached_property
    def integrity(self) -> str:
        """What a page says that the file must be."""
        return "sha384-" + base64.b64encode(hashlib.sha384(self.css.encode()).digest()).decode("ascii")

    @cached_property
    def version(self) -> str:
        """Changes with the colours, so that a browser may keep the file for long."""
        return hashlib.sha256(self.css.encode()).hexdigest()[:8]


@lru_cache(maxsize=16)
def _look(brand: str) -> Look:
    light = _readable_by_day(brand)
    dark = _readable_at_night(brand)
    return Look(light=light, on_light=WHITE, dark=dark, on_dark=NIGHT)

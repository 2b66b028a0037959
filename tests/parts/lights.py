"""A page in every light and at both ends of the widths that people have: what is wrong with it."""

import re

from playwright.sync_api import Page

from tests.parts.axe import COLOURS, RULES, SIZES, axe_in
from tests.parts.browser import DESKTOP
from tests.parts.examples import by_night

NARROWEST = (320, 640)
LIGHT, DARK = {"color_scheme": "light"}, {"color_scheme": "dark"}
FORCED = {"color_scheme": "light", "forced_colors": "active"}
# axe is slow: it looks with every rule once, and then at what light and width can change.
EVERY_LIGHT = (
    (NARROWEST, LIGHT, RULES),
    (NARROWEST, DARK, COLOURS),
    (DESKTOP, LIGHT, (*COLOURS, *SIZES)),
    (DESKTOP, DARK, COLOURS),
    (DESKTOP, FORCED, COLOURS),
)
# By day with every rule once, and at the colours in the dark; at the widest it is measured alone.
LOOKS = EVERY_LIGHT if by_night() else (EVERY_LIGHT[0], (DESKTOP, LIGHT, ()), EVERY_LIGHT[3])
# For one of a great many: by day not in the dark, whose colours are those of the pages that are looked at there.
EACH = EVERY_LIGHT if by_night() else LOOKS[:2]
# For one more page of a template and a stylesheet that had all of those already; by day not at all.
FEW = (EVERY_LIGHT[0], EVERY_LIGHT[3]) if by_night() else ()
# Nothing is looked at while it is still on its way to another colour: forced ones come with a frame, and Django's admin takes its time.
SETTLED = """async () => {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  for (const animation of document.getAnimations()) animation.finish();
}"""
# axe takes -webkit-text-fill-color for the colour of letters. Chromium paints forced colours, and tells them in `color`, but tells that one
# as the page's author had it. So it is told what is painted.
AS_PAINTED = """() => {
  const painted = [...document.querySelectorAll("body, body *")].map((element) => [element, getComputedStyle(element).color]);
  for (const [element, colour] of painted) element.style?.setProperty("-webkit-text-fill-color", colour);
}"""

AS_BEFORE = """() => {
  for (const element of document.querySelectorAll("body, body *")) element.style?.removeProperty("-webkit-text-fill-color");
}"""

# A control that sticks out of the block it stands in: where that block scrolls or cuts, the page is no wider for it and nobody would know.
STICKS_OUT = """() => {
  const found = [];
  for (const control of document.querySelectorAll("button, input, select, textarea")) {
    if (!control.checkVisibility() || getComputedStyle(control).position === "absolute") continue;
    let block = control.parentElement;
    while (["inline", "contents"].includes(getComputedStyle(block).display)) block = block.parentElement;
    const wide = control.getBoundingClientRect().width;
    if (wide > block.getBoundingClientRect().width + 1) found.push(`${control.localName}#${control.id} ${Math.round(wide)}`);
  }
  return found;
}"""

# A table that has to be pushed sideways to be read: on a phone each row stands as a block (`desk-stacked`).
PUSHED = """() => [...document.querySelectorAll(".desk-scroll")].filter((each) => each.scrollWidth > each.clientWidth).map(
  (each) => each.getAttribute("aria-label") || each.getAttribute("aria-labelledby"))"""


Looks = tuple[tuple[tuple[int, int], dict[str, str], tuple[str, ...]], ...]


def found_on(page: Page, address: str, *, title: re.Pattern[str] | None = None, looks: Looks = LOOKS) -> list[str]:
    """What is wrong with what stands at the address, once it is loaded and asks for nothing more."""
    page.set_viewport_size({"width": NARROWEST[0], "height": NARROWEST[1]})
    page.goto(address, wait_until="networkidle" if title else "load")
    assert title is None or title.fullmatch(page.title())
    return found_here(page, looks)


def found_here(page: Page, looks: Looks = LOOKS) -> list[str]:
    """The same for the page as it stands."""
    found = []
    axe = axe_in(page)
    for size, light, rules in looks:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(**{"forced_colors": "none", **light})  # type: ignore[arg-type]
        page.evaluate(SETTLED)
        if light == FORCED:
            page.evaluate(AS_PAINTED)
        found += [f"{page.url} {size} {light}: {violation}" for violation in (axe.look(rules) if rules else ())]
        wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        if light == LIGHT and wide > window:
            found.append(f"{page.url} is {wide} wide in a window of {window}")
        if light == LIGHT:
            found += [f"{page.url} {size}: {control} wide is wider than what it stands in" for control in page.evaluate(STICKS_OUT)]
            found += [f"{page.url} {size}: “{table}” has to be pushed sideways" for table in page.evaluate(PUSHED)]
    page.evaluate(AS_BEFORE)
    page.emulate_media(forced_colors="none", color_scheme="light")
    return found

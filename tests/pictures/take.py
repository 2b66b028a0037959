"""Goes through `scenes.py` in a demonstration of its own, on a Monday at eleven, and writes docs/pictures.

A picture is a PNG of at most 128 colours, so that all of them together stay small.
"""

import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.demonstration import Demonstration
from tests.parts.browser import ARGUMENTS, CHROMIUM, PHONE, Visitor
from tests.parts.environment import REPOSITORY
from tests.pictures.scenes import SCENES, enter

FOLDER = REPOSITORY / "docs" / "pictures"
AT = "2026-12-07T11:00:00+00:00"
COLOURS = 128


def _visitor(browser: Browser, origin: str, size: tuple[int, int], folder: Path) -> Visitor:
    context = browser.new_context(
        base_url=origin,
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=2 if size == PHONE else 1,
        locale="en-GB",
        timezone_id="Europe/London",
        reduced_motion="reduce",
    )
    return Visitor("a visitor", context, context.new_page(), folder / "none.har")


def _photograph(page: Page, path: Path, folder: Path) -> None:
    raw = folder / path.name
    page.screenshot(path=raw, animations="disabled", caret="hide")
    with Image.open(raw) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def main(names: list[str]) -> None:
    """Takes the named pictures, or all. Raises KeyError for a name that is none."""
    chosen = {name: SCENES[name] for name in names or SCENES}
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, headless=True)
        with Demonstration(folder / "demo", ("--at", AT)) as demo:
            inside: dict[str | None, Visitor] = {}
            for name, scene in chosen.items():
                visitor = inside.get(scene.role)
                if visitor is None:
                    visitor = inside[scene.role] = _visitor(browser, demo.origin, scene.size, folder)
                    if scene.role is not None:
                        enter(visitor, demo, scene.role)
                visitor.page.set_viewport_size({"width": scene.size[0], "height": scene.size[1]})
                scene.go(visitor)
                _photograph(visitor.page, FOLDER / f"{name}.png", folder)
                sys.stdout.write(f"{name}.png {(FOLDER / f'{name}.png').stat().st_size // 1000} KB\n")
            for visitor in inside.values():
                visitor.close()
        browser.close()

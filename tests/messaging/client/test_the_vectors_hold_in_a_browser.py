"""Every vector comes out in each engine as in Python and in node, under the site's own policy: trusted types, own scripts."""

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.messaging.client.node import page_folder, result_of, served
from tests.parts.environment import REPOSITORY
from tests.parts.old_chromium import in_chromium_by_itself, old_chromium
from tests.parts.profiles import Driven, in_firefox, wait_for
from tests.parts.webkit import in_webkit

Engine = Callable[[Path], AbstractContextManager[Driven]]
CASES = REPOSITORY / "tests" / "vectors" / "cases"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A folder with the page that runs them."""
    vectors = [json.loads(path.read_text()) for path in sorted(CASES.glob("*.json"))]
    folder = tmp_path / "page"
    folder.mkdir()
    page_folder(folder, "vectors_page.ts")
    # The root's key file never meets a browser (PROTOCOL §2.11).
    (folder / "cases.json").write_text(json.dumps([vector for vector in vectors if vector["kind"] != "root-key"]))
    return folder


def holds(result: Any, page: Path, *, refused: Sequence[str] = ()) -> None:
    """Each came out right, and the policy refused nothing else."""
    assert result["differing"] == []
    assert result["violations"] == [*refused]
    assert result["run"] == len(json.loads((page / "cases.json").read_text())) >= 60


@pytest.mark.browser
def test_every_vector_holds_in_chromium(chromium: Browser, page: Path) -> None:
    with served(page) as address:
        holds(result_of(chromium, address), page)


ENGINES: dict[str, Engine] = {
    # Its Ed25519 and X25519 are others than Chromium's and node's.
    "Firefox": in_firefox,
    "WebKit": in_webkit,
    # What stands in for both is the same everywhere, but engines are not.
    "Chromium of 2021": lambda profile: in_chromium_by_itself(old_chromium(2021), profile),
    "Chromium of 2023": lambda profile: in_chromium_by_itself(old_chromium(2023), profile),
}
# It knows no policy that allows WebAssembly alone: it refuses that, and the stand-in computes the key.
REFUSED = {"Chromium of 2021": ["script-src: eval"]}
NEEDS = {"Firefox": [pytest.mark.firefox], "WebKit": [pytest.mark.webkit]}


@pytest.mark.night("by day Chromium and Python read them")
@pytest.mark.parametrize("engine", [pytest.param(name, marks=NEEDS.get(name, [])) for name in ENGINES])
def test_every_vector_holds_in_another_engine(page: Path, tmp_path: Path, engine: str) -> None:
    profile = tmp_path / "profile"
    profile.mkdir()
    with served(page) as address, ENGINES[engine](profile) as driven:
        driven.open(f"{address}/index.html")
        wait_for(driven, "document.querySelector('#result')", patience=900)
        holds(json.loads(driven.run("document.querySelector('#result').textContent")), page, refused=REFUSED.get(engine, ()))

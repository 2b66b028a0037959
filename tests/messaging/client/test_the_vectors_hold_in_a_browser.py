"""Every vector comes out in Chromium and in Firefox as in Python and in node, under the site's own policy: trusted types, own scripts."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.messaging.client.node import page_folder, result_of, served
from tests.parts.environment import REPOSITORY
from tests.parts.processes import wait_until
from tests.parts.profiles import in_firefox

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


def holds(result: Any, page: Path) -> None:
    assert result["differing"] == []
    assert result["violations"] == []
    assert result["run"] == len(json.loads((page / "cases.json").read_text())) >= 60


@pytest.mark.browser
def test_every_vector_holds_in_chromium(chromium: Browser, page: Path) -> None:
    with served(page) as address:
        holds(result_of(chromium, address), page)


@pytest.mark.firefox
@pytest.mark.night("by day Chromium and Python read them")
def test_every_vector_holds_in_firefox(page: Path, tmp_path: Path) -> None:
    """Its Ed25519 and X25519 are others than Chromium's and node's."""
    profile = tmp_path / "profile"
    profile.mkdir()
    with served(page) as address, in_firefox(profile) as firefox:
        firefox.open(f"{address}/index.html")
        wait_until(partial(firefox.run, "Boolean(document.querySelector('#result'))"), "Firefox has read all vectors", patience=200)
        holds(json.loads(firefox.run("document.querySelector('#result').textContent")), page)

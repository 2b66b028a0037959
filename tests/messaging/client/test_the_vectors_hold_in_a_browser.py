"""Every vector comes out in Chromium as in Python and in node, under the site's own policy: trusted types, and no script but its own."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.messaging.client.node import page_folder, result_of, served
from tests.parts.environment import REPOSITORY

CASES = REPOSITORY / "tests" / "vectors" / "cases"


@pytest.mark.browser
def test_every_vector_holds_in_chromium(chromium: Browser, tmp_path: Path) -> None:
    vectors = [json.loads(path.read_text()) for path in sorted(CASES.glob("*.json"))]
    # The root's key file never meets a browser (PROTOCOL §2.11).
    vectors = [vector for vector in vectors if vector["kind"] != "root-key"]
    page_folder(tmp_path, "vectors_page.ts")
    (tmp_path / "cases.json").write_text(json.dumps(vectors))
    with served(tmp_path) as address:
        result = result_of(chromium, address)
    assert result["differing"] == []
    assert result["violations"] == []
    assert result["run"] == len(vectors) >= 60

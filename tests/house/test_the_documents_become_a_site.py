"""zensical builds the documents without a warning, with every page in it and nothing of another host."""

import re
from pathlib import Path

import pytest

from tests.documents.site import BESIDE, NotBuilt, build
from tests.parts.environment import REPOSITORY


def test_the_site_is_whole_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    site = build(tmp_path)
    pages = {str(path.relative_to(site)) for path in site.rglob("*.html")}
    ours = {str(path.relative_to(REPOSITORY / "docs").with_suffix(".html")) for path in (REPOSITORY / "docs").rglob("*.md")}
    ours = {name.replace("README.html", "index.html") for name in ours}
    assert pages >= ours | {f"{Path(name).stem}.html" for name in BESIDE} | {"index.html"}
    for page in pages:
        text = (site / page).read_text(encoding="utf-8")
        assert re.findall(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=\"?https?://[^>]*>", text) == [], page


def test_a_link_that_leads_nowhere_ends_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.documents import site

    monkeypatch.setattr(site, "BESIDE", tuple(name for name in BESIDE if name != "THREATS.md"))
    with pytest.raises(NotBuilt, match=r"THREATS\.md"):
        build(tmp_path)

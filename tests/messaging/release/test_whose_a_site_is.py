"""`verify_site` holds a site against the root it was given: in the pages' own script, in what they tell their scripts, and at the desk."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from helpline.web.installation_script import PATH, InstallationScript, read_installation_script
from messaging.protocol.wire import NamedStatement, Statement
from messaging.protocol.wire.releases import manifest_asset
from tests.messaging.release.tampering import DESK, Served, answer, desk_of, verify
from tests.parts.environment import ROOT_SEED, root_public

OTHER_ROOT = bytes(range(40, 72))
NAMED = NamedStatement(5, bytes(32))
Alter = Callable[[Served], None]


def page(old: str, new: str) -> Alter:
    return lambda served: served.answers["/write"].swap(old, new)


def signed_with(**changed: object) -> Alter:
    """Another own script, and a keeper who signs it all the same."""

    def alter(served: Served) -> None:
        honest = InstallationScript(root_public(), served.manifest["made_on"], served.manifest["newest"])
        served.own = replace(honest, **changed)  # type: ignore[arg-type]
        served.sign()

    return alter


def desk(answered: object) -> Alter:
    return lambda served: served.answers.__setitem__(DESK, answer(DESK, "application/json", json.dumps(answered).encode()))


def no_own_script(served: Served) -> None:
    served.answers["/write"].body = re.sub(rb"<script[^>]*installation.js[^>]*></script>", b"", served.answers["/write"].body)


def importing(start: str, old: str, new: str) -> Alter:
    """A bundle that takes something from elsewhere, signed."""

    def alter(served: Served) -> None:
        path = served.path_of(start, ".js")
        found = served.answers[path]
        before = next(each["integrity"] for each in served.manifest["assets"] if each["path"] == path)
        found.body = found.body.replace(old.encode(), new.encode()) if old else found.body + new.encode()
        others = [each for each in served.manifest["assets"] if each["path"] != path]
        served.sign(assets=sorted([*others, manifest_asset(path, found.body)], key=lambda each: str(each["path"])))
        for name in served.manifest["pages"]:
            served.answers[name].swap(before, str(manifest_asset(path, found.body)["integrity"]))

    return alter


ALTERED: dict[str, tuple[Alter, str]] = {
    "a page that says a root": (
        page("<html", '<html data-root="A"'),
        r"^The page /write has the attribute data-root in a <html>, which no",
    ),
    "a page that moves the clock": (page("<main", '<main data-clock-offset="9"'), r"the attribute data-clock-offset in a <main>, which no"),
    "a page with sentences": (
        page("</head>", '<script type="application/json" id="sentences">{}</script></head>'),
        r"^The page /write has data for scripts inside it \(application/json\)\.$",
    ),
    "terms that are no number": (page("<p>", '<p data-terms="all">'), r"has the attribute data-terms in a <p> with 'all', which is not of"),
    "a sentence for a telephone": (page("<html", '<html data-phone="us at 0800"'), r"data-phone in a <html> with 'us at 0800', which is"),
    "a name twice": (page("<p>", '<p id="main">'), r"^The page /write has two elements with the id main\.$"),
    "a second main": (page("<p>", '<main id="other" hidden></main><p>'), r"has a <main> element that is not called main\.$"),
    "a main that nobody sees": (page("<main", "<div hidden><main"), r"^The page /write has a <main> element that nobody sees\.$"),
    "no own script in a page": (no_own_script, rf"^The page /write does not load {PATH}, with its integrity, before the script that"),
    "another root in the scripts": (signed_with(root=OTHER_ROOT), rf"^{PATH} holds another root than the one given: 'KCkq"),
    "a moved clock": (signed_with(moved=-3600), rf"^{PATH} moves the pages' clock by -3600 seconds: this is a demonstration, and no site"),
    "another day": (signed_with(made_on="2020-01-01"), rf"^{PATH} says that the release was made on 2020-01-01, and the manifest 20"),
    "no day": (signed_with(made_on=""), r"says that the release was made on no day, and the manifest"),
    "another epoch in the scripts": (
        signed_with(newest=NAMED.text),
        rf"^{PATH} names epoch 5 \(AAAA\w+\) as the newest, and the manifest no epoch\.$",
    ),
    "a desk that does not go on from the epoch that the release names": (
        lambda served: served.sign(newest=NAMED.text),
        rf"^The desk's key \({DESK}\) does not go on from epoch 5, which a release names as the newest\.$",
    ),
    "a bundle with a root of its own": (
        importing("person-", f'from"{PATH}"', 'from"/static/client/other.js"'),
        r"person-\w+\.js does not import /static/client/installation\.js\.$",
    ),
    "a bundle that imports more": (importing("site-", "", ';import"/more.js";'), r"site-\w+\.js imports /more\.js, which it must not\.$"),
    "a desk of another root": (desk(desk_of(OTHER_ROOT).desk_answer()), rf"^The desk's key \({DESK}\) is not this root's: the people who"),
    "a desk of long ago": (
        desk(desk_of(ROOT_SEED, today=20_000).desk_answer()),
        rf"^The desk's key \({DESK}\) is for 2024-10-04 to 2024-11-07, and today is not among them\.$",
    ),
    "a desk without a form": (
        desk({"statements": 1, "confirmations": [], "certificates": []}),
        rf"^The desk's key \({DESK}\) has another form than it must have",
    ),
}


@pytest.mark.parametrize("name", ALTERED)
def test_what_is_not_this_roots_is_found(name: str, served: Served) -> None:
    alter, sentence = ALTERED[name]
    alter(served)
    found = verify(served)
    assert found.code == 1
    assert any(re.search(sentence, each) for each in found.bad), found.bad


def test_a_manifest_without_the_own_script_vouches_for_no_root(served: Served) -> None:
    others = [each for each in served.manifest["assets"] if each["path"] != PATH]
    served.sign_all({**served.manifest, "assets": others})
    assert f"The manifest has no {PATH}: nobody has signed which root the pages hold." in verify(served).bad


def test_a_desk_that_takes_no_messages_is_no_fault(served: Served) -> None:
    served.answers[DESK].status = 503
    found = verify(served)
    assert (found.code, found.bad) == (0, [])
    assert "The desk takes no messages now" in found.good


def test_where_the_pages_lead_is_said_for_people_to_compare(served: Served) -> None:
    """A number or an address is nobody's to sign; one that a browser would take for another site's is told whatever it looks like."""
    assert "The pages lead elsewhere" not in verify(served).good
    links = ["tel:+448000000000", "https://help.example/", "//evil.example/a", "/\\evil.example", "/read/me", "#main", "?page=2"]
    anchors = "".join(f'<a href="{each}">Help</a>' for each in links)
    served.answers["/write"].swap("<p>Words.</p>", f"<p>Words.</p>{anchors}")
    found = verify(served)
    assert found.bad == []
    told = "//evil.example/a, /\\evil.example, https://help.example/, tel:+448000000000"
    assert f"The pages lead elsewhere, and nobody signs where to. Compare: {told}." in found.good


def test_an_epoch_that_is_named_is_looked_for_and_said(served: Served) -> None:
    kept = desk_of(ROOT_SEED)
    served.answers[DESK] = answer(DESK, "application/json", json.dumps(kept.desk_answer()).encode())
    served.sign(newest=NamedStatement.of(Statement.parse(kept.statements[0])).text)
    found = verify(served)
    assert (found.code, found.bad) == (0, [])
    assert "They take no desk whose epochs do not go on from epoch 1, the newest when it was signed." in found.good
    assert "They take any chain of this root's" not in found.good


def test_what_the_release_before_named_is_looked_for_too(served: Served, tmp_path: Path) -> None:
    """A new release that names nothing does not make what was seen forgotten."""
    seen = tmp_path / "seen.json"
    served.sign(newest=NAMED.text)
    verify(served, f"--previous={seen}")
    served.sign(newest="", number=4)
    found = verify(served, f"--previous={seen}")
    assert found.bad == [f"The desk's key ({DESK}) does not go on from epoch 5, which a release names as the newest."]


def test_the_own_script_is_read_in_its_one_form_alone(client_build: Path) -> None:
    made = InstallationScript(OTHER_ROOT, "2026-11-29", NAMED.text, -5)
    assert read_installation_script(made.script) == made
    for old, new in ((b";", b"; "), (b"ROOT", b"ROUT"), (b"-5", b"-05"), (b"\n", b"\n//"), (b"KCkq", b'"+x+"')):
        assert read_installation_script(made.script.replace(old, new, 1)) is None

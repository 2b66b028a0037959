"""The client's build: the same from the same sources, nothing to do when fresh, and a sentence when it fails."""

import base64
import gzip
import hashlib
import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.template import Context, Template
from mnemonic import Mnemonic
from pytest_django.fixtures import Settings

from helpline.web.installed import installed_release
from messaging.release import build as build_module
from messaging.release.build import CLIENT, BuildFailed, build_client, client_is_fresh, ensure_client_built, run_node
from messaging.release.bundle import WORD_LIST, bundled_licences, packed_words

LATER = ("argon2.js", "stand-ins.js")
# What a conversation has once it is open: for people alone, in each language.
OPENED = ("opened.js", "opened.cy.js", "opened.pl.js")
# Gzipped, in bytes: what someone's page loads at once, in each language; what each browser that can has besides; and what only others load.
MOST = {
    "person.js": 70 * 1024,
    "argon2.js": 12 * 1024,
    "stand-ins.js": 19 * 1024,
    "person.cy.js": 74 * 1024,
    "person.pl.js": 74 * 1024,
}
MOST |= dict.fromkeys(OPENED, 12 * 1024)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("built")
    build_client(target)
    return target


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.night("by day somebody else builds the same bytes elsewhere: tests/messaging/release/test_the_build_is_the_same_elsewhere.py")
def test_two_builds_of_the_same_sources_are_the_same_bytes(built: Path, tmp_path: Path) -> None:
    assets = build_client(tmp_path)
    assert contents(tmp_path) == contents(built)
    assert assets is not None
    for asset in assets:
        assert asset.gzipped == len(gzip.compress((tmp_path / asset.file).read_bytes(), mtime=0))


def test_a_fresh_build_is_left_alone_and_an_old_file_is_removed(built: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in built.iterdir()}
    assert build_client(built) is None
    assert {path.name: path.stat().st_mtime_ns for path in built.iterdir()} == before
    (built / "person-0123456789ab.js").write_text("of an earlier build")
    next(built.glob("site-*.js")).unlink()
    assert not client_is_fresh(built)
    build_client(built)
    assert client_is_fresh(built)
    assert not (built / "person-0123456789ab.js").exists()


@pytest.mark.night("one more build")
def test_a_fresh_build_is_made_anew_where_that_is_demanded(built: Path) -> None:
    (built / "person-0123456789ab.js").write_text("of an earlier build")
    assert build_client(built, force=True) is not None
    assert not (built / "person-0123456789ab.js").exists()


def test_the_manifest_names_each_file_by_its_hash(built: Path) -> None:
    manifest = json.loads((built / "manifest.json").read_text())
    scripts = {"site.js", "site.cy.js", "site.pl.js", "person.js", "person.cy.js", "person.pl.js", "desk.js", "admin.js"}
    assert scripts | {*LATER, *OPENED, "site.css", "desk.css"} == set(manifest)
    for name, entry in manifest.items():
        content = (built / entry["file"]).read_bytes()
        stem, _, suffix = name.rpartition(".")
        assert entry["file"] == f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"
        assert entry["integrity"] == "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


def test_the_scripts_load_nothing_else_and_evaluate_nothing(built: Path) -> None:
    manifest = json.loads((built / "manifest.json").read_text())
    for path in built.glob("*.js"):
        script = path.read_text()
        for forbidden in ("eval(", "new Function", "innerHTML", "sourceMappingURL", "http://"):
            assert forbidden not in script, f"{forbidden} in {path.name}"
        # Whose root it is, each installation says in a file of its own.
        imported = set(re.findall(r'(?:from|import)\s*"([./][^"]*)"', script))
        alone = path.name.startswith(("admin", "site", "argon2", "stand-ins", "opened"))
        assert imported == (set() if alone else {"/static/client/installation.js"})
        # What a script loads later is two files, and they are named by their hash; what is loaded is made nowhere.
        later = re.findall(r"import\(([^)]*)\)", script)
        opened = {f"opened{language}.js" for language in ("", ".cy", ".pl") if re.match(rf"person{re.escape(language)}-", path.name)}
        assert set(later) == (set() if alone else {f'"/static/client/{manifest[name]["file"]}"' for name in (*LATER, *opened)})
    for path in built.glob("*.css"):
        assert "http:" not in path.read_text()
        assert "https:" not in path.read_text()


def test_every_package_that_is_bundled_has_its_licence_told(built: Path) -> None:
    told = (built / "licences.txt").read_text()
    for package in (
        "@noble/curves",
        "@noble/hashes",
        "@hpke/core",
        "@hpke/hybridkem-x-wing",
        "hash-wasm",
        "mlkem",
        "@scure/bip39",
        "govuk-frontend",
    ):
        assert f"\n{package} " in told
    assert told.count("Permission is hereby granted") >= 6
    with pytest.raises(FileNotFoundError):
        bundled_licences(CLIENT / "node_modules", {"no-such-package"})


def test_the_site_script_carries_no_cryptography(built: Path) -> None:
    manifest = json.loads((built / "manifest.json").read_text())
    assert (built / manifest["site.js"]["file"]).stat().st_size < 20_000


def test_every_word_is_in_the_packed_list(built: Path) -> None:
    packed = packed_words(CLIENT / "node_modules" / WORD_LIST)
    words: list[str] = []
    for shared, rest in re.findall(r"(\d)([a-z]*)", packed):
        words.append((words[-1][: int(shared)] if words else "") + rest)
    assert words == Mnemonic("english").wordlist
    manifest = json.loads((built / "manifest.json").read_text())
    assert all(packed in (built / manifest[name]["file"]).read_text() for name in ("person.js", "person.cy.js", "desk.js"))


def test_what_someone_in_a_crisis_loads_stays_small(built: Path) -> None:
    manifest = json.loads((built / "manifest.json").read_text())
    sizes = {name: len(gzip.compress((built / manifest[name]["file"]).read_bytes(), mtime=0)) for name in MOST}
    assert {name: size for name, size in sizes.items() if size > MOST[name]} == {}


def test_what_a_person_loads_is_read_by_engines_of_2021(built: Path) -> None:
    """Safari of before 2023 reads no script that looks back in a pattern; none of before 2022 has static blocks or `at`."""
    for path in set(built.glob("*.js")) - set(built.glob("desk*.js")):
        script = path.read_text()
        for newer in ("(?<!", "(?<=", "static{", ".at(-1)", ".toSorted(", "canParse(", "requestSubmit(", ".findLast("):
            assert newer not in script, f"{newer} in {path.name}"
        # Packages of others ask for it; there it is brought along.
        assert "Object.hasOwn(" not in script or "hasOwn" in re.sub(r"Object\.hasOwn\(", "", script)


def test_the_lock_names_no_registry_and_every_version_is_exact() -> None:
    assert '"resolved"' not in (CLIENT / "package-lock.json").read_text()
    package = json.loads((CLIENT / "package.json").read_text())
    for version in (package["dependencies"] | package["devDependencies"]).values():
        assert version[0].isdigit()
    locked = json.loads((CLIENT / "package-lock.json").read_text())["packages"]
    assert all("integrity" in entry for name, entry in locked.items() if name)


def test_a_type_that_does_not_hold_stops_the_build_with_what_the_tool_said(tmp_path: Path) -> None:
    (tmp_path / "wrong.ts").write_text("export const number: number = 'text';\n")
    with pytest.raises(BuildFailed, match=r"(?s)TS2322.*The types do not hold\. The client was not built\."):
        run_node("The types do not hold", "typescript/bin/tsc", "--noEmit", "--ignoreConfig", str(tmp_path / "wrong.ts"))


@pytest.mark.night("one more build; by day the function that says so")
def test_the_command_says_whether_the_build_is_fresh(built: Path, settings: Settings, tmp_path: Path) -> None:
    settings.CLIENT_BUILD = built
    said = StringIO()
    call_command("build_client", "--check", stdout=said)
    call_command("build_client", stdout=said)
    assert said.getvalue() == "The client is up to date.\n" * 2
    settings.CLIENT_BUILD = tmp_path
    with pytest.raises(CommandError, match=r"Run: python manage\.py build_client"):
        call_command("build_client", "--check")
    call_command("build_client", stdout=said)
    assert "KB gzipped" in said.getvalue()
    assert client_is_fresh(tmp_path)
    ensure_client_built()


def test_another_source_makes_the_build_old(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client_is_fresh(built)
    monkeypatch.setattr(build_module, "stamp_of_sources", lambda: "of other sources")
    assert not client_is_fresh(built)


def test_a_template_names_the_built_files_with_their_integrity(built: Path, settings: Settings, tmp_path: Path) -> None:
    settings.CLIENT_BUILD = built
    entry = json.loads((built / "manifest.json").read_text())
    own = base64.b64encode(hashlib.sha384(installed_release().script).digest()).decode()
    template = Template('{% load assets %}{% client_style "site" %}{% client_script "person" %}')
    waiting = "".join(
        f'<template id="script-{name.removesuffix(".js")}"><script type="module" src="/static/client/{entry[name]["file"]}" '
        f'integrity="{entry[name]["integrity"]}" crossorigin="anonymous"></script></template>'
        for name in (*LATER, "opened.js")
    )
    assert template.render(Context()) == (
        f'<link rel="stylesheet" href="/static/client/{entry["site.css"]["file"]}" integrity="{entry["site.css"]["integrity"]}" '
        f'crossorigin="anonymous">{waiting}'
        f'<script type="module" src="/static/client/installation.js" integrity="sha384-{own}" crossorigin="anonymous"></script>'
        f'<script type="module" src="/static/client/{entry["person.js"]["file"]}" integrity="{entry["person.js"]["integrity"]}" '
        f'crossorigin="anonymous"></script>'
    )
    settings.CLIENT_BUILD = tmp_path
    with pytest.raises(ImproperlyConfigured, match=r"site\.css is not built"):
        template.render(Context())

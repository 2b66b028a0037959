"""From the client's sources to hashed files, their manifest and the licences of what is bundled; messaging.release.build decides when."""

import base64
import gzip
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from helpline.web import translations
from helpline.web.installation_script import CLIENT_PATH, PATH
from messaging.release.translatable import NotASentence, by_short_name, sentences_in_typescript, without_english

SCRIPTS, STYLES = ("site", "person", "desk", "admin"), ("site", "desk")
# Scripts that others load where they need them: an import of theirs, and its source. Of the second kind each language has its own.
LATER = {"argon2": "protocol/argon2_script", "stand-ins": "protocol/stand_in_script"}
SPOKEN_LATER = {"opened": "person/opened_script"}
TRANSLATED = ("site", "person")  # The desk speaks English.
ENGLISH = "en-GB"
Run = Callable[..., str]
Meta = dict[str, dict[str, dict[str, dict[str, object]]]]  # esbuild's metafile.

# What an engine of 2021 reads; iPhones that get no more updates are at Safari 15.
TARGET = "--target=chrome92,firefox91,safari15"
# The script of every public page is read by all browsers that know modules (2018): it says so where they cannot read the others. One thing
# esbuild would refuse for Safari of before 2021, which does two steps there in another order: nothing of ours rests on that.
OLDEST = ("--target=chrome61,firefox60,safari11", "--supported:destructuring=true")
ESBUILD = (
    "--bundle",
    "--minify",
    "--format=esm",
    "--platform=browser",
    "--charset=utf8",
    "--legal-comments=none",
    "--log-level=warning",
    # A package that runs in node too asks for this there; without it the bundle would hold an import of something else.
    "--alias:crypto=./src/nothing.ts",
    # Whose root it is, no build knows: each installation serves that file itself.
    f"--alias:#installation={PATH}",
    f"--external:{PATH}",
)
# The words of BIP-39: the person's script has them packed, and is smaller by 1.7 KB.
WORD_LIST, WORD_PACKAGE = "@scure/bip39/wordlists/english.js", "@scure/bip39"
SASS = ("--no-source-map", "--style=compressed", "--load-path=node_modules", "--quiet", "--quiet-deps")


@dataclass(frozen=True)
class BundledAsset:
    """A built file: its name in the manifest, its file, its sizes in bytes, and whether it imports the installation's own script.

    `later` names the scripts that it may load.
    """

    name: str
    file: str
    integrity: str
    size: int
    gzipped: int
    imports: bool = False
    later: tuple[str, ...] = ()


def bundle_client(client: Path, target: Path, run: Run) -> list[BundledAsset]:
    """Builds each entry and style that exists, and writes the manifest last, so that it never names a file that is not there."""
    scripts = [name for name in SCRIPTS if (client / "src" / "pages" / f"{name}.ts").exists()]
    styles = [name for name in STYLES if (client / "src" / "styles" / f"{name}.scss").exists()]
    packages = {"govuk-frontend"} if styles else set()
    packages |= {WORD_PACKAGE} if scripts else set()
    words = f"--define:WORDS={json.dumps(packed_words(client / 'node_modules' / WORD_LIST))}" if scripts else ""
    assets: list[BundledAsset] = []
    with TemporaryDirectory(prefix=".building-", dir=target) as folder:
        later = {name: _later(run, name, source, Path(folder), target) for name, source in LATER.items()} if scripts else {}
        packages |= {package for _, used in later.values() for package in used}
        assets += [asset for asset, _ in later.values()]
        spoken = _spoken_later(run, client, Path(folder), target) if scripts else {}
        assets += [asset for each in spoken.values() for asset in each.values()]
        known = {language: _known({**{name: asset for name, (asset, _) in later.items()}, **each}) for language, each in spoken.items()}
        for name in scripts:
            script, meta = Path(folder) / f"{name}.js", Path(folder) / f"{name}.json"
            _script(run, name, script, known[ENGLISH], words, f"--metafile={meta}")
            parts = json.loads(meta.read_text(encoding="utf-8"))
            packages |= bundled_packages(parts)
            asked = {str(each["path"]) for part in parts["outputs"].values() for each in part["imports"]}
            place, loads = (
                partial(_place, target=target, imports=PATH in asked),
                [one for one, each in known[ENGLISH].items() if each["path"] in asked],
            )
            assets.append(place(script, later=_names(loads, ENGLISH)))
            keys = sentences_of_bundle(client, parts) if name in TRANSLATED else []
            for language in _others() if keys else []:
                translated = Path(folder) / f"{name}.{language}.js"
                _script(
                    run, name, translated, known[language], words, language=language, said=translations.translated_sentences(language, keys)
                )
                assets.append(place(translated, later=_names(loads, language)))
        for name in styles:
            style = Path(folder) / f"{name}.css"
            source = f"src/styles/{name}.scss"
            run(f"{source} cannot be compiled", "sass/sass.js", *SASS, f"{source}:{style}")
            assets.append(_place(style, target))
    (target / "licences.txt").write_text(bundled_licences(client / "node_modules", packages), encoding="utf-8")
    manifest = {
        asset.name: {"file": asset.file, "integrity": asset.integrity, "imports": asset.imports, "later": asset.later} for asset in assets
    }
    _replace(target / "manifest.json", json.dumps(manifest, indent=2, sort_keys=True) + "\n")
    return assets


def _later(run: Run, name: str, source: str, folder: Path, target: Path) -> tuple[BundledAsset, set[str]]:
    """Builds a script that others load, which says nothing and imports nothing; and the packages in it."""
    script, meta = folder / f"{name}.js", folder / f"{name}.json"
    _esbuild(run, f"src/{source}.ts", script, TARGET, f"--metafile={meta}")
    return _place(script, target), bundled_packages(json.loads(meta.read_text(encoding="utf-8")))


def _spoken_later(run: Run, client: Path, folder: Path, target: Path) -> dict[str, dict[str, BundledAsset]]:
    """Of each language the scripts that others load and that say something, by name."""
    built: dict[str, dict[str, BundledAsset]] = {language: {} for language in (ENGLISH, *_others())}
    for name, source in SPOKEN_LATER.items():
        meta = folder / f"{name}.json"
        _script(run, source, folder / f"{name}.js", {}, f"--metafile={meta}")
        keys = sentences_of_bundle(client, json.loads(meta.read_text(encoding="utf-8")))
        built[ENGLISH][name] = _place(folder / f"{name}.js", target)
        for language in _others():
            script = folder / f"{name}.{language}.js"
            _script(run, source, script, {}, language=language, said=translations.translated_sentences(language, keys))
            built[language][name] = _place(script, target)
    return built


def _others() -> list[str]:
    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def _known(later: Mapping[str, BundledAsset]) -> dict[str, dict[str, str]]:
    return {name: {"path": f"{CLIENT_PATH}{asset.file}", "integrity": asset.integrity} for name, asset in later.items()}


def _names(loads: Iterable[str], language: str) -> tuple[str, ...]:
    return tuple(f"{one}.{language}.js" if one in SPOKEN_LATER and language != ENGLISH else f"{one}.js" for one in loads)


def _script(
    run: Run,
    name: str,
    script: Path,
    later: Mapping[str, Mapping[str, str]],
    *more: str,
    language: str = ENGLISH,
    said: Mapping[str, str] | None = None,
) -> None:
    """Bundles an entry, with what it says in that language inside; English stands in the sources."""
    words = json.dumps(by_short_name(said or {}), ensure_ascii=False, sort_keys=True)
    spoken = (f"--define:SENTENCES={words}", f"--define:LANGUAGE={json.dumps(language)}")
    loaded = [f"--define:SCRIPTS={json.dumps(later, sort_keys=True)}", f"--alias:{WORD_LIST}=./src/packed_words.ts"]
    for one, each in later.items():
        loaded += [f"--alias:#{one}={each['path']}", f"--external:{each['path']}"]
    _esbuild(run, f"src/pages/{name}.ts", script, *(OLDEST if name == "site" else (TARGET,)), *spoken, *loaded, *more)
    if said:
        script.write_text(without_english(script.read_text(encoding="utf-8"), said), encoding="utf-8")


def packed_words(package: Path) -> str:
    """The 2,048 words, each as the number of letters that it shares with the one before, and its others.

    Raises:
        ValueError: another list.
    """
    [listed] = re.findall(r"`([a-z\n]+)`", package.read_text(encoding="utf-8"))
    words = listed.split("\n")
    if len(words) != 2048:
        raise ValueError("not the words of BIP-39")
    return "".join(f"{(count := shared_letters(before, word))}{word[count:]}" for before, word in pairwise(["", *words]))


def shared_letters(before: str, word: str) -> int:
    """How many letters both begin with."""
    return next((place for place, (one, other) in enumerate(zip(before, word, strict=False)) if one != other), min(len(before), len(word)))


def _esbuild(run: Run, source: str, script: Path, *more: str) -> None:
    run(f"{source} cannot be bundled", "esbuild/bin/esbuild", source, f"--outfile={script}", *more, *ESBUILD)


def _place(built: Path, target: Path, *, imports: bool = False, later: tuple[str, ...] = ()) -> BundledAsset:
    """Puts a built file beside the others under a name that carries its hash."""
    content = built.read_bytes()
    integrity = "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode("ascii")
    file = f"{built.stem}-{hashlib.sha256(content).hexdigest()[:12]}{built.suffix}"
    built.replace(target / file)
    return BundledAsset(built.name, file, integrity, len(content), len(gzip.compress(content, mtime=0)), imports, later)


def _replace(path: Path, content: str) -> None:
    fresh = path.with_name(f".{path.name}")
    fresh.write_text(content, encoding="utf-8")
    fresh.replace(path)


def sentences_of_bundle(client: Path, meta: Meta) -> list[str]:
    """The keys of the sentences that a bundle says, to be translated; raises NotASentence, naming the file."""
    keys: set[str] = set()
    for name in sorted(name for name in _used(meta) if name.startswith("src/")):
        try:
            keys |= {sentence.key for sentence in sentences_in_typescript((client / name).read_text(encoding="utf-8"))}
        except NotASentence as error:
            raise NotASentence(f"{name}, {error}") from error
    return sorted(keys)


def _used(meta: Meta) -> set[str]:
    """The sources that put at least a byte into a bundle."""
    return {name for output in meta["outputs"].values() for name, part in output["inputs"].items() if part["bytesInOutput"]}  # type: ignore[index]


def bundled_packages(meta: Meta) -> set[str]:
    """The packages that put at least a byte into a bundle."""
    parts = [name.rpartition("node_modules/")[2].split("/") for name in _used(meta) if "node_modules/" in name]
    return {"/".join(part[:2]) if part[0].startswith("@") else part[0] for part in parts}


def bundled_licences(modules: Path, packages: set[str]) -> str:
    """The licences of the packages, which ask to be told wherever their code goes."""
    chapters = ["The helpline's scripts and styles contain parts of these packages.\n"]
    for name in sorted(packages):
        package = modules / name
        about = json.loads((package / "package.json").read_text(encoding="utf-8"))
        texts = sorted(path for path in package.iterdir() if path.name.lower().startswith(("licence", "license")))
        heading = f"{name} {about['version']} ({about['license']})\n"
        chapters.append("\n".join([heading, *(path.read_text(encoding="utf-8").strip() for path in texts)]))
    return ("\n\n" + "-" * 72 + "\n\n").join(chapters) + "\n"


def remove_old_bundles(target: Path, files: set[str]) -> None:
    """Removes what earlier builds left."""
    for path in target.iterdir():
        if path.name in files:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()

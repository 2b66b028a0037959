"""The catalogues of translations: compiled from what translators edit (.po) to what Django reads (.mo), with no program of the system's."""

import hashlib
import os
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings

STAMP = ".compiled"
BETWEEN = "\u0004"  # As gettext does it, between a context and its sentence.


def catalogue_folder() -> Path:
    """Where the catalogues are: <language>/LC_MESSAGES/django.po."""
    return Path(settings.LOCALE_PATHS[0])


def catalogue_files() -> list[Path]:
    """Every catalogue that translators edit."""
    return sorted(catalogue_folder().glob("*/LC_MESSAGES/django.po"))


def catalogues_are_compiled() -> bool:
    """Whether what Django reads was made from these very catalogues."""
    stamp = catalogue_folder() / STAMP
    compiled = all(source.with_suffix(".mo").exists() for source in catalogue_files())
    return compiled and stamp.exists() and stamp.read_text() == _stamp()


def ensure_catalogues_compiled() -> None:
    """Compiles them unless that is done. Two processes at once write the same bytes, each file in one step."""
    if catalogues_are_compiled():
        return
    for source in catalogue_files():
        compiled = BytesIO()
        with source.open("rb") as file:
            write_mo(compiled, read_po(file, abort_invalid=True))
        _replace(source.with_suffix(".mo"), compiled.getvalue())
    catalogue_folder().mkdir(parents=True, exist_ok=True)
    _replace(catalogue_folder() / STAMP, _stamp().encode())


def translated_sentences(language: str, keys: Iterable[str]) -> dict[str, str]:
    """The sentences of these keys (context, BETWEEN, sentence) in that language; one that is not translated yet stays English."""
    with (catalogue_folder() / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalog = read_po(file, abort_invalid=True)
    said = {}
    for key in keys:
        context, _, sentence = key.rpartition(BETWEEN)
        found = catalog.get(sentence, context or None)
        said[key] = str(found.string) if found is not None and found.string and not found.fuzzy else sentence
    return said


def _stamp() -> str:
    digest = hashlib.sha256()
    for source in catalogue_files():
        digest.update(hashlib.sha256(source.read_bytes()).digest())
    return digest.hexdigest()


def _replace(path: Path, content: bytes) -> None:
    fresh = path.with_name(f"{path.name}.{os.getpid()}.mo")
    fresh.write_bytes(content)
    fresh.replace(path)

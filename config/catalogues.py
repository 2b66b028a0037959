"""Finds every sentence of the public site, in Python, templates and the browser's programs, and brings the catalogues up to them.

For developers; a running service reads the compiled catalogues alone (helpline/web/translations.py).
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from babel.messages import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation.template import templatize

from helpline.web import translations
from messaging.release.translatable import sentences_in_typescript

# What is found: the function that says it, its strings as gettext orders them, and what the source tells translators about it.
Found = tuple[str, tuple[str, ...], list[str]]
Extractor = Callable[[Path], Iterator[Found]]

# How many of the first arguments are text.
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), 1),
    **dict.fromkeys(("ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"), 2),
    "npgettext": 3,
}
TRANSLATORS = "Translators"
# A date of its own would change the file at every run.
WRITTEN = datetime(2026, 11, 1, tzinfo=UTC)
HEADER = """\
# {name}: MACHINE-DRAFTED, for review by a native speaker.
#
# Nobody whose own language this is has read these sentences yet. Review every one of them before you rely on it; then
# take the language out of DRAFTED_LANGUAGES in config/settings.py, and its pages stop saying that they are a draft.
# `manage.py catalogues` brings this file up to what the site says. Names in braces, or in brackets after a percent
# sign, are filled in: keep them as they are.
"""


def extract_sentences() -> Catalog:
    """Everything that can be translated, with the files in which it stands."""
    catalog = Catalog()
    root = Path(settings.BASE_DIR)
    for pattern, without, extractor in SOURCES:
        for path in sorted(root.glob(pattern)):
            place = path.relative_to(root).as_posix()
            if place.startswith(without):
                continue
            for function, strings, comments in extractor(path):
                add_sentence(catalog, place, function, strings, comments)
    return catalog


def add_sentence(catalog: Catalog, place: str, function: str, strings: tuple[str, ...], comments: list[str]) -> None:
    """One thing found, under its file's name alone: line numbers would change with every edit."""
    context = strings[0] if "pgettext" in function else None
    texts = strings if context is None else strings[1:]
    told = [comment.removeprefix(f"{TRANSLATORS}: ") for comment in comments]
    catalog.add(texts[0] if len(texts) == 1 else texts, locations=[(place, 0)], auto_comments=told, context=context)


def sentences_in_python(path: Path) -> Iterator[Found]:
    """Calls of gettext and its kind in a module."""
    yield from _calls(path.read_bytes())


def sentences_in_template(path: Path) -> Iterator[Found]:
    """`translate` and `blocktranslate` in a template, through Django's own reading of it as if it were a program."""
    program = templatize(path.read_text(encoding="utf-8"), origin=path.name)
    yield from _calls("\n".join(line.strip() for line in program.splitlines()).encode())


def sentences_in_client(path: Path) -> Iterator[Found]:
    """`gettext` and `pgettext` in the browser's programs."""
    for sentence in sentences_in_typescript(path.read_text(encoding="utf-8")):
        yield ("pgettext", (sentence.context, sentence.text), []) if sentence.context else ("gettext", (sentence.text,), [])


def _calls(program: bytes) -> Iterator[Found]:
    calls = extract_python(BytesIO(program), dict.fromkeys(KEYWORDS), [TRANSLATORS], {"encoding": "utf-8"})
    # Babel's own types have these in another order.
    for _line, function, text, comments in cast("Iterator[tuple[int, str, Any, list[str]]]", calls):
        arguments = text if isinstance(text, tuple) else (text,)
        # What is no literal, such as the number of a plural, comes as None.
        strings = tuple(argument for argument in arguments[: KEYWORDS[function]] if argument)
        if len(strings) == KEYWORDS[function]:
            yield function, strings, comments


# The desk, the admin's pages and sign-in are English; so is what they are made of.
SOURCES: tuple[tuple[str, tuple[str, ...], Extractor], ...] = (
    (
        "helpline/**/*.py",
        ("helpline/admin", "helpline/campaigns/posters/", "helpline/management/", "helpline/migrations/", "helpline/statistics/"),
        sentences_in_python,
    ),
    ("messaging/inbox/*.py", (), sentences_in_python),
    ("templates/*.html", ("templates/403", "templates/429"), sentences_in_template),
    ("templates/helpline/**/*.html", (), sentences_in_template),
    ("templates/pages/**/*.html", (), sentences_in_template),
    ("templates/parts/**/*.html", (), sentences_in_template),
    ("messaging/client/src/pages/person/*.ts", (), sentences_in_client),
    ("messaging/client/src/pages/parts/*.ts", (), sentences_in_client),
)


def update_catalogue(language: str, template: Catalog) -> Catalog:
    """The language's catalogue with everything that is said now, and nothing that is no longer said."""
    path = translations.catalogue_folder() / language / "LC_MESSAGES" / "django.po"
    catalog = Catalog(locale=language, fuzzy=False)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
    catalog.header_comment = HEADER.format(name=get_language_info(language)["name"])
    catalog.fuzzy = False
    catalog.project, catalog.version, catalog.msgid_bugs_address = "helpline", "-", "-"
    catalog.last_translator, catalog.language_team = "a machine, for review", "-"
    catalog.revision_date = catalog.creation_date = WRITTEN
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def write_catalogue(catalog: Catalog, language: str) -> Path:
    """Puts it where it belongs, in an order that stays."""
    path = translations.catalogue_folder() / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    content = BytesIO()
    write_po(content, catalog, sort_by_file=True, include_lineno=False, width=120, ignore_obsolete=True)
    path.write_bytes(content.getvalue())
    return path

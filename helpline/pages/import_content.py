"""Brings the pages that come with the service into its database: those that are missing, and no others unless they are named."""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from helpline.models import Page
from helpline.pages import front_matter, library, markdown

CONTENT = Path(__file__).resolve().parent.parent / "content"
KEYS = ("title", "summary", "kind", "audience", "position")
# Folders are named by language alone: en is the en-gb of the settings.
LANGUAGES = {code.partition("-")[0]: code for code, _ in settings.LANGUAGES}


class BadContent(ValueError):
    """Files cannot be read, or nothing is there to replace; nothing was loaded. One line a fault."""


@dataclass
class ImportedContent:
    """The addresses of the pages, each with its language, by what became of them."""

    created: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def import_content(folder: Path = CONTENT, *, replace: Collection[str] = ()) -> ImportedContent:
    """Publishes every page of `folder` (<language>/<slug>.md) whose address is free in its language.

    What stands is an admin's and stays, but for the slugs in `replace`: their texts become the file's, in every language that has one.
    All or nothing.

    Raises:
        BadContent: a file has a fault, or a slug in `replace` has no file.
    """
    pages = _read(folder)
    if unknown := sorted(set(replace) - {page.slug for page in pages}):
        raise BadContent(f"There is no file for {', '.join(unknown)}.")
    loaded = ImportedContent()
    with transaction.atomic():
        standing = {(page.slug, page.language): page for page in Page.objects.select_for_update()}
        for page in pages:
            name, old = f"{page.language}/{page.slug}", standing.get((page.slug, page.language))
            if old is None:
                page.save(force_insert=True)
                loaded.created.append(name)
            elif page.slug in replace:
                Page.objects.filter(pk=old.pk).update(body=page.body, **{key: getattr(page, key) for key in KEYS})
                loaded.replaced.append(name)
            else:
                loaded.kept.append(name)
    return loaded


def _read(folder: Path) -> list[Page]:
    """Every file as a page that can be published; all faults at once.

    Raises:
        BadContent: there are faults, or no files.
    """
    pages, faults = [], []
    for path in sorted(folder.rglob("*.md")):
        place = path.relative_to(folder).as_posix()
        try:
            pages.append(_page(path.parent.relative_to(folder).as_posix(), path.stem, path.read_text(encoding="utf-8")))
        except (front_matter.BadFrontMatter, UnicodeDecodeError) as error:
            faults.append(f"{place}: {error}")
        except ValidationError as error:
            faults += [f"{place}: {name}: {' '.join(said)}" for name, said in error.message_dict.items()]
    if faults:
        raise BadContent("\n".join(faults))
    if not pages:
        raise BadContent(f"There are no pages in {folder}.")
    return pages


def _page(language: str, slug: str, text: str) -> Page:
    if language not in LANGUAGES:
        raise front_matter.BadFrontMatter(f"“{language}” is not a language of this service. The languages are: {', '.join(LANGUAGES)}.")
    values, body = front_matter.parse_front_matter(text, KEYS)
    if wrong := markdown.markdown_problems(body, names=library.NAMES):
        raise front_matter.BadFrontMatter(" ".join(wrong))
    page = Page(slug=slug, language=LANGUAGES[language], body=body, published=True, **values)
    # Whether the address is free is asked later: a page that stands is no fault.
    page.full_clean(validate_unique=False, validate_constraints=False)
    return page

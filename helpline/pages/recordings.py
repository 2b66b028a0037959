"""Pages read aloud: brought in from files by the people who run the server, for no form of this service takes a file."""

import hashlib
from pathlib import Path

from django.db import transaction

from helpline.models import Page, Recording
from helpline.pages.import_content import LANGUAGES

MOST = 3_000_000  # Bytes: some twenty minutes.
ENDINGS = {".mp3": Recording.Form.MP3, ".ogg": Recording.Form.OGG}
BEGINNINGS = {Recording.Form.MP3: (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"), Recording.Form.OGG: (b"OggS",)}


class BadRecording(ValueError):
    """Files are no recordings of pages; nothing was loaded. One line a fault."""


def words_fingerprint(page: Page) -> str:
    """What tells one text of a page from another."""
    return hashlib.sha256(f"{page.title}\0{page.summary}\0{page.body}".encode()).hexdigest()


def recording_of(page: Page) -> int | None:
    """The number of the page's recording, if its words are still those that were read; one query."""
    return Recording.objects.filter(page_id=page.pk, words=words_fingerprint(page)).values_list("pk", flat=True).first()


def recording_sound(number: int) -> tuple[str, bytes] | None:
    """The form and the bytes of a recording of a published page."""
    found = Recording.objects.filter(pk=number, page__published=True).values_list("form", "sound").first()
    return (found[0], bytes(found[1])) if found else None


def load_recordings(folder: Path) -> list[str]:
    """Takes every <language>/<slug>.mp3 or .ogg as the recording of that page as it stands now; names them. All or none.

    Raises:
        BadRecording: a file is no sound, is too large, or there is no such page.
    """
    loaded, faults = [], []
    with transaction.atomic():
        for path in sorted(each for each in folder.rglob("*") if each.suffix in ENDINGS):
            name = path.relative_to(folder).as_posix()
            form, language = ENDINGS[path.suffix], LANGUAGES.get(path.parent.name, "")
            page = Page.objects.filter(slug=path.stem, language=language).first()
            sound = path.read_bytes() if path.stat().st_size <= MOST else b""
            if page is None:
                faults.append(f"{name}: there is no page {path.stem} in “{path.parent.name}”.")
            elif not sound:
                faults.append(f"{name}: a recording has at most {MOST // 1_000_000} MB.")
            elif not sound.startswith(BEGINNINGS[form]):
                faults.append(f"{name}: this is not {form.label}.")
            else:
                Recording.objects.update_or_create(page=page, defaults={"form": form, "sound": sound, "words": words_fingerprint(page)})
                loaded.append(name)
        if faults or not loaded:
            raise BadRecording("\n".join(faults) or f"There are no recordings in {folder}.")
    return loaded

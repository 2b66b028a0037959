"""Pages read aloud: what counts as a recording, and bringing in a folder of them. Admins send single ones: `recording_uploads`."""

import hashlib
from pathlib import Path

from django.db import transaction

from helpline.models import Page, Recording
from helpline.pages.import_content import LANGUAGES

MOST = 3_000_000  # Bytes: some twenty minutes.
ENDINGS = {".mp3": Recording.Form.MP3, ".ogg": Recording.Form.OGG}
# An MP3's first frame: eleven bits of sync, then a version and a layer that exist.
FRAMES = tuple(bytes([0xFF, second]) for second in (0xFA, 0xFB, 0xF2, 0xF3, 0xE2, 0xE3))
TAG, TAG_HEAD = b"ID3", 10


class BadRecording(ValueError):
    """Something is no recording of a page; nothing was taken. One line a fault."""


def recording_form(sound: bytes) -> Recording.Form | None:
    """What kind of recording these bytes are, or begin: by what they are, not by a name. None for anything else."""
    if sound.startswith(b"OggS"):
        return Recording.Form.OGG
    tag = _tag_length(sound)
    # Of a tag that is longer than the bytes, what follows it is still to come.
    return Recording.Form.MP3 if tag > len(sound) or sound[tag:].startswith(FRAMES) else None


def sound_alone(sound: bytes) -> bytes:
    """Without the tag that a program wrote before the sound: it may hold a picture, or a name."""
    return sound[_tag_length(sound) :]


def _tag_length(sound: bytes) -> int:
    """Bytes before an MP3's sound, with what fills up its tag (ID3v2 §3.1: seven bits to a byte)."""
    if not sound.startswith(TAG):
        return 0
    length = TAG_HEAD
    for shift, byte in zip((21, 14, 7, 0), sound[6:TAG_HEAD], strict=False):
        length += (byte & 0x7F) << shift
    return length + len(sound[length:]) - len(sound[length:].lstrip(b"\0"))


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


def keep_recording(page: Page, sound: bytes) -> None:
    """Keeps it as the page's recording, in the place of one that was there, for the words that the page has now.

    Raises:
        BadRecording: it is no sound, or too large.
    """
    form, alone = recording_form(sound), sound_alone(sound)
    if len(sound) > MOST:
        raise BadRecording(f"A recording has at most {MOST // 1_000_000} MB.")
    if form is None or not alone:
        raise BadRecording("This is no recording. Choose an MP3 or an Ogg file.")
    Recording.objects.update_or_create(page=page, defaults={"form": form, "sound": alone, "words": words_fingerprint(page)})


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
            elif recording_form(sound) != form:
                faults.append(f"{name}: this is not {form.label}.")
            else:
                keep_recording(page, sound)
                loaded.append(name)
        if faults or not loaded:
            raise BadRecording("\n".join(faults) or f"There are no recordings in {folder}.")
    return loaded

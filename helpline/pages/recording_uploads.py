"""A recording that an admin's browser sends in pieces, each as small as any form; no request of this service holds a file."""

import hashlib
import re
from datetime import datetime, timedelta

from helpline.models import Page, RecordingPiece
from helpline.pages.recordings import MOST, BadRecording, keep_recording, recording_form, words_fingerprint

PIECE = 32_768  # Bytes: the most that any request of this service may have.
MOST_PIECES = -(-MOST // PIECE)
KEPT = timedelta(hours=1)  # What was not finished by then is forgotten.
WHOLE = re.compile(r"[0-9a-f]{64}")
AGAIN = "The recording did not arrive whole. Nothing on the site has changed. Upload it again."


def keep_recording_piece(page: Page, whole: str, number: int, sound: bytes, *, at: datetime) -> None:
    """Keeps one piece of the recording whose SHA-256 is `whole`; the first takes the place of any other that was not finished.

    Raises:
        BadRecording: it is no recording that begins here, too large, or no piece of one that began.
    """
    if not 0 < len(sound) <= PIECE or not WHOLE.fullmatch(whole):
        raise BadRecording(AGAIN)
    if number >= MOST_PIECES:
        raise BadRecording(f"A recording has at most {MOST // 1_000_000} MB.")
    pieces = RecordingPiece.objects.filter(page=page, whole=whole)
    if number == 0:
        if recording_form(sound) is None:
            raise BadRecording("This is no recording. Choose an MP3 or an Ogg file.")
        forget_unfinished_recordings(at=at)
        RecordingPiece.objects.filter(page=page).delete()
    elif not pieces.filter(number=0).exists():
        raise BadRecording(AGAIN)
    # Sent again when no answer came: the same bytes, for the whole is named by what it is.
    pieces.update_or_create(page=page, whole=whole, number=number, defaults={"sound": sound, "at": at})


def finish_recording(page: Page, whole: str, *, words: str) -> None:
    """Puts the pieces together as the page's recording, if they are the whole and the page still has the words that the admin saw.

    To be called in a transaction.

    Raises:
        BadRecording: a piece is missing or altered, the whole is no recording, or the words have changed since.
    """
    if words != words_fingerprint(page):
        raise BadRecording("The page’s words have changed since you opened this form. Load it again, and listen whether they still fit.")
    pieces = RecordingPiece.objects.filter(page=page, whole=whole)
    sound = b"".join(bytes(each) for each in pieces.order_by("number").values_list("sound", flat=True))
    if hashlib.sha256(sound).hexdigest() != whole:
        raise BadRecording(AGAIN)
    keep_recording(page, sound)
    pieces.delete()


def forget_unfinished_recordings(*, at: datetime) -> None:
    RecordingPiece.objects.filter(at__lte=at - KEPT).delete()

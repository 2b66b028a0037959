"""An admin uploads a page's recording: in pieces as small as any form, whole and in order or not at all, and nothing but sound."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from config.demo.content import RECORDINGS
from helpline.clock import now
from helpline.models import Account, AuditEntry, Organisation, Page, Recording, RecordingPiece
from helpline.pages.recording_uploads import MOST_PIECES, PIECE
from helpline.pages.recordings import words_fingerprint
from messaging.housekeeping import tidy_up
from tests.helpline.admin.signed_in import sign_in

SOUND = (RECORDINGS / "en" / "17.mp3").read_bytes()
# What a program writes before the sound: whose it is, and a picture.
TAG = b"ID3\x03\0\0\0\0\x02\0" + b"TPE1 A name. A picture. ".ljust(256, b"\0")


@pytest.fixture
def page(db: None, client_build: object) -> Page:
    Organisation.objects.create(pk=1, name="Helpline under test", phone="0800 000 0000", nation="scotland")
    return Page.objects.create(slug="17", kind="self-help", title="A page", summary="A page.", body="Words.", published=True)


def sha(sound: bytes) -> str:
    return hashlib.sha256(sound).hexdigest()


def piece(desk: Client, page: Page, whole: str, number: int, sound: bytes) -> Any:
    address = reverse("admin:helpline_page_recording_piece", args=[page.pk, whole, number])
    return desk.post(address, sound, content_type="application/octet-stream")


def whole(desk: Client, page: Page, name: str, words: str = "") -> Any:
    return desk.post(reverse("admin:helpline_page_recording", args=[page.pk]), {"whole": name, "words": words or words_fingerprint(page)})


def upload(desk: Client, page: Page, sound: bytes) -> Any:
    """As the admin's browser does it; the last answer."""
    for number, start in enumerate(range(0, len(sound), PIECE)):
        answer = piece(desk, page, sha(sound), number, sound[start : start + PIECE])
        if answer.status_code != 204:
            return answer
    return whole(desk, page, sha(sound))


def test_the_whole_is_heard_on_the_page_and_the_trail_says_who_did_it(desk: Client, page: Page, admin: Account) -> None:
    assert len(SOUND) > 2 * PIECE
    answer = upload(desk, page, SOUND)
    assert (answer.status_code, answer.json()["said"]) == (200, "People can listen to this page.")
    heard = Client().get(answer.json()["address"])
    assert (heard.headers["Content-Type"], heard.content) == ("audio/mpeg", SOUND)
    assert f'src="{answer.json()["address"]}"' in Client().get("/read/17").text
    entry = AuditEntry.objects.latest("pk")
    assert (entry.account, entry.row, entry.fields) == (admin, str(page.pk), "recording")
    assert not RecordingPiece.objects.exists()


def test_what_a_program_wrote_before_the_sound_is_left_out(desk: Client, page: Page) -> None:
    assert upload(desk, page, TAG + SOUND).status_code == 200
    assert bytes(Recording.objects.get().sound) == SOUND


def test_a_new_one_takes_the_place_of_the_old(desk: Client, page: Page) -> None:
    assert upload(desk, page, SOUND).status_code == 200
    assert upload(desk, page, b"OggS" + SOUND).status_code == 200
    assert (Recording.objects.get().form, len(Recording.objects.get().sound)) == ("audio/ogg", len(SOUND) + 4)


@pytest.mark.parametrize("begins", [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF", b"<html>", b"PK\x03\x04", b"\0\1"])
def test_what_is_no_sound_is_refused_at_its_first_piece_and_nothing_of_it_is_kept(desk: Client, page: Page, begins: bytes) -> None:
    sent = begins + SOUND
    answer = upload(desk, page, sent)
    assert (answer.status_code, answer.json()["said"]) == (400, "This is no recording. Choose an MP3 or an Ogg file.")
    assert piece(desk, page, sha(sent), 1, sent[PIECE : 2 * PIECE]).status_code == 400
    assert not RecordingPiece.objects.exists()
    # Behind a tag, too.
    assert upload(desk, page, TAG + sent).status_code == 400
    assert not Recording.objects.exists()


def test_a_tag_that_promises_sound_and_has_none_is_no_recording(desk: Client, page: Page) -> None:
    long_tag = b"ID3\x03\0\0\0\0\x7f\x7f" + bytes(PIECE)
    for sent in (long_tag, TAG, b"ID3\x03\0\0\x7f\x7f\x7f\x7f" + b"\xff\xd8" * PIECE):
        assert upload(desk, page, sent).status_code == 400
    assert not Recording.objects.exists()


def test_pieces_that_are_missing_altered_or_out_of_place_make_nothing(desk: Client, page: Page) -> None:
    first, second, name = SOUND[:PIECE], SOUND[PIECE : 2 * PIECE], sha(SOUND)
    assert piece(desk, page, name, 0, first).status_code == 204
    assert whole(desk, page, name).status_code == 400
    for number, sound in ((1, SOUND[2 * PIECE : 3 * PIECE]), (2, second)):
        assert piece(desk, page, name, number, sound).status_code == 204
    assert whole(desk, page, name).status_code == 400
    assert not Recording.objects.exists()
    # Sent again as it should be, each takes the place of the other.
    assert upload(desk, page, SOUND).status_code == 200


def test_one_that_is_too_large_is_refused_before_it_is_read(desk: Client, page: Page) -> None:
    name = sha(SOUND)
    assert piece(desk, page, name, 0, SOUND[: PIECE + 1]).status_code == 400
    assert piece(desk, page, name, 0, SOUND[:PIECE]).status_code == 204
    refused = piece(desk, page, name, MOST_PIECES, SOUND[:PIECE])
    assert (refused.status_code, refused.json()["said"]) == (400, "A recording has at most 3 MB.")
    assert RecordingPiece.objects.count() == 1


def test_words_that_changed_since_the_form_was_opened_are_not_those_that_were_read(desk: Client, page: Page) -> None:
    seen = words_fingerprint(page)
    for number, start in enumerate(range(0, len(SOUND), PIECE)):
        piece(desk, page, sha(SOUND), number, SOUND[start : start + PIECE])
    Page.objects.filter(pk=page.pk).update(body="Other words.")
    assert "words have changed" in whole(desk, page, sha(SOUND), seen).json()["said"]
    assert not Recording.objects.exists()


def test_a_form_with_a_file_in_it_is_refused_as_everywhere(desk: Client, page: Page) -> None:
    answer = desk.post(reverse("admin:helpline_page_recording", args=[page.pk]), {"sound": SimpleUploadedFile("a.mp3", SOUND[:100])})
    assert answer.status_code == 400
    assert not Recording.objects.exists()


def test_nobody_sends_a_piece_for_an_admin_from_elsewhere_and_no_lead_sends_one(page: Page, admin: Account) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = sign_in(admin).cookies
    assert piece(strict, page, sha(SOUND), 0, SOUND[:PIECE]).status_code == 403
    lead = sign_in(Account.objects.create(email="lena@helpline.example", name="Lena", role="lead"))
    assert piece(lead, page, sha(SOUND), 0, SOUND[:PIECE]).status_code in {302, 403}
    assert not RecordingPiece.objects.exists()


def test_what_was_not_finished_is_forgotten_within_a_day(desk: Client, page: Page) -> None:
    assert piece(desk, page, sha(SOUND), 0, SOUND[:PIECE]).status_code == 204
    tidy_up(at=now())
    assert RecordingPiece.objects.exists()
    tidy_up(at=now() + timedelta(days=1))
    assert not RecordingPiece.objects.exists()

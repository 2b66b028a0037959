"""A page that was read aloud is heard from this site alone, only while its words are those that were read, and leaves no copy."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from config.demo.content import RECORDINGS
from helpline.models import Organisation, Page, Recording
from helpline.pages.import_content import import_content
from helpline.pages.recordings import load_recordings
from tests.helpline.pages.asking import Get
from tests.parts.axe import assert_accessible
from tests.parts.browser import Visit
from tests.parts.web import WebServer

HEARD = "/read/17"
SECONDS = """() => new Promise((yes, no) => {
  const sound = document.querySelector('audio');
  sound.onloadedmetadata = () => yes(sound.duration);
  sound.onerror = () => no(new Error(sound.error.message));
  sound.preload = 'auto';
  sound.load();
})"""


@pytest.fixture
def heard(helpline: Organisation) -> int:
    import_content()
    assert load_recordings(RECORDINGS) == ["en/17.mp3"]
    return Recording.objects.get().pk


def test_the_page_has_it_while_its_words_are_those_that_were_read(heard: int, get: Get) -> None:
    assert f'<audio controls controlslist="nodownload" preload="none" src="/listen/{heard}"' in get(HEARD).text
    assert f'src="/listen/{heard}"' in get(f"/pl{HEARD}").text
    assert "<audio" not in get("/read/16").text
    Page.objects.filter(slug="17").update(body="Other words.")
    assert "<audio" not in get(HEARD).text


def test_a_browser_gets_it_whole_or_in_part_and_keeps_no_copy(heard: int, get: Get) -> None:
    client_get = get(f"/listen/{heard}")
    sound = (RECORDINGS / "en" / "17.mp3").read_bytes()
    assert (client_get.status_code, client_get.content) == (200, sound)
    assert (client_get.headers["Cache-Control"], client_get.headers["Content-Type"]) == ("no-store", "audio/mpeg")
    assert len(sound) < 200_000


@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [("bytes=0-1", 206, 0, 1), ("bytes=100-", 206, 100, -1), ("bytes=5-999999999", 206, 5, -1), ("bytes=99999999-", 416, 0, 0)],
)
def test_a_part_is_the_part_that_was_asked_for(heard: int, client: Client, asked: str, status: int, first: int, last: int) -> None:
    sound = bytes(Recording.objects.get().sound)
    answer = client.get(f"/listen/{heard}", headers={"Range": asked})
    assert answer.status_code == status
    if status == 206:
        end = len(sound) - 1 if last == -1 else last
        assert answer.content == sound[first : end + 1]
        assert answer.headers["Content-Range"] == f"bytes {first}-{end}/{len(sound)}"
    assert client.get(f"/listen/{heard}", headers={"Range": "bytes=0-1,5-6"}).content == sound


def test_what_is_not_published_is_not_heard(heard: int, get: Get) -> None:
    Page.objects.update(published=False)
    assert get(f"/listen/{heard}").status_code == 404


def test_only_sound_of_pages_that_there_are_is_taken(heard: int, tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    for name, content in (("none.mp3", b"ID3"), ("16.mp3", b"<html>"), ("17.ogg", b"x" * 3_000_001)):
        (tmp_path / "en" / name).write_bytes(content)
    with pytest.raises(CommandError, match="Nothing was loaded") as refused:
        call_command("load_recordings", tmp_path)
    assert str(refused.value).splitlines()[1:] == [
        "en/16.mp3: this is not MP3.",
        "en/17.ogg: a recording has at most 3 MB.",
        "en/none.mp3: there is no page none in “en”.",
    ]
    assert Recording.objects.get().page.slug == "17"


def test_other_forms_of_a_page_lead_elsewhere_and_say_so(heard: int, get: Get) -> None:
    Page.objects.filter(slug="16").update(signed="https://bsl.example/16", easy_read="https://easy.example/16")
    html = get("/read/16").text
    assert '<a href="https://bsl.example/16" rel="noreferrer">In British Sign Language, on another site</a>' in html
    assert '<a href="https://easy.example/16" rel="noreferrer">Easy read with pictures, on another site</a>' in html


def test_it_plays(heard: int, web_server: WebServer, visit: Visit) -> None:
    page = visit("the listener").page
    page.goto(HEARD)
    assert_accessible(page)
    assert 60 < page.evaluate(SECONDS) < 120

"""The pages that come with the service fill gaps; what an admin wrote stays until somebody names it."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from helpline.models import Page
from helpline.pages.import_content import BadContent, import_content

pytestmark = pytest.mark.django_db
HEAD = "---\ntitle: {title}\nsummary: A summary.\nkind: self-help\naudience: self\nposition: {position}\n---\n{body}\n"


def write(folder: Path, place: str, *, title: str = "A title", position: str = "1", body: str = "Text.") -> None:
    path = folder / f"{place}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD.format(title=title, position=position, body=body), encoding="utf-8")


def test_what_is_missing_is_published(tmp_path: Path) -> None:
    write(tmp_path, "en/first", position="3")
    write(tmp_path, "cy/first", title="Teitl")
    assert import_content(tmp_path).created == ["cy/first", "en-gb/first"]
    page = Page.objects.get(slug="first", language="en-gb")
    assert (page.title, page.kind, page.audience, page.position, page.body, page.published) == (
        "A title",
        "self-help",
        "self",
        3,
        "Text.\n",
        True,
    )


def test_what_an_admin_changed_or_hid_stays(tmp_path: Path) -> None:
    write(tmp_path, "en/first")
    import_content(tmp_path)
    Page.objects.update(body="An admin's words.", published=False)
    write(tmp_path, "en/second")
    loaded = import_content(tmp_path)
    assert (loaded.created, loaded.replaced, loaded.kept) == (["en-gb/second"], [], ["en-gb/first"])
    page = Page.objects.get(slug="first")
    assert (page.body, page.published) == ("An admin's words.", False)


def test_a_named_page_goes_back_to_its_file_and_stays_hidden_if_it_was(tmp_path: Path) -> None:
    for place in ("en/first", "cy/first", "en/second"):
        write(tmp_path, place)
    import_content(tmp_path)
    Page.objects.update(body="An admin's words.", published=False)
    loaded = import_content(tmp_path, replace=["first"])
    assert (loaded.replaced, loaded.kept) == (["cy/first", "en-gb/first"], ["en-gb/second"])
    assert set(Page.objects.filter(slug="first").values_list("body", "published")) == {("Text.\n", False)}
    assert Page.objects.get(slug="second").body == "An admin's words."


@pytest.mark.parametrize(
    ("place", "parts", "said"),
    [
        ("en/second", {"body": "A <b>tag</b>."}, "en/second.md: Take out the HTML “<b>”"),
        ("en/second", {"body": "Call {fax}."}, "en/second.md: {fax} is not known."),
        ("en/second", {"position": "first"}, "en/second.md: position:"),
        ("en/Not A Slug", {}, "en/Not A Slug.md: slug: Enter small letters"),
        ("xx/second", {}, "xx/second.md: “xx” is not a language of this service."),
        ("second", {}, "second.md: “.” is not a language of this service."),
    ],
)
def test_one_bad_file_and_nothing_is_loaded(tmp_path: Path, place: str, parts: dict[str, str], said: str) -> None:
    write(tmp_path, "en/first")
    write(tmp_path, place, **parts)
    with pytest.raises(BadContent) as refused:
        import_content(tmp_path)
    assert str(refused.value).startswith(said)
    assert not Page.objects.exists()


def test_the_command_says_what_it_did_and_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "en/first")
    call_command("load_content", folder=tmp_path)
    call_command("load_content", "--replace", "first", folder=tmp_path)
    assert capsys.readouterr().out == "Published: en-gb/first\nReplaced: en-gb/first\n"
    with pytest.raises(CommandError, match=r"Nothing was loaded\.\nThere is no file for third\."):
        call_command("load_content", "--replace", "third", folder=tmp_path)
    with pytest.raises(CommandError, match="There are no pages in"):
        call_command("load_content", folder=tmp_path / "nothing")


def test_the_pages_that_come_with_the_service_are_all_good() -> None:
    created = import_content().created
    assert {f"en-gb/{slug}" for slug in ("1", "2", "3", "4", "5", "8", "14", "16", "17")} <= set(created)
    assert import_content().created == []

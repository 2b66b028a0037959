"""`manage.py demo`: a message is read and answered on embedded parts; Ctrl-C stops it cleanly; it goes on with its data or begins anew."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from messaging.hub.frames import SIZE
from messaging.protocol.encoding import encode
from messaging.release.manifest import project_version
from tests.journeys.demonstration import STEPS, Demonstration, run
from tests.parts.browser import DESKTOP, Visit
from tests.parts.examples import by_night
from tests.world.steps import PATIENCE, Look, begin_to_write, open_inbox, send_first, sign_in, unlock, unseen

pytestmark = pytest.mark.browser
TEXT = "I worry about my brother and what he looks at."
REPLY = "It is good that you ask. Is there a child in his home?"


def test_on_a_saturday_a_message_waits_and_a_counsellor_who_is_there_may_take_it(tmp_path: Path, visit: Visit, client_build: Path) -> None:
    # By day the same steps are looked at where a message is read and answered in another browser.
    look = Look("demonstration") if by_night() else unseen
    with Demonstration(tmp_path / "demo", ("--at", "2026-11-28T11:00:00+00:00")) as demo:
        assert sorted(person["role"] for person in demo.printed["people"]) == ["admin", *["counsellor"] * 3, "lead"]
        # In seconds, to be added to the machine's clock.
        moved = datetime.now(UTC) + timedelta(seconds=demo.printed["clock_offset"])
        assert timedelta(0) <= moved - datetime.fromisoformat(demo.printed["at"]) < timedelta(minutes=2)
        assert demo.printed["at"].startswith("2026-11-28T11:0")
        assert demo.printed["version"] == project_version()
        person = visit("the person", origin=demo.origin)
        begin_to_write(person, look)
        expect(person.page.get_by_text("Demonstration: this is not the real service and nobody is reading.")).to_be_visible()
        expect(person.page.get_by_text("clock is set to")).to_be_visible()
        words = send_first(person.page, TEXT, "I am worried about someone else")
        look(person, "sent")

        moira = demo.staff("counsellor")
        counsellor = visit("Moira", size=DESKTOP, origin=demo.origin)
        # The hub is in the same process, at the same address, without Redis.
        frames: list[int] = []
        counsellor.page.on("websocket", lambda bell: bell.on("framereceived", lambda raw: frames.append(len(raw))))
        sign_in(counsellor, moira, look)
        unlock(counsellor, moira, look)
        # Those that wait already came before.
        counsellor.page.locator("section:has(h2:text('Waiting')) li button").last.click()
        counsellor.page.get_by_role("button", name="Take this conversation").click(timeout=PATIENCE)
        expect(counsellor.page.get_by_text(TEXT)).to_be_visible(timeout=PATIENCE)
        counsellor.page.get_by_label("Your reply").fill(REPLY)
        counsellor.page.get_by_role("button", name="Send, signed").click()
        expect(counsellor.page.get_by_role("list", name="Messages").get_by_text(REPLY)).to_be_visible(timeout=PATIENCE)
        look(counsellor, "answered")
        assert set(frames) == {SIZE}
        counsellor.close()

        back = visit("the person, later", origin=demo.origin)
        open_inbox(back.page, words)
        expect(back.page.locator("#thread").get_by_text(REPLY)).to_be_visible(timeout=PATIENCE)
        look(back, "reply-read")
        # An open conversation would look for its hub once the demonstration has stopped.
        back.close()
        found = run("verify_site", demo.origin, f"--root-public={demo.printed['root']}")
        assert "moves the pages' clock by " in found.stderr
        assert found.stderr.count("BAD ") == 1, found.stderr
    assert (demo.code, demo.errors) == (0, "")
    # The client was built already; each other step is told to who waits, though the answer is one line of JSON.
    assert [line.startswith(step) for line, step in zip(demo.steps, STEPS[1:], strict=True)] == [True] * 4, demo.steps


@pytest.mark.night("three starts: by day one works to the end here, and a reset is tried where it refuses in words")
def test_it_goes_on_with_its_data_until_it_is_reset(tmp_path: Path, visit: Visit, client_build: Path) -> None:
    folder = tmp_path / "demo"
    with Demonstration(folder) as first:
        words = first.printed["inboxes"][0]["words"]
    with Demonstration(folder, port=first.port) as second:
        # The clock goes on; everything else is what it was.
        assert {**second.printed, "at": ""} == {**first.printed, "at": ""}
        assert (second.printed["origin"], second.printed["clock_offset"]) == (second.origin, 0)
        # What it serves is what its own root signed, and a second start signs nothing new.
        root = second.printed["root"]
        assert root == encode((folder / "root.public").read_bytes())
        found = run("verify_site", second.origin, f"--root-public={root}")
        assert (found.returncode, found.stderr) == (0, ""), found
        assert "good  Release 1 of" in found.stdout
        person = visit("the person", origin=second.origin)
        open_inbox(person.page, words.split())
        expect(person.page.locator("#thread").get_by_text("signature checked")).to_be_visible(timeout=PATIENCE)
        person.close()
    with Demonstration(folder, ("--reset",), port=first.port) as third:
        assert third.printed["inboxes"] != first.printed["inboxes"]
    assert [(demo.code, demo.errors) for demo in (first, second, third)] == [(0, "")] * 3

"""Someone waits in Tor Browser: over a path that takes seconds, whose circuits break, and through an exit that carries no sockets.

Firefox as Tor Browser is set, through a proxy of the loopback that names no place. At “Safest” there is no script: what the page says then
is tried in test_every_public_page_reads_without_a_script.py. What “Safer” takes away is in test_engines_of_all_kinds.py.
"""

import random
from pathlib import Path

import pytest

from tests.journeys.answers import answers
from tests.parts.cut_line import CutLine
from tests.parts.live import LiveSite
from tests.parts.profiles import Driven, in_firefox, wait_for
from tests.world.driven import Visit
from tests.world.live_peer import LivePeer
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.firefox,
    pytest.mark.proxy,
    pytest.mark.long(120),
    pytest.mark.night("Firefox, over a path that takes seconds for everything"),
    pytest.mark.django_db(transaction=True),
]
# Seconds: of a beat's length, but of a path that takes up to three each way and back.
PATIENCE = 90


def tor(port: int) -> dict[str, object]:
    """What Tor Browser sets, and where its Tor is."""
    return {
        "network.proxy.http": "",
        "network.proxy.ssl": "",
        "network.proxy.socks": "127.0.0.1",
        "network.proxy.socks_port": port,
        "network.proxy.socks_remote_dns": True,
        "network.proxy.allow_hijacking_localhost": True,
        "network.proxy.no_proxies_on": "",
        "privacy.firstparty.isolate": True,
        "privacy.resistFingerprinting": True,
        "privacy.resistFingerprinting.letterboxing": True,
        "browser.privatebrowsing.autostart": True,
        "media.peerconnection.enabled": False,
        "network.http.http3.enable": False,
    }


def says(page: Driven, place: str, words: str) -> None:
    wait_for(page, f"document.querySelector('{place}')?.textContent.includes('{words}')", PATIENCE)


def test_the_line_stands_breaks_and_comes_back(people: People, live_site: LiveSite, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    writer = Writer(people).first("Is anyone there?").given_to(people.ailsa.member)
    peer = LivePeer(people, people.ailsa, writer, live_site.origin).begin()
    request.addfinalizer(peer.end)
    profile = tmp_path / "profile"
    profile.mkdir()
    with CutLine(int(live_site.origin.rpartition(":")[2]), socks=True) as path, in_firefox(profile, **tor(path.port)) as page:
        visit = Visit(page, live_site.origin, PATIENCE * 2)
        path.delay = lambda: random.uniform(0.2, 1.5)  # noqa: S311 - no secret
        visit.read(writer.words)
        says(page, ".live__who", "Ailsa is here.")
        answers(people, people.ailsa, writer, "I am here, however far away you are.")
        says(page, "#thread", "however far away")

        # The circuit breaks: nobody is shown, and then they are again.
        path.drop()
        says(page, ".live__state", "There is no direct connection.")
        says(page, ".live__who", "Ailsa is here.")

        # An exit that carries no sockets: the answer comes all the same.
        path.sockets = "accept and forward nothing"
        path.drop()
        says(page, ".live__state", "There is no direct connection.")
        answers(people, people.ailsa, writer, "This came without a line.")
        says(page, "#thread", "This came without a line.")
        assert page.run("document.querySelector('.live__who').textContent") == ""
        path.heal()
        says(page, ".live__who", "Ailsa is here.")
        visit.write_on("Thank you.")
    assert writer.conversation.received == 2

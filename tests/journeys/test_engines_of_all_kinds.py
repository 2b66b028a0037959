"""Someone writes, reads a reply and writes on: in old engines, in WebKit, in Firefox, and where security settings take away what is quick.

Each is the browser itself, with no library between. By day what stands in is tried in Chromium
(test_a_browser_that_lacks_something_writes_all_the_same.py).
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest

from messaging.models import Conversation
from messaging.protocol.peer import derive_inbox
from tests.journeys.answers import answers
from tests.parts.browser import CHROMIUM
from tests.parts.environment import Installation
from tests.parts.old_chromium import in_chromium_by_itself, old_chromium
from tests.parts.profiles import Driven, in_firefox
from tests.parts.web import WebServer
from tests.parts.webkit import in_webkit
from tests.world.driven import Visit
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long(60),
    pytest.mark.night("each brings an engine of its own; by day Chromium is made to lack what they lack"),
    pytest.mark.django_db(transaction=True),
]
TEXT = "I look at things at night that I am ashamed of. Я боюсь. 💚"
REPLY = "Thank you for telling us. Samaritans: 116 123, and https://www.example.org/help"
AGAIN = "Thank you. I will try."
# How long a key may take, in seconds: by WebAssembly or by a compiled script; and where scripts are read line by line, on a busy machine.
QUICK, SLOW = 120, 1_200

Engine = Callable[[Path], AbstractContextManager[Driven]]


def of_year(year: int) -> Engine:
    return lambda profile: in_chromium_by_itself(old_chromium(year), profile)


def without_a_compiler(profile: Path) -> AbstractContextManager[Driven]:
    assert CHROMIUM, "apt-get install chromium"
    return in_chromium_by_itself(CHROMIUM, profile, ["--js-flags=--jitless"])


def firefox(**preferences: object) -> Engine:
    return lambda profile: in_firefox(profile, **{name.replace("__", "."): value for name, value in preferences.items()})


STANDS_IN, ITSELF = {"stand-ins"}, {"argon2"}
ENGINES: dict[str, tuple[Engine, float, set[str], list[pytest.MarkDecorator]]] = {
    # No Ed25519 and no X25519; in 2021 WebAssembly was kept from pages with a policy.
    "Chromium of 2021": (of_year(2021), QUICK, STANDS_IN, []),
    "Chromium of 2023": (of_year(2023), QUICK, STANDS_IN | ITSELF, []),
    "Chromium of 2024": (of_year(2024), QUICK, STANDS_IN | ITSELF, []),
    "Chromium without a compiler": (without_a_compiler, SLOW, STANDS_IN, []),
    "Firefox": (firefox(), QUICK, ITSELF, [pytest.mark.firefox]),
    "Firefox without WebAssembly": (firefox(javascript__options__wasm=False), QUICK, STANDS_IN, [pytest.mark.firefox]),
    # Coarse clocks, and one size of window and one time zone for everybody.
    "Firefox that resists fingerprinting": (firefox(privacy__resistFingerprinting=True), QUICK, ITSELF, [pytest.mark.firefox]),
    # As Tor Browser's “Safer” has it: no WebAssembly, no compiler, coarse clocks.
    "Firefox as Tor Browser is set": (
        firefox(
            javascript__options__wasm=False,
            javascript__options__ion=False,
            javascript__options__baselinejit=False,
            javascript__options__native_regexp=False,
            privacy__resistFingerprinting=True,
        ),
        SLOW,
        STANDS_IN,
        [pytest.mark.firefox],
    ),
    # Its Ed25519 is another than everyone's (messaging/client/src/protocol/signatures.ts).
    "WebKit": (in_webkit, QUICK, STANDS_IN | ITSELF, [pytest.mark.webkit]),
    # As iPhones in Lockdown Mode are, but for their compiler.
    "WebKit without WebAssembly": (partial(in_webkit, JSC_useWasm="0"), QUICK, STANDS_IN, [pytest.mark.webkit]),
}


@pytest.mark.parametrize("engine", [pytest.param(name, marks=marks) for name, (*_, marks) in ENGINES.items()])
def test_someone_writes_reads_a_reply_and_writes_on(
    people: People, web_server: WebServer, installation: Installation, tmp_path: Path, engine: str
) -> None:
    begin, patience, lacks, _ = ENGINES[engine]
    profile = tmp_path / "profile"
    profile.mkdir()
    with begin(profile) as page:
        visit = Visit(page, installation.origin, patience)
        words = visit.write(TEXT)
        # What it loads besides says what it is: nothing stands in where the browser can do it itself.
        assert visit.loaded() & {"argon2", "stand-ins"} == lacks

        # The other implementation makes the same keys of the same words, and replies to them.
        conversation = Conversation.objects.select_related("inbox").get()
        assert bytes(conversation.inbox.inbox_id) == derive_inbox(people.site, words).inbox_id
        writer = Writer(people)
        writer.conversation_id = bytes(conversation.conversation_id)
        answers(people, people.ailsa, writer, REPLY)

        read = visit.read(words)
        assert TEXT in read
        assert REPLY in read
        assert people.ailsa.name in read
        visit.write_on(AGAIN)
    assert Conversation.objects.get().received == 2

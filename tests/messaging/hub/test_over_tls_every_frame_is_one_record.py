"""Over TLS too all frames have one size: a browser's and the hub's, through the proxy, as records on the line."""

from collections.abc import Generator

import pytest
from playwright.sync_api import Browser

from messaging.hub.tickets import Side
from messaging.protocol.encoding import encode
from tests.parts.cut_line import CutLine, Seen
from tests.parts.environment import Installation
from tests.parts.hub import Hub, ticket
from tests.parts.processes import wait_until
from tests.parts.proxy import Proxy

pytestmark = [pytest.mark.browser, pytest.mark.proxy, pytest.mark.redis]
# A frame, masked or not, what TLS says of its kind, and the seal.
UP, DOWN = 265 + 1 + 16, 261 + 1 + 16
BEATS = 12
APPLICATION_DATA = 23
# As `transport/live.ts` sends them, in a page that has nothing else.
TALKS = """async ([address, ticket, beats]) => {
  const socket = new WebSocket(address);
  socket.binaryType = "arraybuffer";
  const frame = (kind, said) => {
    const bytes = crypto.getRandomValues(new Uint8Array(257));
    bytes[0] = kind;
    bytes.set(said, 1);
    return bytes;
  };
  const shown = Uint8Array.from(atob(ticket), (letter) => letter.charCodeAt(0));
  await new Promise((done, fail) => { socket.onopen = done; socket.onerror = fail; });
  socket.send(frame(1, shown));
  let came = 0;
  await new Promise((done) => { socket.onmessage = () => { came += 1; socket.send(frame(2, [])); if (came === beats) done(); }; });
  return came;
}"""


@pytest.fixture
def path(installation: Installation, hub: Hub) -> Generator[tuple[CutLine, str]]:
    """It is watched; the proxy's address behind it."""
    proxy = Proxy(installation, live=hub.port, secure=True)
    proxy.run()
    wait_until(proxy.authority.exists, "the proxy has certificates")
    with CutLine(proxy.port, socks=True, watches=True) as line:
        yield line, proxy.origin
    proxy.stop()


def records(seen: list[Seen], *, up: bool) -> list[int]:
    """The lengths of the records with data, as the line shows them to anyone."""
    stream = b"".join(each.data for each in seen if each.up is up)
    found = []
    while len(stream) >= 5:
        length = int.from_bytes(stream[3:5])
        if stream[0] == APPLICATION_DATA:
            found.append(length)
        stream = stream[5 + length :]
    return found


def test_each_frame_is_a_record_of_one_size(path: tuple[CutLine, str], chromium: Browser) -> None:
    line, origin = path
    context = chromium.new_context(ignore_https_errors=True, proxy={"server": f"socks5://127.0.0.1:{line.port}"})
    page = context.new_page()
    page.goto(f"{origin}/live/nothing")
    standard = encode(ticket(Side.PERSON, b"over TLS")).replace("-", "+").replace("_", "/")
    assert page.evaluate(TALKS, [origin.replace("https", "wss") + "/live/socket", standard, BEATS]) == BEATS
    context.close()
    connections = [[each for each in line.seen if each.connection == number] for number in {each.connection for each in line.seen}]
    for up, size in ((True, UP), (False, DOWN)):
        of_line = max((records(each, up=up) for each in connections), key=lambda lengths: lengths.count(size))
        # Before them: the end of the handshake, and the request or the answer that opens the socket.
        begins = of_line.index(size)
        assert set(of_line[begins : begins + BEATS]) == {size}, of_line

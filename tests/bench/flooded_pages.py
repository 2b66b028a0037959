"""What a flood of pages does to whoever is at the desk: `python -m tests.bench.flooded_pages`.

Everything of docker-compose.yml runs, behind the proxy. As many pages as the machine serves are asked for over 32 connections while a
counsellor reads; then once more with one web server for both. The clients share the machine with the service.
"""

import http.client
import threading
import time
from functools import partial

from tests.bench.apart import TIMEOUT
from tests.bench.flood import SECONDS, conversations_of, p95, said, signed_in
from tests.bench.flooding import Seen, reading, together
from tests.bench.installation import Running, prepared, say, say_where

CONNECTIONS, LOOKS_A_SECOND = 32, 4


def asking(port: int, path: str, seconds: float, begin: float, seen: Seen) -> None:
    """Asks for the page again as soon as it is there."""

    def one() -> None:
        connection = http.client.HTTPConnection("localhost", port, timeout=TIMEOUT)
        time.sleep(max(0.0, begin - time.monotonic()))
        while time.monotonic() < begin + seconds:
            asked = time.monotonic()
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            seen.note(answer.status, time.monotonic() - asked)
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def phase(name: str, port: int, cookie: str, paths: list[str], *, flood: bool) -> None:
    acts = {"reads": partial(reading, port, cookie, paths, LOOKS_A_SECOND, SECONDS)}
    if flood:
        acts["floods"] = partial(asking, port, "/", SECONDS)
    seen = together(**acts)
    say(f"{name}: a counsellor reads", f"{p95(seen['reads'])}; {said(seen['reads'])}")
    if flood:
        say("  the flood", f"{len(seen['floods'].took) / SECONDS:.0f} a second, {p95(seen['floods'])}; {said(seen['floods'])}")


def main() -> None:
    say_where()
    with prepared() as parts:
        from tests.parts.proxy import Proxy
        from tests.parts.whole import Whole

        whole = Whole(parts.installation)
        whole.run()
        running = Running(parts.installation, parts.postgres, whole.web, parts.people)
        cookie, looks = signed_in(running), []
        for path in conversations_of(running):
            looks += ["/desk/api/conversations", path]
        both = Proxy(parts.installation)
        whole.proxy.stop()
        for _ in range(2):
            whole.proxy.run()
            phase("quiet", whole.proxy.port, cookie, looks, flood=False)
            phase("a flood of pages", whole.proxy.port, cookie, looks, flood=True)
            whole.proxy.stop()
            both.run()
            phase("… one web server for both", both.port, cookie, looks, flood=True)
            both.stop()


if __name__ == "__main__":
    main()

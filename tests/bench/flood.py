"""What a flood of messages does to everybody else: `python -m tests.bench.flood`.

200 requests a second come over eight connections, first real messages of other people, then junk of the same size; and all the
while a counsellor reads at the desk and one person after another sends a message. Nobody who floods does the work that is asked for under
load. The clients share the machine with the service: what the flood itself costs is printed too.
"""

import json
import os
import time
from collections.abc import Sequence
from functools import partial
from statistics import median, quantiles
from urllib.parse import urlsplit

from tests.bench.accepted_a_second import bodies
from tests.bench.clients import KeptAlive, request_of
from tests.bench.flooding import ASKED_FOR_WORK, Seen, flooding, reading, sending, together
from tests.bench.installation import Running, cpu_of, running, say, say_where

A_SECOND, SECONDS, THREADS = 200, 20, 8
# So many are sealed, and come again and again: work is asked for before anything else is looked at.
DISTINCT = 600
LOOKS_A_SECOND, SEND_EVERY = 4, 1.0
ASSIGNED = 20
PATIENCE = 30.0


def junk_like(body: bytes) -> bytes:
    """The same fields, each as long as in a real message, with noise in them."""
    from messaging.protocol.encoding import decode, encode

    return json.dumps({name: encode(os.urandom(len(decode(value)))) for name, value in json.loads(body).items()}).encode()


def signed_in(parts: Running) -> str:
    """A counsellor's cookie."""
    from django.test import Client

    client = Client(headers={"host": urlsplit(parts.installation.origin).netloc})
    client.force_login(parts.people.ailsa.account)
    return "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())


def conversations_of(parts: Running) -> list[str]:
    """The addresses of a counsellor's conversations, once the first messages are assigned."""
    from helpline.clock import now
    from messaging.desk.lists import desk_lists

    line = KeptAlive(parts.installation.web_port)
    for body in bodies(parts, ASSIGNED):
        line.post(request_of(parts.installation.web_port, body))
    line.close()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        mine = desk_lists(parts.people.ailsa.member, lead=False, at=now())["mine"]
        if len(mine) >= ASSIGNED // 4:
            return [f"/desk/api/conversations/{each['conversation']}" for each in mine]
        time.sleep(0.2)
    raise TimeoutError("nothing was assigned")


def p95(seen: Seen) -> str:
    return f"p50 {median(seen.took) * 1000:6.1f} ms, p95 {quantiles(seen.took, n=20)[-1] * 1000:6.1f} ms"


def phase(name: str, parts: Running, cookie: str, paths: Sequence[str], flood: Sequence[bytes]) -> None:
    """So many seconds, with or without a flood."""
    port = parts.installation.web_port
    acts = {
        "reads": partial(reading, port, cookie, paths, LOOKS_A_SECOND, SECONDS),
        "sends": partial(sending, port, bodies(parts, int(SECONDS / SEND_EVERY)), SEND_EVERY),
    }
    if flood:
        requests = [flood[number % len(flood)] for number in range(A_SECOND * SECONDS)]
        acts["floods"] = partial(flooding, port, requests, A_SECOND, THREADS)
    before = cpu_of([parts.web.pid]), cpu_of([parts.postgres.pid])
    seen = together(**acts)
    web, rows = (spent - first for spent, first in zip((cpu_of([parts.web.pid]), cpu_of([parts.postgres.pid])), before, strict=True))
    say(name, f"{web / SECONDS:.0%} of a core in the web processes, {rows / SECONDS:.0%} in Postgres")
    say("  a counsellor reads", f"{p95(seen['reads'])}; {said(seen['reads'])}")
    person = seen["sends"]
    work = f"; work {median(person.worked):.1f} s, at most {max(person.worked):.1f} s" if person.worked else "; no work asked for"
    say("  a person sends, without their own device's work", f"{p95(person)}; {said(person)}{work}")
    if flood:
        sent = seen["floods"]
        say("  the flood", f"{len(sent.took) / sent.seconds:4.0f} a second, {p95(sent)}; {said(sent)}")
        say(
            "  of it asked for work",
            f"{sent.statuses[ASKED_FOR_WORK] / len(sent.took):.1%}; its sender takes {sent.cpu / sent.seconds:.0%} of a core",
        )


def said(seen: Seen) -> str:
    return ", ".join(f"{number} × {status}" for status, number in sorted(seen.statuses.items()))


def main() -> None:
    say_where()
    with running(worker=True, asks_for_work=True) as parts:
        cookie, looks = signed_in(parts), []
        for path in conversations_of(parts):
            looks += ["/desk/api/conversations", path]
        valid = bodies(parts, DISTINCT)
        junk = [junk_like(body) for body in valid]
        phase("quiet", parts, cookie, looks, [])
        phase("a flood of real messages", parts, cookie, looks, valid)
        phase("quiet again", parts, cookie, looks, [])
        phase("a flood of junk", parts, cookie, looks, junk)


if __name__ == "__main__":
    main()

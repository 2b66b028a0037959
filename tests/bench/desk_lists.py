"""How long the desk's lists take among 100,000 conversations: `python -m tests.bench.desk_lists` prints it."""

import time
from collections.abc import Callable
from statistics import median, quantiles
from urllib.parse import urlsplit

from tests.bench.installation import running, say, say_where

CONVERSATIONS = 100_000
LOOKS = 300


def timed(look: Callable[[], object]) -> str:
    look()
    times, cpu = [], time.process_time()
    for _ in range(LOOKS):
        began = time.perf_counter()
        look()
        times.append((time.perf_counter() - began) * 1_000)
    cpu = (time.process_time() - cpu) * 1_000 / LOOKS
    return f"p50 {median(times):5.1f} ms   p95 {quantiles(times, n=20)[-1]:5.1f} ms   {cpu:5.1f} ms of CPU here"


def main() -> None:
    say_where()
    with running(worker=False) as parts:
        from django.test import Client

        from helpline.clock import now
        from messaging.desk.lists import desk_lists
        from tests.bench.many import fill

        people = parts.people
        fill(CONVERSATIONS, [people.ailsa.member, people.bhavna.member], at=now())
        client = Client(headers={"host": urlsplit(parts.installation.origin).netloc})
        client.force_login(people.ailsa.account)
        first = client.get("/desk/api/conversations")
        say(f"the lists of one counsellor of two, {CONVERSATIONS:,} conversations", f"{len(first.content) / 1_024:.0f} KB")
        say("the queries and the lines", timed(lambda: desk_lists(people.ailsa.member, lead=True, at=now())))
        say("the whole request", timed(lambda: client.get("/desk/api/conversations")))
        same = {"if-none-match": first["ETag"]}
        say("the whole request, nothing new (304)", timed(lambda: client.get("/desk/api/conversations", headers=same)))


if __name__ == "__main__":
    main()

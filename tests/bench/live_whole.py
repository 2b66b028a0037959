"""200 live talks the whole way, beside a quiet desk: `python -m tests.bench.live_whole`. Six minutes, on a machine that does nothing else.

Everything runs as docker-compose.yml starts it: Caddy with TLS, web processes for the public and for staff, workers, beat, Postgres that
keeps what it commits, Redis, the hub. Each talk has a person's page and a counsellor's, which ask what the real pages ask. A message is
sealed when it is pressed, posted by the ordinary interface, and shown once the other page has opened it. A counsellor who is in no talk
reads ordinary messages four times a second through all of it.

The clients share the machine with what they measure; their own share of it is printed. Nothing here fails for being slow.
"""

import argparse
import asyncio
from collections.abc import Sequence
from urllib.parse import urlsplit

from tests.bench.installation import prepared, say_where
from tests.parts.environment import LIVE_KEY

ORDINARY = 20
# As many as an epoch's roster has room for, beside the two who are there: a counsellor may have several browsers here.
MOST_COUNSELLORS = 50


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.live_whole")
    parser.add_argument("--talks", type=int, default=200, help="live talks at once (200)")
    parser.add_argument("--many", type=int, default=500, help="and far more; as many as --talks leaves that out (500)")
    parser.add_argument("--idle", type=int, default=1_000, help="sockets that say nothing (1,000)")
    parser.add_argument("--seconds", type=float, default=40, help="how long people write in each part (40)")
    parser.add_argument("--every", type=float, default=40, help="seconds between two messages of one side (40)")
    chosen = parser.parse_args(arguments)
    say_where()
    with prepared(HELPLINE_LIVE_KEY=LIVE_KEY) as parts:
        from helpline.clock import now
        from tests.bench.live_cast import begin_talks, hire, signed_in
        from tests.bench.live_line import Network
        from tests.bench.live_runs import TalkRun
        from tests.bench.live_stages import Bench, measure, written_to
        from tests.parts.whole import Whole

        at = now()
        cast = hire(parts.people, min(MOST_COUNSELLORS, -(-chosen.talks // 2)), at=at)
        casts = begin_talks(parts.people, cast, max(chosen.talks, chosen.many), at=at)
        paths = written_to(parts.people, ORDINARY, at=at)
        reader = signed_in(parts.people.ailsa.account)["Cookie"]
        whole = Whole(parts.installation, secure=True)
        whole.run()
        network = Network(whole.proxy.port, authority=str(whole.proxy.authority), host=urlsplit(parts.installation.origin).netloc)
        usage: dict[str, Sequence[int]] = {
            "web": [whole.web.pid],
            "desk": [whole.desk.pid],
            "hub": [whole.hub.pid],
            "proxy": [whole.proxy.pid],
            "Postgres": [parts.postgres.pid],
            "Redis": [parts.redis.pid],
            "workers": [each.pid for each in (*whole.celery.workers, *whole.celery.beats)],
        }
        runs = [TalkRun(parts.people.site, each) for each in casts]
        bench = Bench(whole, network, usage, runs, reader, paths, chosen.seconds, chosen.every)
        asyncio.run(measure(bench, chosen.talks, chosen.idle))


if __name__ == "__main__":
    main()

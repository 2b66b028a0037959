"""Messages accepted a second, beside what the same database takes of the same rows: `python -m tests.bench.accepted_a_second`.

The whole request is measured: gunicorn with two processes, JSON, proof, one transaction, the nudge; kept-alive connections from other
processes on the same machine. Then the very rows that this left are inserted again by psycopg2, one transaction a message: over as many
connections, and over one.
"""

import json
import os
import resource
from functools import partial

from tests.bench.apart import apart
from tests.bench.clients import posting
from tests.bench.inserts import inserting, taken
from tests.bench.installation import DATABASE, Running, cpu_of, running, say, say_where

MESSAGES, WARM, ROUNDS = 1_500, 200, 3
PROCESSES, CONNECTIONS = 2, 4  # As many connections in all as two web processes have threads.


def bodies(parts: Running, count: int) -> list[bytes]:
    """First messages, each of another person."""
    from helpline.clock import now
    from messaging.protocol.peer import seal_first
    from messaging.protocol.peer.keys import inbox_keys_of
    from tests.world.desk import signed_body

    desk, site = parts.desk(now()), parts.people.site
    intake = {"route": "self", "terms": 1, "text": "I am worried"}
    inboxes = [inbox_keys_of(site, os.urandom(32)) for _ in range(count)]
    sealed = [(inbox, seal_first(site, inbox, desk, intake)) for inbox in inboxes]
    # Signed at the last moment: a challenge is good for two minutes.
    return [json.dumps(signed_body(inbox, first, now())).encode() for inbox, first in sealed]


def own_cpu() -> float:
    """Of the processes that this one started and that have ended: the clients."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def measure(parts: Running) -> None:
    """One round: requests, then rows."""
    postgres = [parts.postgres.pid]
    messages = bodies(parts, MESSAGES)
    before = cpu_of([parts.web.pid]), cpu_of(postgres)
    accepted = apart(partial(posting, parts.installation.web_port), messages, processes=PROCESSES, connections=CONNECTIONS)
    web, database = (spent - first for spent, first in zip((cpu_of([parts.web.pid]), cpu_of(postgres)), before, strict=True))
    say("accepted, whole request", f"{accepted.a_second:6.0f} a second")
    say("  CPU a message, web processes and Postgres", f"{web / MESSAGES * 1000:6.2f} + {database / MESSAGES * 1000:.2f} ms")
    columns, rows = taken(parts)
    assert len(rows) == MESSAGES
    address = parts.installation.database_url(DATABASE)
    for processes, connections in ((PROCESSES, CONNECTIONS), (1, 1)):
        before = own_cpu(), cpu_of(postgres)
        rate = apart(partial(inserting, address, columns), rows, processes=processes, connections=connections)
        python, inserted = (spent - first for spent, first in zip((own_cpu(), cpu_of(postgres)), before, strict=True))
        name = "one connection" if connections == 1 else f"{processes * connections} connections"
        say(
            f"the same rows by psycopg2, {name}",
            f"{rate.a_second:6.0f} a second; the requests are {accepted.a_second / rate.a_second:.0%} of it",
        )
        share = (python + inserted) / (web + database)
        say("  CPU a message, psycopg2 and Postgres", f"{python / MESSAGES * 1000:6.2f} + {inserted / MESSAGES * 1000:.2f} ms: {share:.0%}")
        taken(parts)


def main() -> None:
    say_where()
    with running(worker=False) as parts:
        apart(partial(posting, parts.installation.web_port), bodies(parts, WARM), processes=PROCESSES, connections=CONNECTIONS)
        taken(parts)
        for number in range(ROUNDS):
            say(f"round {number + 1}", "")
            measure(parts)


if __name__ == "__main__":
    main()

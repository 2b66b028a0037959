"""From "accepted" to a counsellor, with a worker that has nothing else to do: `python -m tests.bench.accepted_to_assigned`.

The clock starts when the client has the whole 201, and stops when another connection to the database sees the conversation assigned.
"""

import time
from statistics import median, quantiles

from tests.bench.accepted_a_second import bodies
from tests.bench.clients import KeptAlive, request_of
from tests.bench.installation import running, say, say_where

MESSAGES, WARM = 300, 20
# So that the worker is idle again, and the messages meet its waiting at different moments.
BETWEEN = (0.05, 0.083, 0.121)
LONGEST = 30.0
WAITS = "SELECT count(*) FROM messaging_conversation WHERE unrouted_since IS NOT NULL"


def main() -> None:
    say_where()
    with running(worker=True) as parts, parts.connect() as connection, connection.cursor() as cursor:
        connection.autocommit = True
        line = KeptAlive(parts.installation.web_port)
        seconds = []
        for number, body in enumerate(bodies(parts, WARM + MESSAGES)):
            line.post(request_of(parts.installation.web_port, body))
            accepted = time.monotonic()
            while True:
                cursor.execute(WAITS)
                row = cursor.fetchone()
                if row and not row[0]:
                    break
                assert time.monotonic() < accepted + LONGEST, "nobody was given the conversation"
                time.sleep(0.001)
            seconds.append(time.monotonic() - accepted)
            time.sleep(BETWEEN[number % len(BETWEEN)])
        line.close()
    measured = seconds[WARM:]
    say(f"accepted to assigned, {MESSAGES} messages: p50", f"{median(measured) * 1000:6.0f} ms")
    say("p95", f"{quantiles(measured, n=20)[-1] * 1000:6.0f} ms")
    say("the longest", f"{max(measured) * 1000:6.0f} ms")


if __name__ == "__main__":
    main()

"""Messages accepted a second, and what each costs, beside a bare Django view and a bare insert: `python -m tests.bench.accepting`.

All three get the same bytes in the same run, one after the other, several times over: the whole service, a view of nothing but Django that
reads the JSON and inserts one row, behind the same gunicorn with as many processes and threads, and the same row by psycopg2 alone. The
ratios say what proof, protocol, promise and routing cost; the numbers themselves are those of the machine and of what else it does.
"""

from collections.abc import Callable, Sequence
from functools import partial

import psycopg2

from tests.bench.accepted_a_second import CONNECTIONS, PROCESSES, WARM, bodies, own_cpu
from tests.bench.apart import Act, Rate, apart
from tests.bench.clients import posting
from tests.bench.installation import DATABASE, Running, cpu_of, running, say, say_where
from tests.parts.commands import command_of, surroundings
from tests.parts.environment import REPOSITORY, free_port
from tests.parts.processes import Process
from tests.parts.web import answers

MESSAGES, ROUNDS = 1_000, 3
CREATE = "CREATE TABLE bare_message (id bigserial PRIMARY KEY, body bytea NOT NULL)"
INSERT = "INSERT INTO bare_message (body) VALUES (%s)"


class Bare(Process):
    """The bare view, served as the service is."""

    def __init__(self, parts: Running) -> None:
        self.port = free_port()
        environment = surroundings(parts.installation, HELPLINE_BIND=f"127.0.0.1:{self.port}", HELPLINE_WEB_WORKERS=str(PROCESSES))
        environment["HELPLINE_DATABASE_URL"] = parts.installation.database_url(DATABASE)
        del environment["DJANGO_SETTINGS_MODULE"]
        command = [*command_of("web")[:-1], "tests.bench.bare_view"]
        log = parts.installation.folder / "logs" / "bare.log"
        super().__init__("the bare view", command, log=log, environment=environment, folder=REPOSITORY)

    def run(self) -> None:
        self.start(lambda: answers(f"http://localhost:{self.port}"))


def inserting(address: str, messages: Sequence[bytes], connections: int) -> list[Act]:
    """What each connection inserts: a transaction a message."""
    return [partial(_insert, psycopg2.connect(address), messages[number::connections]) for number in range(connections)]


def _insert(line: "psycopg2.extensions.connection", messages: Sequence[bytes]) -> None:
    cursor = line.cursor()
    for message in messages:
        cursor.execute(INSERT, [message])
        line.commit()
    line.close()


def measured(name: str, parts: Running, roots: list[int], work: Callable[[], Rate]) -> tuple[float, float]:
    """Messages a second, and milliseconds of CPU a message; the client's own only where the client is what is measured."""
    before = own_cpu(), cpu_of(roots), cpu_of([parts.postgres.pid])
    rate = work()
    client, server, database = (
        spent - first for spent, first in zip((own_cpu(), cpu_of(roots), cpu_of([parts.postgres.pid])), before, strict=True)
    )
    own = (server if roots else client) / MESSAGES * 1000
    rows = database / MESSAGES * 1000
    say(f"  {name}", f"{rate.a_second:6.0f} a second; CPU a message {own:.2f} + {rows:.2f} ms in Postgres")
    return rate.a_second, own + rows


def a_round(parts: Running, bare: Bare) -> None:
    many = {"processes": PROCESSES, "connections": CONNECTIONS}
    messages = bodies(parts, MESSAGES)
    address = parts.installation.database_url(DATABASE)
    service = measured(
        "the service", parts, [parts.web.pid], lambda: apart(partial(posting, parts.installation.web_port), messages, **many)
    )
    view = measured("a bare view, one insert", parts, [bare.pid], lambda: apart(partial(posting, bare.port), messages, **many))
    insert = measured("a bare insert", parts, [], lambda: apart(partial(inserting, address), messages, **many))
    for name, (a_second, cost) in (("the bare view", view), ("the bare insert", insert)):
        say(
            f"  the service beside {name}",
            f"{service[0] / a_second:.0%} of its messages a second, {service[1] / cost:.1f} times its CPU a message",
        )


def main() -> None:
    say_where()
    with running(worker=False, web_workers=PROCESSES) as parts:
        with parts.connect() as connection, connection.cursor() as cursor:
            cursor.execute(CREATE)
        bare = Bare(parts)
        bare.run()
        for port in (parts.installation.web_port, bare.port):
            apart(partial(posting, port), bodies(parts, WARM), processes=PROCESSES, connections=CONNECTIONS)
        for number in range(ROUNDS):
            say(f"round {number + 1}", f"{PROCESSES * CONNECTIONS} connections")
            a_round(parts, bare)


if __name__ == "__main__":
    main()

"""A million envelopes in 100,000 conversations beside ten thousand in 1,000, on one server: `python -m tests.bench.scale`.

Both databases are asked in turn, so that whatever else the machine does slows both; the ratios are of medians. Two numbers of conversations
may be given: `python -m tests.bench.scale 1000 20000`. The large one takes 10 GB of disk while it runs, and some minutes to fill.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median, quantiles
from urllib.parse import urlsplit

from tests.bench.installation import DATABASE, Running, running, say, say_where

FEW, MANY = 1_000, 100_000
LARGE = "large"
ROUNDS, LOOKS = 4, 30
PEOPLE, DUE_EACH = 8, 50
BOUND = 1.5
Look = Callable[[], object]


class Measured:
    """The times of each operation in each database, in milliseconds."""

    def __init__(self) -> None:
        self.times: dict[tuple[str, str], list[float]] = {}

    def time(self, name: str, database: str, looks: int, look: Look) -> None:
        for _ in range(looks):
            began = time.perf_counter()
            look()
            self.times.setdefault((name, database), []).append((time.perf_counter() - began) * 1_000)

    def tell(self) -> None:
        for name in dict.fromkeys(name for name, _ in self.times):
            few, many = self.times[name, DATABASE], self.times[name, LARGE]
            ratio = median(many) / median(few)
            worst = quantiles(many, n=20)[-1]
            say(name, f"{median(few):8.1f} {median(many):8.1f} ms   ×{ratio:.2f}{'' if ratio <= BOUND else ' !'}   p95 {worst:.1f} ms")


def main() -> None:
    few, many = (int(number) for number in sys.argv[1:]) if sys.argv[1:] else (FEW, MANY)
    say_where()
    with running(worker=False, web_workers=0) as parts:
        from django.db import connection

        from tests.bench.many import fill
        from tests.bench.synthetic import Filler, settle
        from tests.parts.databases import a_database, on_database

        asked = Asked(parts)
        members = [parts.people.ailsa.member, parts.people.bhavna.member]
        filler = Filler([member.pk for member in members], today=asked.today, epoch=asked.epoch)
        fill(few, members, at=asked.at())
        with a_database(parts.postgres, LARGE, template=DATABASE):
            sizes = {}
            for database, number in ((DATABASE, few), (LARGE, many)):
                with on_database(database):
                    began = time.monotonic()
                    filler.fill(number)
                    settle()
                    say(f"{database}: {number:,} more conversations of ten envelopes", f"{time.monotonic() - began:.0f} s")
                    with connection.cursor() as cursor:
                        cursor.execute("SELECT pg_total_relation_size('messaging_envelope'), pg_database_size(current_database())")
                        sizes[database] = cursor.fetchone()
            measured = Measured()
            for _ in range(ROUNDS):
                for database in (DATABASE, LARGE):
                    with on_database(database):
                        asked.everything(measured, database, filler)
            say(f"{10 * few:,} and {10 * many:,} envelopes, medians", "")
            measured.tell()
            envelopes, whole = (large - small for large, small in zip(sizes[LARGE], sizes[DATABASE], strict=True))
            say("disk for each envelope, with its indexes", f"{envelopes / 10 / (many - few):,.0f} bytes of 9,419")
            say("the whole database for each envelope", f"{whole / 10 / (many - few):,.0f} bytes")


class Asked:
    """People with threads and tokens, a counsellor and a lead signed in: in the database before it is copied, so in both."""

    def __init__(self, parts: Running) -> None:
        from django.test import Client

        from helpline.clock import now
        from helpline.models import Account
        from messaging.keys.desk_epochs import current_epoch_number
        from messaging.protocol.days import day_on
        from tests.bench.accepted_a_second import bodies

        self.parts, self.at = parts, now
        self.today, self.epoch = day_on(now()), current_epoch_number(now()) or 0
        self.people = Client(headers={"host": urlsplit(parts.installation.origin).netloc})
        self.counsellor, self.lead = (Client(headers={"host": urlsplit(parts.installation.origin).netloc}) for _ in range(2))
        Account.objects.filter(pk=parts.people.bhavna.account.pk).update(role=Account.Role.LEAD)
        parts.people.bhavna.account.refresh_from_db()
        self.counsellor.force_login(parts.people.ailsa.account)
        self.lead.force_login(parts.people.bhavna.account)
        self.tokens = self._tokens()
        self.first = [json.loads(body) for body in bodies(parts, 2 * ROUNDS * LOOKS)]

    def everything(self, measured: Measured, database: str, filler: object) -> None:
        """One round in the database that is connected."""
        from django.db import connection

        from messaging.conversations.expire import expire_conversations
        from messaging.housekeeping import sweep_up
        from messaging.monitoring.figures import status_figures
        from tests.bench.synthetic import DUE, Filler

        assert isinstance(filler, Filler)
        connection.ensure_connection()
        tokens = self._again()
        measured.time("accept: POST messages", database, LOOKS, self._write)
        began = time.perf_counter()
        assert sweep_up(at=self.at()) == LOOKS, "not every message was routed"
        measured.times.setdefault((f"sweep, {LOOKS} waiting", database), []).append((time.perf_counter() - began) * 1_000)
        measured.time("sweep, nothing waiting", database, LOOKS, lambda: sweep_up(at=self.at()))
        measured.time("inbox poll: GET inbox", database, LOOKS, lambda: self._poll(next(tokens)))
        measured.time("the desk's lists: GET conversations", database, LOOKS, lambda: self._get(self.counsellor, "/desk/api/conversations"))
        measured.time("the reports page", database, 3, lambda: self._get(self.lead, "/desk/reports/"))
        measured.time("the figures of the status page", database, LOOKS, lambda: status_figures(at=self.at()))
        filler.fill(DUE_EACH, DUE)
        began = time.perf_counter()
        assert expire_conversations(at=self.at()) == DUE_EACH, "not everything went that was due"
        measured.times.setdefault((f"expiry, {DUE_EACH} due", database), []).append((time.perf_counter() - began) * 1_000)
        measured.time("expiry, nothing due", database, 5, lambda: expire_conversations(at=self.at()))

    def _write(self) -> None:
        answer = self.people.post("/api/v1/messages", self.first.pop(), content_type="application/json")
        assert answer.status_code == 201, answer.content

    def _poll(self, token: str) -> None:
        answer = self.people.get("/api/v1/inbox", headers={"authorization": f"Bearer {token}"})
        assert answer.status_code == 200, answer.content

    def _get(self, client: object, address: str) -> None:
        from django.test import Client

        assert isinstance(client, Client)
        assert client.get(address).status_code == 200

    def _again(self) -> Iterator[str]:
        while True:
            yield from self.tokens

    def _challenge(self) -> str:
        return str(self.people.post("/api/v1/challenges", {}, content_type="application/json").json()["challenge"])

    def _tokens(self) -> list[str]:
        """Of people whose thread has ten envelopes, as it stands in the database."""
        from django.db import connection

        from messaging.protocol.peer import seal_first, sign_first, sign_session
        from messaging.protocol.peer.keys import inbox_keys_of

        site, desk, found = self.parts.people.site, self.parts.desk(self.at()), []
        for number in range(PEOPLE):
            inbox = inbox_keys_of(site, number.to_bytes(32))
            first = seal_first(site, inbox, desk, {"route": "self", "terms": 1, "text": "I am worried"})
            body = sign_first(site, inbox, first, self._challenge())
            assert self.people.post("/api/v1/messages", body, content_type="application/json").status_code == 201
            proof = sign_session(site, inbox, self._challenge())
            found.append(str(self.people.post("/api/v1/sessions", proof, content_type="application/json").json()["token"]))
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO messaging_envelope (conversation_id, direction, sequence, epoch_id, envelope, envelope_hash, received_on) "
                "SELECT conversation_id, direction, place, epoch_id, envelope, envelope_hash, received_on "
                "FROM messaging_envelope, generate_series(2, 10) place"
            )
            cursor.execute(
                "UPDATE messaging_conversation SET unrouted_since = NULL, state = 'answered', waiting_since = NULL, due_at = NULL"
            )
        return found


if __name__ == "__main__":
    main()

"""`manage.py drill` starts this, with its options as JSON: the installation, the crowd, fault after fault, and what was found."""

import json
import random
import sys

from tests.bench.installation import prepared, say, say_where
from tests.parts.environment import LIVE_KEY
from tests.parts.mail import mail_server

SETTLE_SECONDS = 5


def main(*, rate: float, talks: int, seconds: float, cut: float, beat_stopped: float, faults: list[str], seed: int) -> int:
    """The exit code: 1 where something was found."""
    say_where()
    chance = random.Random(seed)  # noqa: S311 - the same seed chooses the same victims
    with (
        mail_server() as mail,
        prepared(
            HELPLINE_EMAIL_HOST="127.0.0.1",
            HELPLINE_EMAIL_SECURITY="none",
            HELPLINE_EMAIL_PORT=str(mail.port),
            HELPLINE_ALERT_EMAIL="lead@helpline.example",
            # As with HELPLINE_FLOOD_FROM: everybody who writes here is this one process, which could not do the work of them all.
            HELPLINE_FLOOD_QUEUE="1000000",
            HELPLINE_LIVE_KEY=LIVE_KEY,
        ) as parts,
    ):
        from helpline.clock import now
        from messaging.keys.desk_epochs import desk_public_keys as desk_answer
        from messaging.protocol.days import day_of
        from messaging.protocol.peer import check_desk
        from tests.bench.live_cast import begin_talks, hire
        from tests.bench.live_line import Network
        from tests.drill.faults import faults_of
        from tests.drill.measuring import Watch
        from tests.drill.stack import Stack
        from tests.drill.steady import Steady
        from tests.drill.talking import Talking
        from tests.drill.verdict import summary, table, verdict
        from tests.parts.whole import Whole

        at = now()
        casts = begin_talks(parts.people, hire(parts.people, -(-talks // 2), at=at), talks, at=at)
        whole = Whole(parts.installation)
        whole.run()
        stack = Stack(whole.web, whole.celery, parts.redis, parts.postgres, whole.proxy, whole.hub, whole.desk)
        today = day_of(now())
        desk = check_desk(parts.people.site, desk_answer(at=now(), conversation_limit=50), today)
        crowd = Steady(parts.people.site, whole.proxy.port, today, desk, rate=rate, chance=random.Random(seed))  # noqa: S311
        held = {"broker-cut": cut, "beat-stopped": beat_stopped}
        live = Talking(parts.people.site, casts, Network(whole.proxy.port), seconds=sum(held.get(name, seconds) for name in faults))
        watch = Watch(stack, crowd, live, mail, chance)
        say("everything runs", f"{rate:g} messages a second and {talks} live talks from now on, seed {seed}")
        crowd.open()
        live.open()
        rows = []
        try:
            watch.hold(SETTLE_SECONDS)
            for name, fault in faults_of(stack, mail, chance).items():
                if name in faults:
                    rows.append(watch.go_through(fault, held.get(name, seconds)))
                    sys.stdout.write(table(rows).splitlines()[-1] + "\n")
                    sys.stdout.flush()
            crowd.close()
            live.close()
        except BaseException:
            crowd.abandon()
            live.abandon()
            raise
        watch.calm_down()
        found, wrong = verdict(crowd.writers, live), [f"{row.name}: {each}" for row in rows for each in row.wrong]
        sys.stdout.write(f"\n{table(rows)}\n\n{summary(crowd.writers, crowd.failures, found, wrong, live)}\n")
        return int(bool(wrong) or any(found.values()))


if __name__ == "__main__":
    sys.exit(main(**json.loads(sys.argv[1])))

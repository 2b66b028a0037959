"""What three things of our own save beside Django's: `{% once %}`, `fast_select` and `insert`. `python -m tests.bench.beside_django`.

Each is tried in turn with what Django does, in one process and one run; said is the processor's time of that thread, the median.
"""

import secrets
import statistics
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tests.bench.installation import prepared, say, say_where

ROUNDS, TURNS = 6, 20
Act = Callable[[], object]


def took(act: Act) -> list[float]:
    """Milliseconds of the processor for each of some turns, after a few that do not count."""
    found = []
    for turn in range(TURNS + 3):
        begin = time.thread_time()
        act()
        if turn >= 3:
            found.append((time.thread_time() - begin) * 1000)
    return found


def beside(name: str, ours: Act, djangos: Act) -> None:
    """Both in turn, several times over, so that a busy moment of the machine meets both."""
    rounds = [(took(ours), took(djangos)) for _ in range(ROUNDS)]
    own, other = (statistics.median(time for each in rounds for time in each[which]) for which in (0, 1))
    say(name, f"{own:6.2f} ms, Django's {other:6.2f} ms: {other - own:5.2f} ms more")


def pages() -> None:
    """Every public page, with parts that are rendered once and with all rendered anew."""
    from django.conf import settings
    from django.test import Client

    from helpline.models import OpeningInterval
    from helpline.templatetags.once import OnceNode
    from tests.bench.page_time import pages as every_page
    from tests.parts.site import fill_site

    fill_site()
    OpeningInterval.objects.filter(weekday__gte=5).delete()
    OpeningInterval.objects.update(opens=540, closes=1020)
    client, once = Client(headers={"host": urlsplit(settings.ORIGIN).netloc}), OnceNode.render

    def anew(node: OnceNode, context: Any) -> Any:
        return node.nodelist.render(context)

    def asked(path: str, render: Any) -> Act:
        def ask() -> None:
            OnceNode.render = render  # type: ignore[method-assign]
            assert client.get(path).status_code == 200, path

        return ask

    for path in every_page():
        beside(f"{path} with {{% once %}}", asked(path, once), asked(path, anew))


def statements() -> None:
    """Frequent questions, and a row that is written, beside the ORM's."""
    from django.db import transaction

    from helpline.clock import now
    from helpline.models import OpeningInterval, Organisation
    from helpline.models.fast_select import fast_select
    from helpline.organisation import organisation
    from messaging.models import Inbox
    from messaging.models.insert import insert

    fields, order = ("channel", "weekday", "opens", "closes"), ("weekday", "opens")
    hours = OpeningInterval.objects.order_by(*order).values_list(*fields)
    channels = "phone", "messages"
    beside("fast_select: the organisation", organisation, lambda: Organisation.objects.filter(pk=1).first())
    beside(
        "fast_select: a week's hours",
        lambda: fast_select(OpeningInterval, fields, "channel IN (%s, %s) ORDER BY weekday, opens", *channels),
        lambda: list(hours.filter(channel__in=channels)),
    )

    def inbox() -> Inbox:
        made = {"kem_public": bytes(1216), "sign_public": bytes(32), "tag_public": bytes(32), "made_on": now().date()}
        return Inbox(inbox_id=secrets.token_bytes(16), **made)

    with transaction.atomic():
        beside("insert: an inbox", lambda: insert(inbox()), lambda: inbox().save(force_insert=True))


def main() -> None:
    say_where()
    with prepared():
        pages()
        statements()


if __name__ == "__main__":
    main()

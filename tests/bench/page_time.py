"""How long public pages take at 50 requests a second on one web process: `python -m tests.bench.page_time`.

The requests come through the proxy of docker-compose.yml at fixed instants, whether or not the one before was answered; beside
each page the same proxy's own answer is measured, to a static file that the web process serves too, in the same run. What the web
process and Postgres spend of the processor says more than the times where other work wants it too.
"""

import http.client
import statistics
import threading
import time

from tests.bench.installation import Running, cpu_of, running, say, say_where
from tests.parts.proxy import Proxy

A_SECOND, SECONDS, WARM, THREADS = 50, 8, 1, 10


def pages() -> list[str]:
    """Every public page of the URL table, one of those to read and one of another language for all of their kind."""
    from tests.parts.addresses import public_pages

    return [page for page in public_pages() if not page.startswith("/read/")] + ["/read/1", "/pl/", "/pl/write"]


def one_thread(port: int, path: str, number: int, begin: float, seconds: int, took: list[float]) -> None:
    """Every tenth request, over one kept connection."""
    connection = http.client.HTTPConnection("localhost", port, timeout=30)
    for turn in range(number, A_SECOND * seconds, THREADS):
        due = begin + turn / A_SECOND
        time.sleep(max(0.0, due - time.monotonic()))
        asked = time.monotonic()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, path
        took.append(time.monotonic() - asked)
    connection.close()


def at_a_steady_rate(port: int, path: str, seconds: int = SECONDS) -> tuple[float, float]:
    """p50 and p95 in milliseconds."""
    took: list[float] = []
    begin = time.monotonic() + 0.2
    threads = [threading.Thread(target=one_thread, args=(port, path, number, begin, seconds, took)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(took) == A_SECOND * seconds
    return statistics.median(took) * 1000, statistics.quantiles(took, n=20)[-1] * 1000


def measure(parts: Running) -> None:
    from django.templatetags.static import static

    from helpline.models import OpeningInterval
    from tests.parts.site import fill_site

    fill_site()
    # As most helplines have it; a line that is open at every hour costs a page some milliseconds more.
    OpeningInterval.objects.filter(weekday__gte=5).delete()
    OpeningInterval.objects.update(opens=540, closes=1020)
    proxy = Proxy(parts.installation)
    proxy.run()
    file = static("helpline/icon.svg")
    _, beside = at_a_steady_rate(proxy.port, file)
    for path in (file, *pages()):
        at_a_steady_rate(proxy.port, path, WARM)
        before = cpu_of([parts.web.pid]), cpu_of([parts.postgres.pid])
        p50, p95 = at_a_steady_rate(proxy.port, path)
        web, rows = (spent - first for spent, first in zip((cpu_of([parts.web.pid]), cpu_of([parts.postgres.pid])), before, strict=True))
        cpu = f"CPU {web / A_SECOND / SECONDS * 1000:5.2f} + {rows / A_SECOND / SECONDS * 1000:.2f} ms"
        say(path, f"p50 {p50:6.1f} ms, p95 {p95:6.1f} ms: {p95 / beside:4.1f} times the static file's p95; {cpu}")


def main() -> None:
    say_where()
    with running(worker=False, web_workers=1) as parts:
        measure(parts)


if __name__ == "__main__":
    main()

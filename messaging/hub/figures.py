"""Sums of what the hub did, as Prometheus reads them: none is of a room, a side's holder or an address. PURE."""

import json
from collections import Counter
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from messaging.hub.seats import Seats
from messaging.hub.tickets import Side


def hub_figures(taken: Counter[Side], refused: Counter[str], frames: Counter[str], rings: int, *, hears: bool) -> str:
    """Open sockets by side, refused ones by reason, frames by direction, rings, and whether rings are heard."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_OfHub(taken, refused, frames, rings, hears=hears))
    return generate_latest(registry).decode()


def hub_sums(seats: Seats, refused: Counter[str]) -> str:
    """The same in short, as JSON, for the service's own status page."""
    taken = seats.taken
    sums = {"persons": taken[Side.PERSON], "counsellors": taken[Side.COUNSELLOR], "bells": taken[Side.BELL]}
    return json.dumps({**sums, "rooms": seats.rooms, "refused": refused["full"], "seats": seats.most})


class _OfHub(Collector):
    def __init__(self, taken: Counter[Side], refused: Counter[str], frames: Counter[str], rings: int, *, hears: bool) -> None:
        self._taken, self._refused, self._frames, self._rings, self._hears = taken, refused, frames, rings, hears

    def collect(self) -> Iterator[Metric]:
        sockets = GaugeMetricFamily("helpline_live_sockets", "Open sockets, by side.", labels=["side"])
        for side in Side:
            sockets.add_metric([side.name.lower()], self._taken[side])
        yield sockets
        for name, says, label, found in (
            ("refused", "Sockets that were closed or not let in, by reason.", "why", self._refused),
            ("frames", "Frames, by direction.", "direction", self._frames),
        ):
            counter = CounterMetricFamily(f"helpline_live_{name}", says, labels=[label])
            for value, number in sorted(found.items()):
                counter.add_metric([value], number)
            yield counter
        yield CounterMetricFamily("helpline_live_rings", "Rings that were heard.", value=self._rings)
        yield GaugeMetricFamily("helpline_live_hears", "1 while rings are heard.", value=float(self._hears))

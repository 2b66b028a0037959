"""`manage.py simulate`: what the desk would make of a month, with the routing and the calendar that the service runs."""

import json as to_json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from messaging.routing.simulation import SCENARIOS, SimulationReport, run_simulation, simulation_report
from messaging.routing.simulation.live import LIVE_SCENARIOS, LiveReport, simulate_live
from messaging.routing.simulation.plot import plot_simulated_month
from messaging.routing.simulation.report import plot_simulation_report

ALL = "all"


class Command(BaseCommand):
    """In memory: no database, no clock, and for the same seed the same output."""

    help = "Runs weeks of simulated messages through routing and the calendar. Prints waiting times, promises kept, load and fairness."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--scenario", required=True, choices=[*SCENARIOS, *LIVE_SCENARIOS, ALL], help="what comes; all prints a table of messages"
        )
        parser.add_argument("--seed", type=int, default=1, help="another seed, another month (1)")
        parser.add_argument("--json", action="store_true", help="print one line of JSON for each scenario")
        parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw waits and load into this file; not with all")

    def handle(self, *, scenario: str, seed: int, json: bool, plot: Path | None, **_: Any) -> None:
        if scenario in LIVE_SCENARIOS:
            live = simulate_live(LIVE_SCENARIOS[scenario], seed)
            self.stdout.write(to_json.dumps({"scenario": scenario, **live.as_json()}) if json else live_sentence(live))
            return
        names = list(SCENARIOS) if scenario == ALL else [scenario]
        reports = {name: simulation_report(run_simulation(SCENARIOS[name], seed)) for name in names}
        if plot is not None and scenario != ALL:
            plot.write_text(plot_simulated_month(reports[scenario]), encoding="utf-8")
        if json:
            self.stdout.write("\n".join(to_json.dumps({"scenario": name, **found.as_json()}) for name, found in reports.items()))
        else:
            self.stdout.write(scenario_table(reports) if scenario == ALL else plot_simulation_report(reports[scenario]))


def live_sentence(found: LiveReport) -> str:
    """What became of those who asked for a live talk."""
    return (
        f"{found.title}: of {found.asked} who asked, {found.taken} talked, and {found.became_messages} waited as a message. "
        f"Half of those who talked waited {found.p50:.0f} seconds or less, and nine of ten {found.p90:.0f}. "
        f"Nobody had more than {found.most_at_once} at once."
    )


def scenario_table(reports: dict[str, SimulationReport]) -> str:
    """The scenarios beside each other, as docs/measurements.md has them."""
    heads = (
        "messages",
        "P50",
        "P90",
        "within the promise",
        "reminded, lead told",
        "most, least to one",
        "by the hour",
        "same shifts, worst week",
    )
    lines = [f"| scenario | {' | '.join(heads)} |", "|---|" + "---|" * len(heads)]
    for name, found in reports.items():
        waits = f"{found.messages} | {found.p50:.1f} h | {found.p90:.1f} h | {found.kept:.1%} | {found.reminded}, {found.told}"
        most = max(person.given for person in found.people)
        least = min(person.given for person in found.people)
        lines.append(f"| `{name}`: {found.title} | {waits} | {most}, {least} | {found.fairness:.2f} | {found.worst_week:.2f} |")
    return "\n".join(lines)

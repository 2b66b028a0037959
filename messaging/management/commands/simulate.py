"""`manage.py simulate`: what the desk would make of a month, with the routing and the calendar that the service runs."""

import json as to_json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from messaging.routing.simulation import SCENARIOS, SimulationReport, run_simulation, simulation_report
from messaging.routing.simulation.plot import plot_simulated_month
from messaging.routing.simulation.report import plot_simulation_report

ALL = "all"


class Command(BaseCommand):
    """In memory: no database, no clock, and for the same seed the same output."""

    help = "Runs weeks of simulated messages through routing and the calendar. Prints waiting times, promises kept, load and fairness."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scenario", required=True, choices=[*SCENARIOS, ALL], help="what comes; all prints a table of them")
        parser.add_argument("--seed", type=int, default=1, help="another seed, another month (1)")
        parser.add_argument("--json", action="store_true", help="print one line of JSON for each scenario")
        parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw waits and load into this file; not with all")

    def handle(self, *, scenario: str, seed: int, json: bool, plot: Path | None, **_: Any) -> None:
        names = list(SCENARIOS) if scenario == ALL else [scenario]
        reports = {name: simulation_report(run_simulation(SCENARIOS[name], seed)) for name in names}
        if plot is not None and scenario != ALL:
            plot.write_text(plot_simulated_month(reports[scenario]), encoding="utf-8")
        if json:
            self.stdout.write("\n".join(to_json.dumps({"scenario": name, **found.as_json()}) for name, found in reports.items()))
        else:
            self.stdout.write(scenario_table(reports) if scenario == ALL else plot_simulation_report(reports[scenario]))


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

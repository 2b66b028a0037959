"""The simulator needs no database and no clock, and says the same whenever and wherever it is asked."""

import json
import os
import subprocess
import sys
from datetime import datetime
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree as Tree

import pytest
from django.core.management import call_command

from messaging.routing.simulation import SCENARIOS, SimulationReport, run_simulation, simulation_report
from messaging.routing.simulation.scenarios import A_DAY, TAKES
from tests.parts.environment import REPOSITORY


@pytest.fixture(scope="module")
def reports() -> dict[str, SimulationReport]:
    """Each scenario once."""
    return {name: simulation_report(run_simulation(scenario, 1)) for name, scenario in SCENARIOS.items()}


def simulated(*options: str) -> str:
    said = StringIO()
    call_command("simulate", *options, stdout=said)
    return said.getvalue()


def test_again_in_another_process_with_another_hash_of_everything(reports: dict[str, SimulationReport]) -> None:
    said = []
    for seed in ("1", "2"):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("HELPLINE_")}
        command = [sys.executable, "manage.py", "simulate", "--scenario", "overload", "--seed", "1", "--json"]
        surroundings = {**environment, "PYTHONHASHSEED": seed}
        said.append(subprocess.run(command, cwd=REPOSITORY, env=surroundings, capture_output=True, text=True, check=True).stdout)
    assert said[0] == said[1]
    assert json.loads(said[0]) == json.loads(json.dumps({"scenario": "overload", **reports["overload"].as_json()}))


def test_another_seed_is_another_month() -> None:
    first, again, other = (simulated("--scenario", "baseline", "--seed", seed, "--json") for seed in ("1", "1", "2"))
    assert first == again != other


def test_every_message_is_answered_and_each_scenario_has_its_number(reports: dict[str, SimulationReport]) -> None:
    assert all(found.answered == found.messages for found in reports.values())
    # Four weeks of a month's rate; the extra day of two of them comes on top.
    assert {name: found.messages for name, found in reports.items()} == {
        "baseline": 92,
        "campaign": 184,
        "launch-day": 92 + 62,
        "junk": 109,
        "nationwide": 1197,
        "overload": 92 + round(5 * 2 * A_DAY),
    }


def test_nobody_has_twice_what_another_has_for_the_same_shifts(reports: dict[str, SimulationReport]) -> None:
    assert max(found.worst_week for found in reports.values()) <= 2


def test_more_people_wait_longer_and_the_promise_says_so(reports: dict[str, SimulationReport]) -> None:
    assert reports["baseline"].kept == 1
    assert reports["baseline"].p90 < reports["campaign"].p90 < reports["overload"].p90
    assert reports["overload"].kept < reports["launch-day"].kept <= 1
    assert all(found.told <= found.reminded for found in reports.values())


def test_nobody_is_given_strangers_threads_above_what_they_take() -> None:
    """Their own come back to them above it: the person knows them."""
    from messaging.routing.simulation.run import _Weeks
    from messaging.routing.simulation.state import SimulationState

    class Watched(SimulationState):
        most = 0

        def route(self, at: datetime) -> None:
            before = {member: len(self.open_work(member)) for member in self.on_duty}
            had = {thread.id: thread.member for thread in self.active.values()}
            super().route(at)
            for member, work in before.items():
                strangers = [thread for thread in self.open_work(member) if had[thread.id] != member]
                self.most = max(self.most, work + len(strangers) if strangers else 0)

    weeks = _Weeks(SCENARIOS["overload"], 1)
    weeks.state = watched = Watched(weeks.state.shifts, weeks.state.absences)
    weeks.outcome()
    assert watched.most == TAKES


def test_the_plot_in_letters_and_the_picture_tell_the_same(tmp_path: Path, reports: dict[str, SimulationReport]) -> None:
    found, picture = reports["launch-day"], tmp_path / "launch.svg"
    said = simulated("--scenario", "launch-day", "--plot", str(picture))
    assert f"{found.messages} messages in four weeks" in said
    assert f"{found.kept:.1%}" in said
    assert said.count("Counsellor") == len(found.people)
    drawn = Tree.fromstring(picture.read_text())  # noqa: S314 - written a moment ago
    space = "{http://www.w3.org/2000/svg}"
    assert f"{found.kept:.1%}" in str(drawn.findtext(f"{space}title"))
    texts = [text.text for text in drawn.iter(f"{space}text")]
    assert [text for text in texts if text and text.startswith("Counsellor")] == [f"{one.name}, {one.hours:g} h" for one in found.people]


def test_the_measurements_have_what_it_says(reports: dict[str, SimulationReport]) -> None:
    from messaging.management.commands.simulate import scenario_table

    assert scenario_table(reports) in (REPOSITORY / "docs" / "measurements.md").read_text()

"""The simulator's live talks: decided by the service's own policy, and for the same seed the same month."""

import pytest

from messaging.routing.simulation.live import LIVE_SCENARIOS, LiveReport, simulate_live
from tests.parts.environment import REPOSITORY


@pytest.fixture(scope="module")
def reports() -> dict[str, LiveReport]:
    return {name: simulate_live(scenario, 1) for name, scenario in LIVE_SCENARIOS.items()}


def test_the_same_seed_gives_the_same_month(reports: dict[str, LiveReport]) -> None:
    assert simulate_live(LIVE_SCENARIOS["live"], 1) == reports["live"]
    assert simulate_live(LIVE_SCENARIOS["live"], 2) != reports["live"]


def test_nobody_is_lost_and_nobody_waits_for_more_than_two_minutes_and_an_offer(reports: dict[str, LiveReport]) -> None:
    for found in reports.values():
        assert found.taken + found.became_messages == found.asked
        assert 0 < found.p50 <= found.p90 <= 150
        assert found.most_at_once == 2
    assert reports["live"].became_messages / reports["live"].asked < reports["live-rush"].became_messages / reports["live-rush"].asked


def test_the_measurements_say_what_comes_out(reports: dict[str, LiveReport]) -> None:
    said = (REPOSITORY / "docs" / "measurements.md").read_text()
    for name, found in reports.items():
        numbers = found.asked, found.taken, f"{found.p50:.0f} s", f"{found.p90:.0f} s", found.became_messages, found.offers
        (line,) = [each for each in said.splitlines() if each.startswith(f"| `{name}`:")]
        assert [each.strip() for each in line.strip("|").split("|")][1:] == [str(each) for each in numbers]

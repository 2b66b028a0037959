"""Weeks of messages at a made-up desk in seconds, in memory, decided by `messaging.routing` and timed by `helpline.calendar`."""

from messaging.simulation.report import Report, report
from messaging.simulation.run import run
from messaging.simulation.scenarios import SCENARIOS, Scenario

__all__ = ["SCENARIOS", "Report", "Scenario", "report", "run"]

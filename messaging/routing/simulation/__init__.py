"""Weeks of messages at a made-up desk in seconds, in memory, decided by `messaging.routing.policy` and timed by `helpline.calendar`."""

from messaging.routing.simulation.report import SimulationReport, simulation_report
from messaging.routing.simulation.run import run_simulation
from messaging.routing.simulation.scenarios import SCENARIOS, Scenario

__all__ = ["SCENARIOS", "Scenario", "SimulationReport", "run_simulation", "simulation_report"]

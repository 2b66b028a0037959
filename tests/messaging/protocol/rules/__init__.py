"""The rules of the protocol, each with where the peer keeps to it, and a vector that says something else without it."""

from tests.messaging.protocol.rules import again, epochs, notes, pulses, threads

RULES = {**epochs.RULES, **threads.RULES, **again.RULES, **notes.RULES, **pulses.RULES}

"""Every test here finds the clock at noon of a Wednesday, and an empty helpline unless it opens one (tests/world/noon.py)."""

from tests.world.noon import clock, conversation, desk, lead, moira, person

__all__ = ["clock", "conversation", "desk", "lead", "moira", "person"]

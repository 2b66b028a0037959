"""Every test of the helpline; tests/parts has what they share."""

"""The demonstration: the whole service on embedded parts, filled with made-up people and the first campaign's facts."""

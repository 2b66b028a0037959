"""What one side says that it has read of the other: shown as receipts, and a warning where it never says so (PROTOCOL §5.2)."""

from dataclasses import dataclass, field


@dataclass
class Receipts:
    """Of one direction: which of its messages held, and what its writers said that they had read of the other."""

    held: list[int] = field(default_factory=list)
    # The newest of the other side that a message of this one acknowledges, and that stands in the answer.
    read: int = 0
    # The most that a message of this side acknowledges, there or not.
    acknowledged: int = 0
    # The newest of the other side that stood before the last message of this one.
    stood: int = 0
    told: int = 0

    def first_unread(self, other: "Receipts", acknowledged: int) -> int | None:
        """The first message of the other side that held, stands already, and is above what is acknowledged."""
        return next((sequence for sequence in other.held if sequence > acknowledged), None)

    def note(self, other: "Receipts", sequence: int, acknowledged: int, *, stands: bool) -> int | None:
        """Takes in a message of this side that held.

        What it gives is a `not-seen`: the first message of the other side that stood before this one and before the last one of this
        side, and that neither acknowledges. Each is told once.
        """
        self.acknowledged = max(self.acknowledged, acknowledged)
        self.read = max(self.read, acknowledged if stands else 0)
        unseen = self.first_unread(other, self.acknowledged)
        found = unseen if unseen is not None and self.told < unseen <= self.stood else None
        self.held.append(sequence)
        self.stood = other.held[-1] if other.held else 0
        self.told = max(self.told, found or 0)
        return found

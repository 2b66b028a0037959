"""What a check of key files found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something that holds, or does not."""

    holds: bool
    sentence: str

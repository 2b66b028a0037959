"""What a check of key files found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FileFinding:
    """Something that holds, or does not."""

    holds: bool
    sentence: str

"""Whether a running site serves what its keepers signed (PROTOCOL §11), asked from outside with the root's public key alone."""

from messaging.checking.fetching import CannotReach, Fetcher
from messaging.checking.site import Check, check_release, check_served
from messaging.checking.source import differences

__all__ = ["CannotReach", "Check", "Fetcher", "check_release", "check_served", "differences"]

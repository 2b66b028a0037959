"""Whether a running site serves what its keepers signed (PROTOCOL §11), asked from outside with the root's public key alone."""

from messaging.checking.fetching import CannotReach, Fetcher
from messaging.checking.root import check_desk, check_root
from messaging.checking.said import Check
from messaging.checking.site import check_release, check_served
from messaging.checking.source import differences

__all__ = ["CannotReach", "Check", "Fetcher", "check_desk", "check_release", "check_root", "check_served", "differences"]

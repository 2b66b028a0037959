"""Whether a running site serves what its keepers signed (PROTOCOL §11), asked from outside with the root's public key alone."""

from messaging.release.verify.fetching import CannotReach, Fetcher
from messaging.release.verify.root import check_desk, check_root
from messaging.release.verify.said import Check
from messaging.release.verify.site import check_release, check_served
from messaging.release.verify.source import differences

__all__ = ["CannotReach", "Check", "Fetcher", "check_desk", "check_release", "check_root", "check_served", "differences"]

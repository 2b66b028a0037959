"""Whether a running site serves what its keepers signed (PROTOCOL §11), asked from outside with the root's public key alone."""

from messaging.release.verify.fetching import CannotReach, Fetcher
from messaging.release.verify.root import check_desk_keys, check_root_script
from messaging.release.verify.said import SiteCheck
from messaging.release.verify.site import check_served_files, check_signed_release
from messaging.release.verify.source import source_differences

__all__ = [
    "CannotReach",
    "Fetcher",
    "SiteCheck",
    "check_desk_keys",
    "check_root_script",
    "check_served_files",
    "check_signed_release",
    "source_differences",
]

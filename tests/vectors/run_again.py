"""Runs the vectors of what is read again (PROTOCOL §5.4) with the Python peer."""

from collections.abc import Callable, Mapping
from typing import Any

from messaging.protocol.encoding import decode
from messaging.protocol.peer import (
    OpenDesk,
    Thread,
    check_desk,
    demand_chain_goes_on,
    desk_follows,
    open_desk,
    read_as_desk,
    read_as_person,
)
from messaging.protocol.peer.keys import Site, derive_counsellor, inbox_keys_of
from tests.vectors.run_certificates import site_of

JSON = Mapping[str, Any]


def desk_again(given: JSON) -> JSON:
    site = site_of(given)
    before, after = (check_desk(site, given[name], given[f"{name}_today"]) for name in ("before", "after"))
    return {"follows": desk_follows(before, after), "same_readers": before.readers == after.readers}


def open_desk_again(given: JSON) -> JSON:
    site = site_of(given)
    before, after = (opened(site, given, name) for name in ("before", "after"))
    demand_chain_goes_on(before, after)
    return {"epochs": sorted(after.chain), "current": after.desk.epoch if after.desk else None}


def opened(site: Site, given: JSON, name: str) -> OpenDesk:
    counsellor = derive_counsellor(site, decode(given["counsellor_id"]), decode(given["secret"]))
    return open_desk(site, counsellor, given[name], given[f"{name}_today"])


def thread_again(given: JSON) -> JSON:
    site = site_of(given)
    read: Callable[[str, Thread | None], Thread]
    if given["reader"]["side"] == "person":
        inbox = inbox_keys_of(site, decode(given["reader"]["inbox_secret"]))

        def read(name: str, before: Thread | None) -> Thread:
            return read_as_person(site, inbox, given[name], given[f"{name}_today"], before)
    else:
        reader = given["reader"]

        def read(name: str, before: Thread | None) -> Thread:
            desk = opened(site, {**reader, name: reader["me"], f"{name}_today": given[f"{name}_today"]}, name)
            return read_as_desk(site, desk, given[name], given[f"{name}_today"], before)

    found = read("after", read("before", None))
    return {"messages": len(found.items), "desk": found.desk.epoch if found.desk else None}

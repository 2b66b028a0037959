"""Runs vectors of pulses: which keys there are, what is inside one, and what a page writes and believes beat by beat (§12)."""

from collections.abc import Mapping
from typing import Any

from messaging.protocol.encoding import FROM_DESK, FROM_PERSON, decode, encode
from messaging.protocol.peer import ProtocolError, open_desk, open_site, read_as_desk, read_as_person
from messaging.protocol.peer.certificates import certificates_by_id
from messaging.protocol.peer.keys import derive_counsellor, inbox_keys_of
from messaging.protocol.peer.pulse_keys import PulseContext, PulseKeys, desks_pulse_keys, persons_pulse_keys, pulse_keys
from messaging.protocol.peer.pulses import PulseTalk, open_pulse

JSON = Mapping[str, Any]


def _named(found: list[PulseKeys]) -> list[JSON]:
    return [
        {
            "certificate_id": encode(each.certificate_id),
            "name": each.display_name,
            "person": encode(each.keys[FROM_PERSON]),
            "desk": encode(each.keys[FROM_DESK]),
        }
        for each in found
    ]


def keys_of_thread(given: JSON) -> JSON:
    site, reader, today = open_site(given["root"], given["origin"]), given["reader"], given["today"]
    if reader["side"] == "person":
        inbox = inbox_keys_of(site, decode(reader["inbox_secret"]))
        return {"keys": _named(persons_pulse_keys(site, inbox, read_as_person(site, inbox, given["answer"], today)))}
    counsellor = derive_counsellor(site, decode(reader["counsellor_id"]), decode(reader["secret"]))
    desk = open_desk(site, counsellor, reader["me"], today)
    return {"keys": _named(desks_pulse_keys(site, desk, read_as_desk(site, desk, given["answer"], today)))}


def _keys(given: JSON) -> list[PulseKeys]:
    """Of the person with everyone whose certificate is given; of a counsellor with the person."""
    site, reader = open_site(given["root"], given["origin"]), given["reader"]
    where = PulseContext(site, decode(given["conversation"]), decode(given["opening_hash"]), decode(given["secret"]))
    certificates = certificates_by_id(site, [decode(each) for each in given["certificates"]]).values()
    if reader["side"] == "person":
        seed = inbox_keys_of(site, decode(reader["inbox_secret"])).tag_seed
        found = [pulse_keys(where, seed, each.tag_public, each) for each in certificates]
    else:
        seed = derive_counsellor(site, decode(reader["counsellor_id"]), decode(reader["secret"])).tag_seed
        found = [pulse_keys(where, seed, decode(reader["tag_public"]), each) for each in certificates]
    return [each for each in found if each is not None]


def pulse(given: JSON) -> JSON:
    keys = _keys(given)
    theirs = FROM_DESK if given["reader"]["side"] == "person" else FROM_PERSON
    place, found = open_pulse([each.keys[theirs] for each in keys], decode(given["pulse"]))
    inside = {"life": encode(found.life), "echo": encode(found.echo), "beat": found.beat, "heard": found.heard}
    return {"keys": _named(keys), "from": place, **inside, "flags": found.flags, "read": found.read}


def pulses(given: JSON) -> JSON:
    """A page from its first beat on: each step is a pulse that it writes, or one that comes."""
    drawn = iter([given["life"], *(step["random"] for step in given["steps"] if "random" in step)])
    mine = FROM_PERSON if given["reader"]["side"] == "person" else FROM_DESK

    def random(size: int) -> bytes:
        return decode(next(drawn), size)

    talk = PulseTalk(mine, _keys(given), random)
    said: list[JSON] = []
    for step in given["steps"]:
        if "random" in step:
            said.append({"pulse": encode(talk.write(step["beat"], step["flags"], step["read"])), "there": _there(talk, step["beat"])})
            continue
        try:
            came: str = talk.read(step["beat"], decode(step["pulse"]))
        except ProtocolError as error:
            came = type(error).__name__
        said.append({"came": came, "there": _there(talk, step["beat"])})
    return {"steps": said}


def _there(talk: PulseTalk, beat: int) -> JSON | None:
    there = talk.there(beat)
    return None if there is None else {"certificate_id": encode(there.certificate_id), "flags": there.flags, "read": there.read}

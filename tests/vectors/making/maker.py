"""What makes the cases of a thread: a dishonest server's answer to one reader, and envelopes that keep to no rule."""

from collections.abc import Sequence
from typing import Any

from messaging.protocol.encoding import encode
from messaging.protocol.peer.envelopes import EnvelopePlace, seal_envelope
from messaging.protocol.peer.tags import TagContext, persons_tag_keys
from messaging.protocol.wire import Certificate, Envelope, Opening, Statement
from tests.vectors.making import forge
from tests.vectors.making.plaintexts import padded
from tests.vectors.making.stage import Case, Cast, Stream, opening_of
from tests.world.peers import Conversation, Installation

JSON = dict[str, Any]


class Maker:
    """Cases of one conversation, as the person or somebody at the desk reads it."""

    def __init__(self, cast: Cast, talk: Conversation, side: str) -> None:
        self.cast, self.talk, self.side = cast, talk, side
        desk = talk.desk
        reader = cast.person() if side == "person" else cast.counsellor(desk, side)
        self.input: JSON = {**cast.where(), "reader": reader, "answer": talk.answer(), "today": desk.today}

    def case(
        self, name: str, about: str, error: str | None = None, today: int | None = None, reader: JSON | None = None, **answer: Any
    ) -> Case:
        """With some keys of the answer changed."""
        given = {**self.input, "answer": {**self.input["answer"], **answer}}
        given |= {"today": today} if today is not None else {}
        given |= {"reader": reader} if reader is not None else {}
        side = "person" if self.side == "person" else "desk"
        return Case(f"thread-{name}-{side}", "5", "thread", about, given, error)

    def envelopes(self, raws: Sequence[bytes | str]) -> JSON:
        """An answer with these envelopes."""
        return {
            "envelopes": [raw if isinstance(raw, str) else encode(raw) for raw in raws],
            "days": [f"2026-09-{4 + each:02}" for each in range(len(raws))],
        }


def forged(
    cast: Cast,
    talk: Conversation,
    *,
    epoch: int,
    direction: int,
    ack: tuple[int, bytes],
    name: str,
    writer: str | None = None,
    before: int | None = None,
    conversation: bytes | None = None,
) -> bytes:
    """The next envelope of a direction, sealed by somebody who has the secret and does not keep to the rules."""
    desk: Installation = talk.desk
    chain = [Envelope.parse(raw) for raw in talk.envelopes if Envelope.parse(raw).direction == direction][:before]
    previous = chain[-1].envelope_hash if chain else bytes(32)
    place = EnvelopePlace(
        conversation or Opening.parse(talk.openings[0]).conversation,
        direction,
        epoch,
        opening_of(talk, epoch).opening_hash,
        len(chain) + 1,
        previous,
    )
    inside = padded({"type": "text", "text": f"forged: {name}", "ack": {"sequence": ack[0], "hash": encode(ack[1])}})
    signer = (desk.members[writer].counsellor, forge.id_of(desk.members[writer])) if writer else None
    statement = Statement.parse(desk.statements[epoch - 1])
    tag_keys = (
        [] if signer else persons_tag_keys(TagContext(desk.site, place.conversation, statement), talk.inbox, publics_of(desk, statement))
    )
    return seal_envelope(desk.site, cast.secret(talk, epoch), place, inside, signer, tag_keys, Stream(name))


def publics_of(desk: Installation, statement: Statement) -> list[bytes]:
    """The keys for tags of everyone on the roster, in its order."""
    known = {parsed.certificate_id: parsed for parsed in (Certificate.parse(each.certificate) for each in desk.members.values())}
    return [known[each].tag_public for each in statement.roster]

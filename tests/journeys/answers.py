"""A signed reply of a counsellor, made as their page would make it."""

from collections.abc import Collection

from helpline.clock import now
from messaging.desk.open_conversation import open_conversation
from messaging.desk.reply import reply_from_desk
from messaging.installation import installation_site
from messaging.protocol.days import day_of
from messaging.protocol.encoding import decode
from messaging.protocol.peer import read_as_desk, seal_from_desk
from messaging.protocol.wire import Envelope, Opening
from tests.world.staff import DeskPerson, People
from tests.world.writer import Writer


def answers(people: People, person: DeskPerson, writer: Writer, text: str, *, unshown: Collection[int] = ()) -> None:
    """A signed reply, as the desk's page would send it; `unshown` are places of messages that the server keeps from it."""
    writer.given_to(person.member)
    at, opened = now(), people.desk_of(person)
    answer = open_conversation(person.member, writer.conversation_id, at=at)
    for key in ("envelopes", "days"):
        answer[key] = [value for place, value in enumerate(answer[key]) if place not in unshown]
    thread = read_as_desk(people.site, opened, answer, day_of(at))
    body = seal_from_desk(people.site, opened, thread, {"type": "text", "text": text})
    opening = None if body["opening"] is None else Opening.parse(decode(body["opening"]))
    envelope = Envelope.parse(decode(body["envelope"]))
    reply_from_desk(person.member, writer.conversation_id, opening, envelope, site=installation_site(), at=at)

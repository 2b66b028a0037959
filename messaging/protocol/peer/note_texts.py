"""What is inside a note or a saved reply (PROTOCOL §6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from messaging.protocol.encoding import HASH, Malformed, decode, encode
from messaging.protocol.peer.errors import BadPlaintext
from messaging.protocol.peer.plaintext import Ack, ack_json, read_ack
from messaging.protocol.peer.text import is_text
from messaging.protocol.wire.notes import NOTE, SAVED_REPLY

MOST_PREVIOUS = 16


@dataclass(frozen=True)
class NoteText:
    """What a counsellor wrote: a note, or a saved reply with its name.

    A note says what its writer had read: `previous` are the hashes of the notes that no other one names, and `acks` the newest envelopes
    of the person and of the desk that held.
    """

    text: str
    name: str | None = None
    previous: tuple[bytes, ...] = ()
    acks: tuple[Ack, Ack] = (Ack(), Ack())

    @property
    def kind(self) -> int:
        return NOTE if self.name is None else SAVED_REPLY

    def check(self) -> None:
        """Raises BadPlaintext."""
        if not is_text(self.text) or (self.name is not None and not is_text(self.name)):
            raise BadPlaintext("no text")
        if len(self.previous) > MOST_PREVIOUS or len(set(self.previous)) != len(self.previous):
            raise BadPlaintext("the notes that it names")

    def json(self) -> dict[str, Any]:
        """What is padded and sealed."""
        if self.name is not None:
            return {"type": "saved-reply", "name": self.name, "text": self.text}
        previous = [encode(each) for each in self.previous]
        return {"type": "note", "text": self.text, "previous": previous, "ack": [ack_json(ack) for ack in self.acks]}


def read_note_text(kind: int, content: dict[str, Any]) -> NoteText:
    """Raises BadPlaintext."""
    keys = {"type", "text", "previous", "ack"} if kind == NOTE else {"type", "name", "text"}
    if content.keys() != keys or content["type"] != ("note" if kind == NOTE else "saved-reply"):
        raise BadPlaintext("its type or keys")
    if not all(is_text(content[key]) for key in keys & {"name", "text"}):
        raise BadPlaintext("no text")
    if kind == SAVED_REPLY:
        return NoteText(content["text"], content["name"])
    acks = content["ack"]
    if not isinstance(acks, list) or len(acks) != 2:
        raise BadPlaintext("ack")
    found = NoteText(content["text"], None, _hashes(content["previous"]), (read_ack(acks[0]), read_ack(acks[1])))
    found.check()
    return found


def _hashes(value: Any) -> tuple[bytes, ...]:
    if not isinstance(value, list):
        raise BadPlaintext("the notes that it names")
    listed: Sequence[Any] = value
    try:
        return tuple(decode(each, HASH) for each in listed)
    except Malformed as error:
        raise BadPlaintext("the notes that it names") from error

"""The server's JSON answers as the readers need them (PROTOCOL §7.2, §7.6, §8.1, §8.3): base64url out, shapes checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from messaging.protocol.encoding import ID, KEM_PUBLIC, decode, demand
from messaging.protocol.peer.dates import is_day


def answer_value(answer: object, key: str) -> Any:
    """The value of a key that must be there; raises Malformed. Keys that nobody asks for are left alone."""
    demand(isinstance(answer, Mapping) and key in answer, f"no {key} in the answer")
    return answer[key]  # type: ignore[index]


def answer_bytes(answer: object, key: str, size: int | None = None) -> bytes:
    """Bytes; raises Malformed."""
    return decode(answer_value(answer, key), size)


def answer_bytes_or_none(answer: object, key: str) -> bytes | None:
    """Bytes, or None for null; raises Malformed."""
    return None if answer_value(answer, key) is None else answer_bytes(answer, key)


def answer_list(answer: object, key: str) -> list[bytes]:
    """A list of bytes; raises Malformed."""
    values = answer_value(answer, key)
    demand(isinstance(values, list), f"{key} is not a list")
    return [decode(value) for value in values]


@dataclass(frozen=True)
class ThreadAnswer:
    """What the server says of a thread, §7.6 and §8.3, decoded."""

    inbox_id: bytes | None
    kem_public: bytes
    sign_public: bytes
    tag_public: bytes
    conversation: bytes
    statements: list[bytes]
    confirmations: list[bytes]
    certificates: list[bytes]
    openings: list[bytes]
    envelopes: list[bytes]
    days: list[str]


def thread_answer(answer: object) -> ThreadAnswer:
    """Raises Malformed when the answer has not the shape of §7.6; what is in its structures is not looked at."""
    days = answer_value(answer, "days")
    envelopes = answer_list(answer, "envelopes")
    demand(isinstance(days, list) and len(days) == len(envelopes) and all(map(is_day, days)), "days")
    named = isinstance(answer, Mapping) and "inbox_id" in answer
    return ThreadAnswer(
        answer_bytes(answer, "inbox_id", ID) if named else None,
        answer_bytes(answer, "kem_public", KEM_PUBLIC),
        answer_bytes(answer, "sign_public", 32),
        answer_bytes(answer, "tag_public", 32),
        answer_bytes(answer, "conversation", ID),
        answer_list(answer, "statements"),
        answer_list(answer, "confirmations"),
        answer_list(answer, "certificates"),
        answer_list(answer, "openings"),
        envelopes,
        days,
    )


@dataclass(frozen=True)
class OwnKeysAnswer:
    """What the server says of a counsellor, §8.1, decoded."""

    counsellor_id: bytes
    certificate: bytes | None
    # Epoch, certificate id, wrap.
    grants: list[tuple[int, bytes, bytes]]
    statements: list[bytes]
    confirmations: list[bytes]
    certificates: list[bytes]


def me_answer(answer: object) -> OwnKeysAnswer:
    """Raises Malformed when the answer has not the shape of §8.1."""
    grants = answer_value(answer, "grants")
    demand(isinstance(grants, list), "grants is not a list")
    epochs = [answer_value(grant, "epoch") for grant in grants]
    demand(all(type(epoch) is int for epoch in epochs), "an epoch that is no number")
    whose = [answer_bytes(grant, "certificate_id", ID) for grant in grants]
    wrapped = [answer_bytes(grant, "wrapped") for grant in grants]
    return OwnKeysAnswer(
        answer_bytes(answer, "counsellor_id", ID),
        answer_bytes_or_none(answer, "certificate"),
        list(zip(epochs, whose, wrapped, strict=True)),
        answer_list(answer, "statements"),
        answer_list(answer, "confirmations"),
        answer_list(answer, "certificates"),
    )


@dataclass(frozen=True)
class NotesAnswer:
    """What the server says of the notes on a conversation, §8.5, decoded: each with its day and its carries."""

    notes: list[tuple[bytes, str, list[bytes]]]
    certificates: list[bytes]


def notes_answer(answer: object) -> NotesAnswer:
    """Raises Malformed when the answer has not the shape of §8.5."""
    notes = answer_value(answer, "notes")
    demand(isinstance(notes, list), "notes is not a list")
    days = [answer_value(note, "day") for note in notes]
    demand(all(map(is_day, days)), "a day that is no date")
    raws = [answer_bytes(note, "note") for note in notes]
    return NotesAnswer(
        list(zip(raws, days, [answer_list(note, "carries") for note in notes], strict=True)), answer_list(answer, "certificates")
    )

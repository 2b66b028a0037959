"""The key tool's files that are JSON (PROTOCOL §2.12): what is for the desk, and what a browser saved of its answers."""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from messaging.protocol.encoding import ID, WRAPPED, decode
from messaging.protocol.peer import vault
from messaging.protocol.peer.answers import answer_bytes, answer_list, answer_value, me_answer
from messaging.protocol.wire import Carry, Certificate, Note, Statement


@dataclass(frozen=True)
class EpochFile:
    """What is for `POST epochs`, §8.2; grants are (certificate id, epoch, wrapped)."""

    statement: Statement
    grants: list[tuple[bytes, int, bytes]]


@dataclass(frozen=True)
class ServerStateFile:
    """What a counsellor's browser saved of `GET me`, §8.1: their vault behind a passphrase, certificate and grants, and the whole chain."""

    record: str | None = field(repr=False)
    certificate: Certificate | None
    # Certificate id, epoch, wrap: their own, and everybody's of the current epoch.
    grants: list[tuple[bytes, int, bytes]]
    statements: list[Statement]
    confirmations: list[bytes]
    certificates: list[Certificate]


@dataclass(frozen=True)
class CandidatesFile:
    """What it saved of `GET epochs`, §8.2: the certificates that a new epoch may have on its roster."""

    certificates: list[Certificate]


@dataclass(frozen=True)
class InstallationFile:
    """What `manage.py export_keys` or the desk's keys page gave: every public statement; of grants (epoch, certificate id) alone."""

    root: bytes
    statements: list[Statement]
    confirmations: list[bytes]
    certificates: list[Certificate]
    withdrawn: frozenset[bytes]
    grants: frozenset[tuple[int, bytes]]
    made_on: int


@dataclass(frozen=True)
class NotesFile:
    """What it saved of the notes on a conversation or of the saved replies, §8.5, §8.6: each with its carries, and the certificates."""

    notes: list[Note]
    carries: list[Carry]
    certificates: list[Certificate]


JsonFile = EpochFile | ServerStateFile | CandidatesFile | InstallationFile | NotesFile


def parse_json_file(body: Any) -> JsonFile:
    """Raises ProtocolError, ValueError, KeyError, TypeError or AttributeError for what is none of these."""
    if body.keys() == {"statement", "grants"}:
        return _epoch(body)
    if body.keys() == {"root", "made_on", "statements", "confirmations", "certificates", "grants"}:
        return _installation(body)
    if body.keys() == {"candidates"}:
        return CandidatesFile([Certificate.parse(raw) for raw in answer_list(body, "candidates")])
    for listed in ("notes", "saved_replies"):
        if body.keys() == {listed, "certificates"}:
            return _notes(body, answer_value(body, listed))
    return _server_state(body)


def _installation(body: dict[str, Any]) -> InstallationFile:
    certificates = [(Certificate.parse(decode(each["certificate"])), each["withdrawn"] is True) for each in body["certificates"]]
    return InstallationFile(
        decode(body["root"], 32),
        [Statement.parse(decode(each)) for each in body["statements"]],
        answer_list(body, "confirmations"),
        [certificate for certificate, _ in certificates],
        frozenset(certificate.certificate_id for certificate, withdrawn in certificates if withdrawn),
        frozenset((int(each["epoch"]), decode(each["certificate_id"], ID)) for each in body["grants"]),
        (date.fromisoformat(body["made_on"]) - date(1970, 1, 1)).days,
    )


def _epoch(body: dict[str, Any]) -> EpochFile:
    grants = [(decode(grant["certificate_id"], ID), int(grant["epoch"]), decode(grant["wrapped"], WRAPPED)) for grant in body["grants"]]
    return EpochFile(Statement.parse(decode(body["statement"])), grants)


def _server_state(body: dict[str, Any]) -> ServerStateFile:
    me = me_answer(body)
    records = [answer_value(each, "record") for each in answer_value(body, "vaults") if answer_value(each, "kind") == vault.PASSPHRASE]
    return ServerStateFile(
        records[0] if records else None,
        Certificate.parse(me.certificate) if me.certificate is not None else None,
        [(certificate_id, epoch, wrapped) for epoch, certificate_id, wrapped in me.grants],
        [Statement.parse(raw) for raw in me.statements],
        me.confirmations,
        [Certificate.parse(raw) for raw in me.certificates],
    )


def _notes(body: dict[str, Any], listed: list[Any]) -> NotesFile:
    return NotesFile(
        [Note.parse(answer_bytes(each, "note")) for each in listed],
        [Carry.parse(raw) for each in listed for raw in answer_list(each, "carries")],
        [Certificate.parse(raw) for raw in answer_list(body, "certificates")],
    )


def epoch_text(body: dict[str, object]) -> str:
    """The JSON of §8.2 as the file has it."""
    return json.dumps(body, indent=1)

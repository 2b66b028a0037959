"""What the desk's interface shows a counsellor of keys and of one conversation (PROTOCOL §8.1–§8.3)."""

from datetime import datetime
from typing import Any

from django.db.models import F, Max, Value

from helpline.models import Counsellor
from messaging.days import day_of
from messaging.encoding import encode
from messaging.models import Certificate, CertificateRequest, Conversation, DeskMember, Epoch, FurtherGrant, Grant, Vault
from messaging.problems import Problem
from messaging.queries.epochs import certificates_for
from messaging.queries.threads import rfc3339, thread_of
from messaging.wire import Statement


def certificate_in_force(member: DeskMember, *, at: datetime) -> Certificate | None:
    """The member's certificate for the day of `at`: of those that include it the one with the newest epoch's grant, else the newest.

    So a renewed certificate waits until an epoch has it on the roster: grants open only for the certificate that they were made for (§2.7).
    """
    day = day_of(at)
    within = member.certificates.filter(Certificate.in_force(day)).annotate(newest=Max("grants__epoch_id"))
    return within.order_by(F("newest").desc(nulls_last=True), "-pk").first()


def candidates(*, at: datetime) -> list[bytes]:
    """Certificates that a new epoch's roster may have, §8.2: of each counsellor who answers people the newest one in force."""
    rows = Certificate.objects.filter(Certificate.in_force(day_of(at)), Counsellor.answering("member__counsellor__")).order_by("pk")
    newest = {row.member_id: row.certificate for row in rows}
    return list(newest.values())


def me(member: DeskMember, *, at: datetime) -> dict[str, Any]:
    """Everything with which the counsellor's browser unlocks the desk, §8.1, in six queries."""
    day = day_of(at)
    epochs = list(Epoch.objects.order_by("number"))
    statements = [Statement.parse(epoch.statement) for epoch in epochs]
    current = [epoch.number for epoch in epochs if epoch.first_day <= day <= epoch.last_day]
    own = certificate_in_force(member, at=at)
    grants = grants_of(own) if own else []
    request = CertificateRequest.objects.filter(member=member).first()
    certificates = certificates_for(statements, [own.certificate_id] if own else [], at=at)
    return {
        "counsellor_id": encode(member.public_id),
        "display_name": member.counsellor.display_name,
        "vaults": [_vault(vault) for vault in member.vaults.all()],
        "certificate": encode(own.certificate) if own else None,
        "request": encode(request.request) if request else None,
        "grants": [{"epoch": epoch, "wrapped": encode(wrapped)} for epoch, wrapped in grants],
        "statements": [encode(statement.raw) for statement in statements],
        "certificates": [encode(raw) for raw in certificates],
        "current": max(current, default=None),
    }


def grants_of(own: Certificate) -> list[tuple[int, bytes]]:
    """Every grant of a certificate, ascending by epoch, and of one epoch in the order in which they came: the first that opens counts."""
    first = Grant.objects.filter(certificate=own).annotate(place=Value(1)).values_list("epoch_id", "place", "wrapped")
    further = FurtherGrant.objects.filter(certificate=own).values_list("epoch_id", "place", "wrapped")
    return [(epoch, wrapped) for epoch, _, wrapped in first.union(further, all=True).order_by("epoch_id", "place")]


def _vault(vault: Vault) -> dict[str, Any]:
    credential = encode(vault.credential_id) if vault.credential_id is not None else None
    return {"id": vault.pk, "kind": vault.kind, "record": encode(vault.record), "credential_id": credential}


def find_thread(conversation_id: bytes) -> Conversation:
    """The conversation with its inbox and whoever has it.

    Raises:
        Problem: not-found.
    """
    of = ("inbox", "member__counsellor", "flagged_by__counsellor", "flag_opened_by__counsellor")
    thread = Conversation.objects.select_related(*of).filter(conversation_id=conversation_id).first()
    if thread is None:
        raise Problem("not-found", "There is no such conversation. The person may have deleted it.")
    return thread


def name_of(thread: Conversation) -> str | None:
    """The display name of the counsellor who has the thread, or had it last."""
    return thread.member.counsellor.display_name if thread.member else None


def thread_for_desk(thread: Conversation, *, at: datetime) -> dict[str, Any]:
    """The answer of §8.3 for one conversation, which comes with its inbox and its member."""
    return {
        **thread_of(thread, at=at),
        "inbox_id": encode(thread.inbox.inbox_id),
        "assigned_to": place_of(thread)["assigned_to"],
        "snoozed_until": rfc3339(thread.snoozed_until),
        "blocked_until": rfc3339(thread.blocked_until),
        **flag_of(thread),
    }


def flag_of(thread: Conversation) -> dict[str, Any]:
    """The flag that is up, who raised it, and the lead who looked first and when; all null while there is none."""
    by, opened = thread.flagged_by, thread.flag_opened_by
    up = thread.flagged
    return {
        "flag": thread.flag_reason or None,
        "flag_by": by.counsellor.display_name if up and by else None,
        "flag_opened_by": opened.counsellor.display_name if up and opened else None,
        "flag_opened_at": rfc3339(thread.flag_opened_at) if up else None,
    }


def place_of(thread: Conversation) -> dict[str, Any]:
    """Where a conversation stands: its state, and who has it now."""
    return {"state": thread.state, "assigned_to": None if thread.state == Conversation.State.WAITING else name_of(thread)}

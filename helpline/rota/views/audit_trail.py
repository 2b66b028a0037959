"""What the rota's pages note in the audit trail: what was changed and whose it is, with names of fields and no value."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.http import HttpRequest

from helpline.audit import record_audit, record_audit_row
from helpline.models import Shift, ShiftOffer
from helpline.models.audit import Action, Kind
from helpline.staff.access import account_of

FIELDS = ("counsellor", "channel", "starts_at", "ends_at", "state")
WORDS = {ShiftOffer.Kind.SWAP: "swap", ShiftOffer.Kind.COVER: "cover"}


def note_rota_change(
    request: HttpRequest, action: Action, what: str, *, at: datetime, row: object = "", fields: Iterable[str] = ()
) -> None:
    """For what is no row of its own: a week, or several rows at once. Called in the transaction of the change, as all here."""
    record_audit(account_of(request), action, what, kind=Kind.ROTA, at=at, row=row, fields=fields)


def note_rota_row(request: HttpRequest, action: Action, changed: models.Model, *, at: datetime, fields: Iterable[str] = ()) -> None:
    """For a row, about the person it belongs to."""
    record_audit_row(account_of(request), action, changed, at=at, fields=fields)


def note_shift_change(request: HttpRequest, before: Shift | None, saved: Shift, *, at: datetime) -> None:
    """Added where there was none before; otherwise what of it is different, and nothing where that is nothing."""
    fields = [name for name in FIELDS if before is None or getattr(before, name) != getattr(saved, name)]
    if fields:
        note_rota_row(request, Action.CHANGED if before else Action.ADDED, saved, at=at, fields=fields)


def note_offer_change(request: HttpRequest, action: Action, offer: ShiftOffer, *, at: datetime) -> None:
    """A swap or cover, about the counsellor who asked for it."""
    what = WORDS[ShiftOffer.Kind(offer.kind)]
    record_audit(account_of(request), action, what, kind=Kind.ROTA, at=at, row=offer.pk, about=offer.asked_by.account)

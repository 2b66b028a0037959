"""Writes one line of the audit trail. Called in the transaction of the change itself: neither stands without the other."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import models

from helpline.models import Account, AuditEntry, Counsellor
from helpline.models.audit import KINDS, Action, Kind

LONGEST = 600


def record_audit(
    by: Account | None,
    action: Action,
    what: str,
    *,
    kind: Kind,
    at: datetime,
    row: object = "",
    about: Account | None = None,
    fields: Iterable[str] = (),
    before: Mapping[str, str] | None = None,
    after: Mapping[str, str] | None = None,
) -> None:
    """Records that `by` did this; `fields` are names of fields. None stands for someone at the command line.

    `before` and `after` are for roles, staff's addresses and the site's numbers alone: no other value may stand in the trail.
    """
    names = ", ".join(fields)
    listed = names if len(names) <= LONGEST else f"{names[: LONGEST - 2]} …"
    values = {"before": _lines(before), "after": _lines(after)}
    AuditEntry.objects.create(account=by, action=action, what=what, kind=kind, at=at, row=str(row), about=about, fields=listed, **values)


def _lines(values: Mapping[str, str] | None) -> str:
    return "\n".join(f"{name}: {value}" for name, value in (values or {}).items())


def record_audit_row(
    by: Account | None,
    action: Action,
    changed: models.Model,
    *,
    at: datetime,
    fields: Iterable[str] = (),
    before: Mapping[str, str] | None = None,
    after: Mapping[str, str] | None = None,
) -> None:
    """The same for a row of the database, by its model's name and its number."""
    meta = changed._meta  # noqa: SLF001 - Django's own documented interface
    kind = KINDS.get(str(meta.model_name), Kind.OTHER)
    record_audit(
        by,
        action,
        str(meta.verbose_name),
        kind=kind,
        at=at,
        row=changed.pk,
        about=_whose(changed),
        fields=fields,
        before=before,
        after=after,
    )


def _whose(changed: models.Model) -> Account | None:
    """The member of staff that a row is about."""
    if isinstance(changed, Account):
        return changed
    counsellor = changed if isinstance(changed, Counsellor) else getattr(changed, "counsellor", None)
    return counsellor.account if isinstance(counsellor, Counsellor) else None

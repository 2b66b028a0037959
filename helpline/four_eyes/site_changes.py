"""Changes of what the public site says and promises: its numbers, its ways to help, its terms, and how long it keeps conversations."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from helpline.audit import record_audit
from helpline.four_eyes import policy
from helpline.four_eyes.changes import propose_change
from helpline.four_eyes.registry import CannotBeDone, register_deed
from helpline.models import Account, AccountNotice, AuditEntry, ConfidentialityTerms, CrisisWay, Organisation, ProposedChange
from helpline.models.audit import Action
from helpline.models.audit import Kind as TrailKind
from helpline.organisation import ONLY, organisation_today
from helpline.pages.publish_terms import publish_terms, publish_translation
from helpline.staff.account_notices import queue_account_notice

Kind = ProposedChange.Kind
# What leads someone in need somewhere else, if it is wrong. Empty, it leads nobody astray: so it is hidden at once, by one.
NUMBERS = ("phone", "concern_phone", "onion_address")
# A number that stood on the site within so many days comes back as soon as two people say so.
KNOWN_FOR = timedelta(days=30)


def number_label(name: str) -> str:
    """What a page calls the field."""
    field: Any = Organisation._meta.get_field(name)  # noqa: SLF001 - documented
    return str(field.verbose_name)


def propose_numbers(before: Mapping[str, str], after: Mapping[str, str], *, by: Account, at: datetime) -> list[ProposedChange]:
    """A change for each number that is not empty; without a pause for one that the site showed within thirty days.

    Raises:
        helpline.four_eyes.changes.AlreadyProposed, PermissionDenied.
    """
    made = []
    with transaction.atomic():
        for name, value in after.items():
            was, now_is = {name: before[name]}, {name: value}
            known = _was_shown(name, value, at=at)
            what = f"{number_label(name)}: {value}"
            made.append(propose_change(Kind.NUMBERS, subject=name, what=what, by=by, at=at, before=was, after=now_is, at_once=known))
    return made


def _was_shown(name: str, value: str, *, at: datetime) -> bool:
    line = f"{name}: {value}"
    gone = AuditEntry.objects.filter(at__gt=at - KNOWN_FOR, kind=TrailKind.HELPLINE, action__in=[Action.DELETED, Action.DONE])
    return any(line in before.splitlines() for before in gone.filter(before__contains=line).values_list("before", flat=True))


def hide_number(name: str, *, by: Account, at: datetime) -> bool:
    """Takes a number, or the onion address, off the site at once; false where there was none. All leads and admins are told.

    Raises:
        PermissionDenied: for another role than lead and admin, and for another field.
    """
    if name not in NUMBERS or by.role not in policy.SECOND or by.recovered_at is not None:
        raise PermissionDenied
    with transaction.atomic():
        row = Organisation.objects.select_for_update().filter(pk=ONLY).first()
        was = str(getattr(row, name)) if row else ""
        if not was or Organisation.objects.filter(pk=ONLY, **{name: was}).update(**{name: ""}) != 1:
            return False
        record_audit(by, Action.DELETED, "organisation", kind=TrailKind.HELPLINE, at=at, row=ONLY, fields=[name], before={name: was})
        for account in Account.objects.filter(is_active=True, role__in=policy.SECOND).order_by("pk"):
            queue_account_notice(AccountNotice.Kind.HIDDEN, account)
    return True


def _numbers(change: ProposedChange, at: datetime) -> None:
    if Organisation.objects.filter(pk=ONLY).update(**{name: change.after[name] for name in change.after if name in NUMBERS}) != 1:
        raise CannotBeDone("There is no organisation yet.")


def _retention(change: ProposedChange, at: datetime) -> None:
    row = Organisation.objects.filter(pk=ONLY, retention_days=int(change.before["retention_days"]))
    if row.update(retention_days=int(change.after["retention_days"])) != 1:
        raise CannotBeDone("The number of days was changed since.")


def _crisis(change: ProposedChange, at: datetime) -> None:
    pk = change.after.get("id")
    row = CrisisWay.objects.select_for_update().filter(pk=int(pk)).first() if pk else CrisisWay()
    if row is None:
        raise CannotBeDone("This way to help was deleted since.")
    for field in CrisisWay._meta.concrete_fields:  # noqa: SLF001 - documented
        if field.name in change.after and not field.primary_key:
            text = change.after[field.name]
            setattr(row, field.name, None if text == "" and field.null else field.to_python(text))
    try:
        row.full_clean()
    except ValidationError as error:
        raise CannotBeDone(" ".join(error.messages)) from error
    row.save()


def _terms(change: ProposedChange, at: datetime) -> None:
    text, summary, language = (change.after.get(name, "") for name in ("text", "summary", "language"))
    if not language:
        publish_terms(text=text, summary=summary, published_on=organisation_today(at=at))
        return
    terms = ConfidentialityTerms.objects.filter(version=int(change.after["version"])).first()
    if terms is None or terms.translations.filter(language=language).exists():
        raise CannotBeDone("This version is published in this language already.")
    publish_translation(terms=terms, language=language, text=text, summary=summary)


def register_site_deeds() -> None:
    """Called once, when the application is loaded."""
    register_deed(Kind.NUMBERS, _numbers)
    register_deed(Kind.RETENTION, _retention)
    register_deed(Kind.CRISIS, _crisis)
    register_deed(Kind.TERMS, _terms)

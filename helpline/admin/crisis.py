"""The organisation's own list of ways to help in a crisis."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from helpline.admin.base import AdminPage, TakesTwo, account_at
from helpline.clock import now
from helpline.four_eyes.changes import propose_change
from helpline.models import CrisisWay, ProposedChange
from helpline.staff.begun import service_has_begun

HARMFUL = {"name", "contact", "address", "what_for"}


@admin.register(CrisisWay)
class CrisisWays(AdminPage):
    """What the list has none of (nobody to call, no way without speaking) is shown from the service's own list."""

    list_display = ("name", "contact", "group", "nation", "for_ending", "checked_on")
    list_filter = ("nation", "group")

    def save_model(self, request: HttpRequest, obj: CrisisWay, form: Any, change: bool) -> None:
        """Where a number or an address leads takes two people. What nobody calls, such as the day of the last check, is saved at once."""
        if not service_has_begun() or not HARMFUL.intersection(form.changed_data):
            super().save_model(request, obj, form, change)
            return
        stood = CrisisWay.objects.filter(pk=obj.pk).first() if change else None
        after, before = _values(obj), _values(stood) if stood else {}
        subject, by, at = f"way {obj.pk or obj.name}", account_at(request), now()
        kind, what = ProposedChange.Kind.CRISIS, str(obj)[:200]
        raise TakesTwo(partial(propose_change, kind, subject=subject, what=what, by=by, at=at, before=before, after=after))


def _values(row: CrisisWay) -> dict[str, str]:
    fields = CrisisWay._meta.concrete_fields  # noqa: SLF001 - documented
    return {field.name: field.value_to_string(row) if field.value_from_object(row) is not None else "" for field in fields}

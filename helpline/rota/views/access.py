"""Who may do what with the rota. Everyone on the staff sees it; leads and admins edit; leads approve; counsellors act for themselves."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from helpline.models import Account, Counsellor
from helpline.organisation import organisation
from helpline.rota.consequences import ReadConsequences, consequence_mark
from helpline.staff.access import View, account_of, lead_page, staff_page

EDITORS = {Account.Role.LEAD, Account.Role.ADMIN}

seen_by_all = staff_page
edited = lead_page


def may_edit_rota(account: Account) -> bool:
    """Leads and admins make the rota."""
    return account.role in EDITORS


def may_approve_swaps(account: Account) -> bool:
    """Only a lead decides on a swap; an admin, who makes the rota, can give the shift to someone instead."""
    return account.role == Account.Role.LEAD


def own_counsellor(account: Account) -> Counsellor | None:
    """The counsellor whose shifts these are, if the account takes any; an admin takes none."""
    if account.role not in Account.ANSWERING:
        return None
    return Counsellor.objects.select_related("account").filter(account=account, active=True).first()


def leads_only(view: View) -> View:
    """For leads alone; others get 403."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, **kwargs: object) -> HttpResponse:
        if not may_approve_swaps(account_of(request)):
            raise PermissionDenied
        return view(request, **kwargs)

    return staff_page(guarded)


def counsellors_only(view: View) -> View:
    """For a counsellor who takes shifts, and gives the view who that is; others get 403."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, **kwargs: object) -> HttpResponse:
        counsellor = own_counsellor(account_of(request))
        if counsellor is None:
            raise PermissionDenied
        return view(request, counsellor=counsellor, **kwargs)

    return staff_page(guarded)


def rota_zone() -> ZoneInfo:
    """By which clock the rota is read."""
    return ZoneInfo(organisation().time_zone)


def rota_page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the rota, with what its navigation needs."""
    account = account_of(request)
    shared = {
        "page": "rota",
        "part": template,
        "edits": may_edit_rota(account),
        "approves": may_approve_swaps(account),
        "takes_shifts": own_counsellor(account) is not None,
    }
    marks = [consequence_mark(sentence) for sentence in context.get("warnings", ())]
    return render(request, f"desk/rota/{template}.html", shared | context | {"marks": marks}, status=status)


def confirm_rota_change(
    request: HttpRequest, *, heading: str, sentences: list[str], action: str, button: str, back: str, kept: dict[str, str] | None = None
) -> HttpResponse:
    """What the change would bring with it, and a button that makes it knowingly. What was given is kept in the form."""
    context = {"heading": heading, "warnings": sentences, "action": action, "button": button, "back": back, "kept": kept or {}}
    return rota_page(request, "confirm", context)


@contextmanager
def told_above(request: HttpRequest, refused: tuple[type[Exception], ...], *, done: str, not_done: str = "") -> Iterator[None]:
    """Runs its block in one transaction, and says `done` above the next page.

    Where the block raises one of `refused`, nothing changes, and the page says `not_done` and why.
    """
    try:
        with transaction.atomic():
            yield
    except refused as error:
        messages.error(request, f"{not_done}{error}")
    else:
        messages.success(request, done)


def known_consequences(request: HttpRequest) -> ReadConsequences:
    """The sentences that stood above the button which was pressed: a change goes on knowing these, and no others."""
    return ReadConsequences(request.POST.getlist("known"))

"""The page “Waiting”: changes that take two people, deleted vaults that can come back, and people who must be heard by a lead."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from helpline.clock import now
from helpline.four_eyes.changes import AlreadyProposed, NotOpen, confirm_change, propose_change, second_people, stop_change
from helpline.four_eyes.policy import SECOND
from helpline.four_eyes.shown import changes_for
from helpline.four_eyes.site_changes import NUMBERS, hide_number, number_label
from helpline.models import Account, ProposedChange
from helpline.organisation import organisation
from helpline.staff.access import account_of, lead_page, staff_page
from helpline.staff.recovery import WrongCode, confirm_voice, may_hear, waiting_to_be_heard
from messaging.keys.forgotten_vaults import KEPT_FOR, forgotten_vaults
from messaging.models import ForgottenVault

State = ProposedChange.State


@require_safe
@staff_page
def waiting_view(request: HttpRequest) -> HttpResponse:
    """For leads and admins everything; for others what concerns them, and what an admin proposed alone."""
    at, account, ours = now(), account_of(request), organisation()
    changes = changes_for(account, at=at)
    leading = account.role in SECOND
    context = {
        "page": "waiting",
        "waiting": [each for each in changes if each.change.is_open],
        "ended": [each for each in changes if not each.change.is_open],
        "leading": leading,
        "alone": leading and not second_people(besides=account),
        "zone": ours.time_zone,
    }
    if leading:
        context["unheard"] = [(each, may_hear(account, each)) for each in waiting_to_be_heard()]
        context["vaults"] = [(each, each.forgotten_at + KEPT_FOR) for each in forgotten_vaults(at=at)]
        context["numbers"] = [(name, number_label(name), getattr(ours, name)) for name in NUMBERS if getattr(ours, name)]
    return render(request, "desk/waiting.html", context)


def _decide(request: HttpRequest, change_id: int, step: Callable[..., ProposedChange], said: Mapping[Any, str]) -> HttpResponse:
    try:
        change = step(change_id, by=account_of(request), at=now())
    except ProposedChange.DoesNotExist as error:
        raise Http404 from error
    except NotOpen:
        messages.error(request, "It was done, stopped or over already.")
        return redirect("desk:waiting")
    messages.success(request, said.get(State(change.state), f"It could not be done. {change.reason}"))
    return redirect("desk:waiting")


@require_POST
@lead_page
def confirm_change_view(request: HttpRequest, change_id: int) -> HttpResponse:
    """A second person confirms."""
    said = {
        State.CONFIRMED: "You have confirmed it. It is done when its time has come.",
        State.DONE: "You have confirmed it, and it is done.",
    }
    return _decide(request, change_id, confirm_change, said)


@require_POST
@staff_page
def stop_change_view(request: HttpRequest, change_id: int) -> HttpResponse:
    """Anyone concerned stops it, with one press."""
    return _decide(request, change_id, stop_change, {State.STOPPED: "It is stopped, and will not be done."})


@require_POST
@lead_page
def hide_number_view(request: HttpRequest, number: str) -> HttpResponse:
    """A number that is wrong leaves the site at once; showing one takes two people."""
    if number not in NUMBERS:
        raise Http404
    hidden = hide_number(number, by=account_of(request), at=now())
    messages.success(request, "It is off the site. All leads and admins are told." if hidden else "It was off the site already.")
    return redirect("desk:waiting")


@require_POST
@lead_page
def bring_vault_back_view(request: HttpRequest, forgotten_id: int) -> HttpResponse:
    """Proposes that a deleted vault comes back; a second person confirms, and then it does at once."""
    kept = get_object_or_404(ForgottenVault.objects.select_related("member__counsellor__account"), pk=forgotten_id)
    whose, kind, at = kept.member.counsellor, ProposedChange.Kind.VAULT_BACK, now()
    try:
        propose_change(
            kind,
            subject=f"vault {kept.pk}",
            what=whose.display_name,
            by=account_of(request),
            at=at,
            account=whose.account,
            after={"vault": str(kept.pk)},
        )
    except AlreadyProposed:
        messages.error(request, "That is proposed already.")
    else:
        messages.success(request, "Once a second person confirms it, the vault is back.")
    return redirect("desk:waiting")


@require_safe
@staff_page
def heard_view(request: HttpRequest) -> HttpResponse:
    """To someone who was invited again: the code that a lead must hear. Others are sent to the desk."""
    account = account_of(request)
    if account.recovered_at is None:
        return redirect("desk:conversations")
    code = account.recovery_code
    return render(request, "desk/heard.html", {"page": "heard", "code": f"{code[:3]} {code[3:]}"})


@require_POST
@lead_page
def confirm_voice_view(request: HttpRequest, account_id: int) -> HttpResponse:
    """A lead has heard the code."""
    account = get_object_or_404(Account, pk=account_id)
    if not may_hear(account_of(request), account):
        raise PermissionDenied
    try:
        confirm_voice(account, request.POST.get("code", ""), by=account_of(request), at=now())
    except WrongCode:
        messages.error(request, "That is not the code on their page. Ask them to load it again, and to read it out once more.")
    else:
        messages.success(request, f"{account.name} can use the desk again.")
    return redirect("desk:waiting")

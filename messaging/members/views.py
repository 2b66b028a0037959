"""The admin's page of the staff: who is here, how far they have come, and invitations."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from helpline.audit import record_audit
from helpline.clock import now
from helpline.four_eyes.changes import AlreadyProposed, propose_change
from helpline.models import Account, ProposedChange
from helpline.models.audit import Action, Kind
from helpline.staff.access import account_of, admin_page
from helpline.staff.begun import service_has_begun
from helpline.staff.forms import InviteForm
from helpline.staff.invitations import AccountExists, demand_new
from helpline.staff.sign_out import sign_out_everywhere
from messaging.keys.readers import epochs_of_reader, epochs_with_only_reader
from messaging.members import invite as operation
from messaging.members import offboard as leaving
from messaging.members.second_person import joining_takes_two, leaving_takes_two
from messaging.models import Certificate, Conversation, DeskMember, Vault
from messaging.protocol.days import day_of

Change = ProposedChange.Kind
TAKEN = {
    "email": "Someone on the staff already has this email address. Enter another one.",
    "display_name": "Another counsellor has this name. Enter a different one.",
}


@dataclass(frozen=True)
class StaffStanding:
    """One member of staff, and the next step that is theirs or the admin's."""

    account: Account
    display_name: str
    next_step: str
    invited_until: datetime | None


def staff_standings(at: datetime) -> list[StaffStanding]:
    """Everyone on the staff, in the order of their names."""
    today = day_of(at)
    secured = set(Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).values_list("user_id", flat=True))
    vaults = set(Vault.objects.values_list("member__counsellor_id", flat=True))
    certified = set(Certificate.objects.filter(Certificate.in_force(today)).values_list("member__counsellor_id", flat=True))
    found = []
    for account in Account.objects.select_related("counsellor", "invitation").order_by("name"):
        counsellor = getattr(account, "counsellor", None)
        invitation = getattr(account, "invitation", None)
        if not account.is_active:
            step = "Switched off"
        elif not account.has_usable_password():
            step = "Needs to open the invitation" if invitation and invitation.expires_at > at else "Invite again: the link is too old"
        elif account.pk not in secured:
            step = "Needs to set up a second step"
        elif counsellor is None:
            step = "Ready"
        elif counsellor.pk not in vaults:
            step = "Needs to make a vault"
        elif counsellor.pk not in certified:
            step = "Waiting for a certificate"
        else:
            step = "Ready"
        found.append(
            StaffStanding(account, counsellor.display_name if counsellor else "", step, invitation.expires_at if invitation else None)
        )
    return found


@admin_page
def staff_list_view(request: HttpRequest) -> HttpResponse:
    """The list, and a form that invites one more."""
    at = now()
    form = InviteForm(request.POST or None)
    if form.is_valid():
        try:
            if joining_takes_two(form.cleaned_data["role"]):
                return _propose_invitation(request, form.cleaned_data, at)
            with transaction.atomic():
                link = operation.invite_member(**form.cleaned_data, at=at)
                _note(request, Action.INVITED, link.account, at)
        except AccountExists as error:
            form.add_error(error.field, TAKEN[error.field])
        else:
            return _handed_over(request, link)
    context = {"page": "people", "form": form, "people": staff_standings(at)}
    return render(request, "desk/people.html", context)


def _propose_invitation(request: HttpRequest, given: dict[str, str], at: datetime) -> HttpResponse:
    """Raises AccountExists, as inviting at once would."""
    demand_new(email=given["email"], display_name=given["display_name"])
    subject, what = f"invite {given['email'].lower()}", f"{given['name']}, {given['email']}, {given['role']}"
    return _propose(request, Change.INVITE, subject=subject, what=what, at=at, after=given)


def _propose(request: HttpRequest, kind: Change, *, subject: str, what: str, at: datetime, **more: Any) -> HttpResponse:
    """Proposes what takes two people, and goes to the page that shows it."""
    try:
        propose_change(kind, subject=subject, what=what[:200], by=account_of(request), at=at, **more)
    except AlreadyProposed:
        messages.error(request, "Such a change is waiting already. Stop it first, on this page, or wait.")
    else:
        messages.success(request, "This takes a second person. Nothing has changed yet: this page says when it will be done.")
    return redirect("desk:waiting")


@require_POST
@admin_page
def invite_again_view(request: HttpRequest, account_id: int) -> HttpResponse:
    """For someone who lost their way in: a new link, and the old way in ends with it. Once the service has begun, it takes two people."""
    account = get_object_or_404(Account, pk=account_id, is_active=True)
    if account == account_of(request):
        messages.error(request, "You cannot invite yourself, because that would reset your own sign-in. Ask another admin.")
        return redirect("desk:people")
    at = now()
    if service_has_begun() and account.has_usable_password():
        return _propose(request, Change.INVITE_AGAIN, subject=f"account {account.pk}", what=account.name, at=at, account=account)
    with transaction.atomic():
        link = operation.invite_member_again(account, at=at)
        _note(request, Action.INVITED, account, at)
    return _handed_over(request, link)


@admin_page
def offboard_view(request: HttpRequest, account_id: int) -> HttpResponse:
    """Says what it would mean that someone leaves; then does all of it at once."""
    account = get_object_or_404(Account.objects.select_related("counsellor"), pk=account_id)
    if account == account_of(request):
        messages.error(request, "You cannot remove yourself. Ask another admin.")
        return redirect("desk:people")
    at = now()
    if request.method == "POST" and leaving_takes_two(account, at=at):
        return _propose(request, Change.LEAVE, subject=f"account {account.pk}", what=account.name, at=at, account=account)
    if request.method == "POST":
        with transaction.atomic():
            left = leaving.offboard(account, at=at)
            _note(request, Action.LEFT, account, at)
        messages.success(request, _left_words(account, left))
        return redirect("desk:keys" if hasattr(account, "counsellor") else "desk:people")
    member = DeskMember.objects.filter(counsellor__account=account).first()
    context = {
        "page": "people",
        "account": account,
        "member": member,
        "two": leaving_takes_two(account, at=at),
        "threads": member.conversations.filter(state=Conversation.State.ASSIGNED).count() if member else 0,
        "alone": epochs_with_only_reader(member, at=at) if member else [],
        "epochs": epochs_of_reader(member, at=at) if member else [],
    }
    return render(request, "desk/leave.html", context)


def _left_words(account: Account, left: leaving.OffboardingResult) -> str:
    said = [f"{account.name} has left: the account is off and every session has ended."]
    if left.threads:
        said.append(
            "1 open conversation is waiting again." if left.threads == 1 else f"{left.threads} open conversations are waiting again."
        )
    if left.shifts:
        said.append("1 future shift is off the rota." if left.shifts == 1 else f"{left.shifts} future shifts are off the rota.")
    if left.keeps:
        said.append("The vault is kept, because some of what was written can be read by nobody else.")
    return " ".join(said)


@require_POST
@admin_page
def sign_out_account_view(request: HttpRequest, account_id: int) -> HttpResponse:
    """Ends someone's sessions, for a device that was lost or left open."""
    account = get_object_or_404(Account, pk=account_id)
    with transaction.atomic():
        sign_out_everywhere(account)
        _note(request, Action.SIGNED_OUT, account, now())
    if account == account_of(request):
        logout(request)
        return redirect("account_login")
    messages.success(request, f"{account.name} is signed out everywhere.")
    return redirect("desk:people")


def _note(request: HttpRequest, action: Action, about: Account, at: datetime) -> None:
    record_audit(account_of(request), action, "account", kind=Kind.PEOPLE, at=at, row=about.pk, about=about)


def _handed_over(request: HttpRequest, link: operation.InvitationLink) -> HttpResponse:
    """Says that the link was emailed, or shows it this once: only its hash is kept."""
    try:
        sent, failed = operation.email_invitation(link), False
    except OSError:
        sent, failed = False, True
    context = {"page": "people", "account": link.account, "link": None if sent else link.address, "failed": failed}
    return render(request, "desk/invited.html", context)

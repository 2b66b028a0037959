"""Who holds which keys: certificates, the desk's epochs and their grants; and the way of requests and certificates to and from the root."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from helpline.audit import record_audit
from helpline.clock import now
from helpline.four_eyes.changes import AlreadyProposed, propose_change
from helpline.models import ProposedChange
from helpline.models.audit import Action, Kind
from helpline.staff.access import account_of, admin_page, staff_page
from helpline.staff.begun import service_has_begun
from messaging.http.desk_access import desk_member_of
from messaging.keys.browser_data import browser_key_data
from messaging.keys.desk_epochs import current_desk_epoch
from messaging.keys.forms import CertificatesForm, ForgetVaultForm
from messaging.keys.key_statements import key_statements
from messaging.keys.readers import (
    EpochReader,
    EpochReaders,
    epochs_with_only_reader,
    epochs_with_readers,
    key_holder_names,
    key_warnings,
    readers_who_left,
)
from messaging.keys.signed_lines import NotTaken, take_signed_line
from messaging.keys.vaults import forget_vault
from messaging.keys.waiting_epochs import epochs_waiting, has_epoch_to_confirm
from messaging.models import Certificate, CertificateRequest, DeskMember, Epoch, Renewal
from messaging.protocol.days import day_of
from messaging.protocol.encoding import encode


@dataclass(frozen=True)
class KeyStanding:
    """One counsellor's standing, in the words of the page."""

    member_id: int
    name: str
    active: bool
    has_vault: bool
    request: CertificateRequest | None
    renewal: Renewal | None
    certified_until: date | None
    key_holder: bool
    granted: bool


@dataclass(frozen=True)
class CurrentEpoch:
    """The epoch of today, or the newest that counts when today has none."""

    number: int
    first: date
    last: date
    in_force: bool
    days_left: int


@dataclass(frozen=True)
class ReadableEpoch:
    """Who can read what was written in an epoch, with its days as dates."""

    epoch: EpochReaders
    first: date
    last: date
    readers: list[tuple[EpochReader, date]]

    @classmethod
    def of(cls, epoch: EpochReaders) -> "ReadableEpoch":
        readers = [(reader, date_of_day(reader.since)) for reader in epoch.readers]
        return cls(epoch, date_of_day(epoch.first_day), date_of_day(epoch.last_day), readers)


def date_of_day(day: int) -> date:
    return date(1970, 1, 1) + timedelta(days=day)


def epoch_of_today(at: datetime) -> CurrentEpoch | None:
    today = day_of(at)
    found = current_desk_epoch(at)
    epoch = found or Epoch.confirmed().order_by("-number").first()
    if epoch is None:
        return None
    return CurrentEpoch(epoch.number, date_of_day(epoch.first_day), date_of_day(epoch.last_day), found is not None, epoch.last_day - today)


def key_standings(epoch: CurrentEpoch | None, at: datetime) -> list[KeyStanding]:
    """Every counsellor at the desk, in the order of their names."""
    today = day_of(at)
    members = DeskMember.objects.select_related("counsellor__account", "request", "renewal")
    members = members.prefetch_related("vaults", "certificates__grants")
    found = []
    for member in members.order_by("counsellor__display_name"):
        certificates = [one for one in member.certificates.all() if one.first_day <= today <= one.last_day and not one.withdrawn]
        newest = max(certificates, key=lambda one: one.last_day, default=None)
        granted = any(grant.epoch_id == epoch.number for one in certificates for grant in one.grants.all()) if epoch else False
        found.append(
            KeyStanding(
                member_id=member.pk,
                name=member.counsellor.display_name,
                active=member.counsellor.answers,
                has_vault=bool(member.vaults.all()),
                request=getattr(member, "request", None),
                renewal=getattr(member, "renewal", None),
                certified_until=date_of_day(newest.last_day) if newest else None,
                key_holder=any(one.key_holder for one in certificates),
                granted=granted,
            )
        )
    return found


def _page(request: HttpRequest, form: CertificatesForm) -> HttpResponse:
    at = now()
    account = account_of(request)
    member = desk_member_of(account)
    epoch = epoch_of_today(at)
    today = day_of(at)
    may_open = member is not None and Certificate.objects.filter(Certificate.in_force(today), member=member, key_holder=True).exists()
    context = {
        "page": "keys",
        "epoch": epoch,
        "holders": key_standings(epoch, at),
        "gone": readers_who_left(at=at),
        "warnings": [] if epoch is None else key_warnings(at=at),
        "no_holder": not key_holder_names(at=at),
        "epochs": [ReadableEpoch.of(each) for each in epochs_with_readers(at=at)],
        "form": form,
        "may_open": may_open,
        "may_confirm": has_epoch_to_confirm(account, at=at),
        "waiting": epochs_waiting(at=at),
        "today": at.astimezone(UTC).date(),
    }
    return render(request, "desk/keys.html", context | (browser_key_data("keys", member) if member else {}))


@require_safe
@staff_page
def keys_view(request: HttpRequest) -> HttpResponse:
    """For everyone: who could read a message today. For admins: the way to the root. For key-holders: the next epoch."""
    return _page(request, CertificatesForm())


@require_safe
@staff_page
def key_statements_view(request: HttpRequest) -> HttpResponse:
    """Every public key statement, for anyone who wants to check them where no server is."""
    response = JsonResponse(key_statements(at=now()))
    response["Content-Disposition"] = 'attachment; filename="key-statements.json"'
    return response


@require_safe
@admin_page
def certificate_request_view(request: HttpRequest, request_id: int) -> HttpResponse:
    """A counsellor's certificate request (PROTOCOL §2.4) as a file for the machine that holds the root key."""
    return _request_file("request", get_object_or_404(CertificateRequest, pk=request_id))


@require_safe
@admin_page
def renewal_request_view(request: HttpRequest, renewal_id: int) -> HttpResponse:
    """The same for a request that renews a certificate, whose key signed it too."""
    return _request_file("renewal", get_object_or_404(Renewal, pk=renewal_id))


def _request_file(name: str, asked: CertificateRequest | Renewal) -> HttpResponse:
    response = HttpResponse(encode(bytes(asked.request)) + "\n", content_type="text/plain; charset=ascii")
    response["Content-Disposition"] = f'attachment; filename="{name}-{asked.pk}.txt"'
    return response


@require_POST
@admin_page
def forget_vault_view(request: HttpRequest, member_id: int) -> HttpResponse:
    """Proposes to delete the vault of a counsellor whose passphrase is lost. It asks first if only that counsellor can read something."""
    member = get_object_or_404(DeskMember.objects.select_related("counsellor__account"), pk=member_id)
    at, whose = now(), member.counsellor
    form = ForgetVaultForm(request.POST if "sure" in request.POST else None, name=whose.display_name)
    alone = epochs_with_only_reader(member, at=at)
    if alone and not form.is_valid():
        epoch = epoch_of_today(at)
        today = epoch is not None and epoch.in_force and epoch.number in alone
        context = {"page": "keys", "member": member, "alone": alone, "today": today, "form": form}
        return render(request, "desk/forget.html", context)
    if not service_has_begun():
        with transaction.atomic():
            forget_vault(member, at=at, sure=True)
            record_audit(account_of(request), Action.WITHDRAWN, "certificate", kind=Kind.KEYS, at=at, about=whose.account)
        messages.success(request, f"{whose.display_name}'s vault has been deleted, and {whose.display_name} can make a new one.")
        return redirect("desk:keys")
    kind, sure = ProposedChange.Kind.VAULT, {"sure": "yes" if alone else ""}
    subject, what = f"vault of {member.pk}", whose.display_name
    try:
        propose_change(kind, subject=subject, what=what, by=account_of(request), at=at, account=whose.account, after=sure)
    except AlreadyProposed:
        messages.error(request, "That is proposed already.")
    else:
        messages.success(request, "This takes a second person. Nothing has changed yet: this page says when the vault will be deleted.")
    return redirect("desk:waiting")


@require_POST
@admin_page
def add_certificates_view(request: HttpRequest) -> HttpResponse:
    """Takes certificates and confirmations that the root has signed; each is checked before it is kept."""
    form = CertificatesForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    taken = 0
    for number, line in enumerate(form.lines(), 1):
        try:
            said = take_signed_line(line, at=now(), by=account_of(request))
        except NotTaken as refusal:
            form.add_error("certificates", f"Line {number} was not taken: {refusal}")
            continue
        taken += said is None
        if said is not None:
            messages.success(request, said)
    if taken:
        counted = "1 certificate" if taken == 1 else f"{taken} certificates"
        holders = key_holder_names(at=now())
        if not holders:
            messages.error(
                request,
                f"{counted} added, but nobody here is a key-holder, so nobody can open an epoch. Get one of them "
                "a new certificate from the root with “--key-holder”.",
            )
        else:
            who = " or ".join(holders)
            messages.success(
                request, f"{counted} added. {who}, who is allowed to, can now open an epoch that includes everyone with a certificate."
            )
    if form.errors:
        return _page(request, form)
    return redirect("desk:keys")

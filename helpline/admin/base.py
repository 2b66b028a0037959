"""Who may use these pages, and by which clock their times are read."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import DataError, models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.utils import timezone

from helpline.audit import record_audit_row
from helpline.clock import now
from helpline.four_eyes.changes import AlreadyProposed
from helpline.models import Account, ProposedChange
from helpline.models.audit import Action
from helpline.models.plain_text import many_lines, one_line
from helpline.organisation import organisation

if TYPE_CHECKING:
    # Django's own classes cannot be subscripted while the programme runs.
    from helpline.models import Campaign, Figure

    Inline = admin.StackedInline[Figure, Campaign]
    Base = admin.ModelAdmin[Any]
else:
    Inline = admin.StackedInline
    Base = admin.ModelAdmin


# What Django's own filters ask, and nothing that could look into a value.
FILTERS = {"", "exact", "in", "isnull", "id__exact", "gte", "lt", "day", "month", "year"}


def is_admin(request: HttpRequest) -> bool:
    """The role decides, and nothing else: an active account that is an admin may do everything on these pages."""
    return bool(request.user.is_active and request.user.is_staff)


class AdminsOnly:
    """Takes the role for every permission, so that nobody has to hand out Django's own one by one."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_admin(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_admin(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_admin(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_admin(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_admin(request)


TOLD = "_told_values"


def tell_values(row: Any, before: dict[str, str], after: dict[str, str]) -> None:
    """The line of the trail about this change of the row will have these values: a role, an address or a number, and no other."""
    setattr(row, TOLD, (before, after))


class AuditedAdmin(Base):
    """Each change goes into the service's audit trail, by its fields' names; Django's own log, which keeps rows' words, is not kept."""

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """The names of what was given or changed, and of each row of a list in the same form."""
        names = list(form.changed_data)
        for formset in formsets or ():
            name = formset.model._meta.verbose_name  # noqa: SLF001 - Django's own documented interface
            names += [f"{name} added" for _ in formset.new_objects]
            names += [f"{name} {field}" for _, fields in formset.changed_objects for field in fields]
            names += [f"{name} deleted" for _ in formset.deleted_objects]
        return names

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        record_audit_row(account_at(request), Action.ADDED, obj, at=now(), fields=message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        if message:
            before, after = getattr(obj, TOLD, (None, None))
            record_audit_row(account_at(request), Action.CHANGED, obj, at=now(), fields=message, before=before, after=after)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for obj in queryset:
            record_audit_row(account_at(request), Action.DELETED, obj, at=now())

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """What happened to a row stands in the audit trail."""
        if not is_admin(request):
            raise PermissionDenied
        return redirect("desk:audit")


def account_at(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)  # noqa: S101 - behind has_…_permission
    return request.user


class PlainTextAdmin(Base):
    """Whatever is typed here has no sign that nobody sees: a line break in a name, or a direction that is turned round."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **named: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **named)
        if isinstance(field, forms.CharField):
            field.validators.append(many_lines if isinstance(db_field, models.TextField) else one_line)
        return field


class TakesTwo(Exception):
    """Nothing is saved: `propose` proposes it instead, once the form's transaction has been rolled back."""

    def __init__(self, propose: Callable[[], ProposedChange]) -> None:
        super().__init__()
        self.propose = propose


def propose_and_say(request: HttpRequest, propose: Callable[[], Any]) -> None:
    """Proposes, and says on the next page what happens now."""
    try:
        propose()
    except AlreadyProposed:
        messages.error(request, "Such a change is waiting already. Stop it first, on this page, or wait.")
    else:
        messages.success(request, "This takes a second person. Nothing has changed yet: the page “Waiting” says when it will be done.")


class AdminPage(AdminsOnly, PlainTextAdmin, AuditedAdmin):
    """A model's pages, by the organisation's own clock on the wall (the settings' zone may be another)."""

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Only the filters that the page shows: Django would let the query ask about any column, a password's hash among them."""
        shown = {str(each) for each in self.get_list_filter(request)} | {str(self.date_hierarchy or "")}
        name, _, how = lookup.partition("__")
        return name in shown and how in FILTERS

    def changelist_view(self, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        """The list; a filter's value that its column cannot hold (a year of five digits, a NUL) is a bad request and no failure."""
        try:
            with transaction.atomic(), timezone.override(ZoneInfo(organisation().time_zone)):
                return rendered_in_zone(super().changelist_view(request, *arguments, **named))
        except (DataError, OverflowError, ValueError) as error:
            raise BadRequest from error

    def changeform_view(self, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        try:
            with transaction.atomic(), timezone.override(ZoneInfo(organisation().time_zone)):
                return rendered_in_zone(super().changeform_view(request, *arguments, **named))
        except TakesTwo as two:
            propose_and_say(request, two.propose)
            return redirect("desk:waiting")


def rendered_in_zone(response: HttpResponse) -> HttpResponse:
    """The page, written out while the zone still holds: a template response is otherwise rendered after the view."""
    return response.render() if isinstance(response, SimpleTemplateResponse) else response
